import SyntaxTree

/// What the schemas of one file call themselves: `$id`, `$anchor` and
/// `$dynamicAnchor` (JSON Schema 2020-12, section 8.2).
struct SchemaIdentifiers {
    /// A schema that has an `$id`, and begins a resource of its own.
    struct Resource {
        let node: Node
        /// The `$id` as it is written.
        let identifier: String
    }

    /// The root's first, then in the file's order.
    private(set) var resources: [Resource] = []
    private var parents: [UInt32] = []
    private var resourcePlaces: [UInt32: Int] = [:]
    private var anchors: [String: [Node]] = [:]

    init(_ tree: SourceTree) {
        // Most files have none of it.
        guard tree.mayHaveIdentifiers else { return }
        parents = [UInt32](repeating: 0, count: tree.nodeCount)
        for index in 0..<UInt32(tree.nodeCount) {
            let node = Node(tree: tree, index: index)
            switch node.kind {
            case .mapping: read(node)
            case .sequence: for element in node.elements { parents[Int(element.index)] = index }
            default: break
            }
        }
        resources.sort { $0.node.index < $1.node.index }
        for (place, resource) in resources.enumerated() { resourcePlaces[resource.node.index] = place }
    }

    private mutating func read(_ node: Node) {
        for (key, value) in node.members {
            parents[Int(value.index)] = node.index
            guard key.hasPrefix("$"), value.kind == .string else { continue }
            switch key {
            case "$id": resources.append(Resource(node: node, identifier: value.text))
            case "$anchor", "$dynamicAnchor": anchors[value.text, default: []].append(node)
            default: break
            }
        }
    }

    /// The resources a node is in, the innermost first.
    func resources(around node: Node) -> [Resource] {
        guard !resources.isEmpty else { return [] }
        var result: [Resource] = []
        var index = node.index
        while true {
            if let place = resourcePlaces[index] { result.append(resources[place]) }
            let parent = parents[Int(index)]
            // A parent comes before its children, except by an alias.
            guard index != 0, parent < index else { return result }
            index = parent
        }
    }

    /// The schema with an anchor: the one within `resource` where there are several.
    func anchored(_ name: String, in resource: Node) -> Node? {
        guard let found = anchors[name] else { return nil }
        return found.first { resources(around: $0).first?.node == resource } ?? found.first
    }
}
