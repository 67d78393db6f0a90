import Source
import SpecSource
import SyntaxTree

/// A node of a tree and where it hangs.
struct TreePlace {
    var node: Node
    /// Nil for the root.
    var parent: Node?
    /// The position among the parent's members or elements.
    var slot: Int

    init(node: Node, parent: Node?, slot: Int = 0) {
        self.node = node
        self.parent = parent
        self.slot = slot
    }
}

/// Changes a tree in place: what overlays do.
///
/// Every node has one parent, so that a change at one place is a change at no other.
struct TreeEditor {
    private var records: [SourceTree.Record] = []
    private var elements: [UInt32] = []
    private var members: [SourceTree.Member] = []
    private var text: [UInt8] = []
    private var sortedStarts: [UInt32: UInt32] = [:]
    private var sortedMembers: [UInt32] = []
    private var origins: [SourceTree.Origin] = []
    private var mayHaveIdentifiers = false
    private let path: String

    /// Where the texts of other trees begin in `text`.
    private var textStarts: [ObjectIdentifier: UInt32] = [:]

    /// - Throws: What makes the tree too large to be copied.
    init(_ tree: SourceTree) throws(SourceError) {
        path = tree.path
        if tree.sharesNodes || !tree.origins.isEmpty {
            _ = try copy(tree.root)
        } else {
            records = tree.records
            elements = tree.elements
            members = tree.members
            text = tree.text
            sortedStarts = tree.sortedStarts
            sortedMembers = tree.sortedMembers
            origins = [SourceTree.Origin(first: 0, path: path)]
            mayHaveIdentifiers = tree.mayHaveIdentifiers
        }
    }

    /// The tree as it is now.
    func tree() -> SourceTree {
        SourceTree(
            path: path, records: records, elements: elements, members: members, text: text, sortedStarts: sortedStarts,
            sortedMembers: sortedMembers, mayHaveIdentifiers: mayHaveIdentifiers, origins: origins)
    }

    // MARK: - Changes

    /// Merges an update into the node at a place: objects member by member;
    /// to a list it is appended; anything else it replaces.
    mutating func update(_ match: TreePlace, with update: Node) throws(SourceError) {
        let index = match.node.index
        switch (records[Int(index)].kind, update.kind) {
        case (.mapping, .mapping): try merge(update, into: index)
        case (.sequence, .sequence): try append(Array(update.elements), to: index)
        case (.sequence, _): try append([update], to: index)
        default:
            guard let parent = match.parent else { return }
            let copy = try copy(update)
            let first = Int(records[Int(parent.index)].first)
            if records[Int(parent.index)].kind == .mapping {
                members[first + match.slot].value = copy
            } else {
                elements[first + match.slot] = copy
            }
        }
    }

    /// Takes out the nodes at places.
    mutating func remove(_ matches: [TreePlace]) {
        var slots: [UInt32: Set<Int>] = [:]
        for match in matches {
            if let parent = match.parent { slots[parent.index, default: []].insert(match.slot) }
        }
        for (index, slots) in slots {
            let range = range(of: index)
            if records[Int(index)].kind == .mapping {
                let kept = members[range].enumerated().filter { !slots.contains($0.offset) }.map(\.element)
                setMembers(kept, of: index)
            } else {
                let kept = elements[range].enumerated().filter { !slots.contains($0.offset) }.map(\.element)
                setElements(kept, of: index)
            }
        }
    }

    private func range(of index: UInt32) -> Range<Int> {
        let record = records[Int(index)]
        return Int(record.first)..<Int(record.first) + Int(record.count)
    }

    private mutating func merge(_ update: Node, into index: UInt32) throws(SourceError) {
        var own = Array(members[range(of: index)])
        var slots: [String: Int] = [:]
        for (slot, member) in own.enumerated() { slots[keyText(member)] = slot }
        for position in update.members.indices {
            let (key, value) = update.members[position]
            guard let slot = slots[key] else {
                own.append(try copyMember(update, position))
                continue
            }
            let child = own[slot].value
            switch (records[Int(child)].kind, value.kind) {
            case (.mapping, .mapping): try merge(value, into: child)
            case (.sequence, .sequence): try append(Array(value.elements), to: child)
            default: own[slot] = try copyMember(update, position)
            }
        }
        setMembers(own, of: index)
    }

    private mutating func append(_ nodes: [Node], to index: UInt32) throws(SourceError) {
        var own = Array(elements[range(of: index)])
        for node in nodes { own.append(try copy(node)) }
        setElements(own, of: index)
    }

    private mutating func setElements(_ own: [UInt32], of index: UInt32) {
        records[Int(index)].first = UInt32(elements.count)
        records[Int(index)].count = UInt32(own.count)
        elements += own
    }

    private mutating func setMembers(_ own: [SourceTree.Member], of index: UInt32) {
        let first = UInt32(members.count)
        records[Int(index)].first = first
        records[Int(index)].count = UInt32(own.count)
        members += own
        sortedStarts[index] = nil
        guard own.count > SourceTree.linearSearchLimit else { return }
        sortedStarts[index] = UInt32(sortedMembers.count)
        let keys = own.map { Array(text[Int($0.keyStart)..<Int($0.keyStart + $0.keyCount)]) }
        sortedMembers += own.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { first + UInt32($0) }
    }

    // MARK: - Copies

    private mutating func copyMember(_ mapping: Node, _ position: Int) throws(SourceError) -> SourceTree.Member {
        let tree = mapping.tree
        var member = tree.members[Int(tree.records[Int(mapping.index)].first) + position]
        member.keyStart += textStart(of: tree)
        member.isMerge = false
        member.value = try copy(mapping.members[position].value)
        return member
    }

    private mutating func copy(_ node: Node) throws(SourceError) -> UInt32 {
        guard records.count < TreeBuilder.maximumExpansion else {
            throw SourceError(
                location: node.location, message: "this makes the description larger than \(TreeBuilder.maximumExpansion) values",
                hint: "narrow the target of the action")
        }
        let tree = node.tree
        let index = UInt32(records.count)
        let path = tree.path(of: node.index)
        if origins.last?.path != path { origins.append(SourceTree.Origin(first: index, path: path)) }
        mayHaveIdentifiers = mayHaveIdentifiers || tree.mayHaveIdentifiers
        records.append(tree.records[Int(node.index)])
        switch node.kind {
        case .mapping:
            var own: [SourceTree.Member] = []
            for position in node.members.indices { own.append(try copyMember(node, position)) }
            setMembers(own, of: index)
        case .sequence:
            var own: [UInt32] = []
            for element in node.elements { own.append(try copy(element)) }
            setElements(own, of: index)
        default:
            records[Int(index)].first += textStart(of: tree)
        }
        return index
    }

    private mutating func textStart(of tree: SourceTree) -> UInt32 {
        if let known = textStarts[ObjectIdentifier(tree)] { return known }
        let start = UInt32(text.count)
        textStarts[ObjectIdentifier(tree)] = start
        text += tree.text
        return start
    }

    private func keyText(_ member: SourceTree.Member) -> String {
        String(decoding: text[Int(member.keyStart)..<Int(member.keyStart + member.keyCount)], as: UTF8.self)
    }
}

extension SourceTree {
    /// Refuses what a reader would refuse, after a tree was put together.
    func checkDepth() throws(SourceError) {
        var depths = [UInt32](repeating: 0, count: records.count)
        // A parent comes before its children.
        for index in records.indices where index == 0 || depths[index] > 0 {
            let node = Node(tree: self, index: UInt32(index))
            guard depths[index] < TreeBuilder.maximumDepth else {
                throw SourceError(
                    location: node.location, message: "nested deeper than \(TreeBuilder.maximumDepth) levels",
                    hint: "no API description needs that")
            }
            for (_, value) in node.members { depths[value.id] = depths[index] + 1 }
            for value in node.elements { depths[value.id] = depths[index] + 1 }
        }
    }
}
