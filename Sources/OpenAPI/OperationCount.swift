import SpecSource

/// Counts what a description has, without reading it any further: a check on
/// the stages that do.
public enum OperationCount {
    /// The operations below `paths`: the methods of each path item that are
    /// objects, and `additionalOperations` (OpenAPI 3.2).
    public static func described(in tree: SourceTree) -> Int {
        guard let paths = tree.root["paths"] else { return 0 }
        return paths.members.reduce(0) { count, member in
            member.key.hasPrefix("x-") ? count : count + operations(of: item(member.value))
        }
    }

    /// A path item may be referred to, within the file at least.
    private static func item(_ node: Node) -> Node {
        var node = node
        for _ in 0..<32 {
            guard let text = node["$ref"]?.text, text.hasPrefix("#"),
                let next = node.tree.root.resolve(pointer: String(text.dropFirst()))
            else { break }
            node = next
        }
        return node
    }

    private static func operations(of item: Node) -> Int {
        let additional = item["additionalOperations"]?.members.count { $0.value.kind == .mapping } ?? 0
        return additional
            + item.members.count { OperationReader.methods.contains($0.key.lowercased()) && $0.value.kind == .mapping }
    }
}
