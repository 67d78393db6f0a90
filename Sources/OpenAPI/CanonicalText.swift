import SyntaxTree

/// Writes a part of a description so that the order of what has none says nothing.
enum CanonicalText {
    static func text(_ node: Node) -> String {
        var output = ""
        append(node, sorted: false, depth: 0, to: &output)
        return output
    }

    /// Lists whose order says nothing.
    private static let unordered: Set<String> = ["required", "enum", "oneOf", "anyOf", "allOf", "type", "tags", "security"]

    /// What no text needs to go into: it is only compared.
    private static let maximumDepth = 200

    private static func append(_ node: Node, sorted: Bool, depth: Int, to output: inout String) {
        guard depth < maximumDepth else { return }
        switch node.kind {
        case .mapping:
            output += "{"
            for (key, value) in node.members.map({ ($0.key, $0.value) }).sorted(by: { $0.0 < $1.0 }) {
                output += key.debugDescription + ":"
                append(value, sorted: unordered.contains(key), depth: depth + 1, to: &output)
            }
            output += "}"
        case .sequence:
            var elements = node.elements.map { element in
                var text = ""
                append(element, sorted: false, depth: depth + 1, to: &text)
                return text
            }
            if sorted { elements.sort() }
            output += "[" + elements.joined(separator: ",") + "]"
        default:
            output += node.kind == .string ? node.text.debugDescription : node.text
        }
    }
}
