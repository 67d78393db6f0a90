import SpecSource
import SyntaxTree

/// Counts what a description has, without reading it any further: a check on
/// the stages that do.
public enum OperationCount {
    /// The operations below `paths`: the methods of each path item that are
    /// objects, and `additionalOperations` (OpenAPI 3.2).
    public static func described(in sources: SourceSet) -> Int {
        guard let paths = sources.root.root["paths"] else { return 0 }
        return followed(paths, sources).members.reduce(0) { count, member in
            member.key.hasPrefix("x-") ? count : count + methods(of: member.value, sources).count
        }
    }

    /// A path item may be referred to, and say something beside that.
    private static func methods(of item: Node, _ sources: SourceSet) -> [String] {
        let own = methods(item)
        let target = followed(item, sources)
        return target == item ? own : methods(target).filter { !own.contains($0) } + own
    }

    private static func methods(_ item: Node) -> [String] {
        let known = item.members.filter { OperationReader.methods.contains($0.key.lowercased()) && $0.value.kind == .mapping }
        let additional = item["additionalOperations"]?.members.filter { $0.value.kind == .mapping } ?? []
        return known.map { $0.key.uppercased() } + additional.map(\.key)
    }

    private static func followed(_ node: Node, _ sources: SourceSet) -> Node {
        var node = node
        for _ in 0..<32 {
            guard let text = node["$ref"]?.string, let next = try? sources.node(at: sources.place(of: text, from: node)) else { break }
            node = next
        }
        return node
    }
}
