import Source
import SyntaxTree

extension OperationReader {
    /// The path of a path item. Blanks around it and a fragment are how some
    /// descriptions tell operations of one path apart; neither is ever sent.
    func path(_ text: String, _ node: Node) -> String {
        var path = text[...]
        // In a parameter's name it is not a fragment.
        let end = path.lastIndex(of: "}") ?? path.startIndex
        if let fragment = path[end...].firstIndex(of: "#") { path = path[..<fragment] }
        while path.first?.isWhitespace == true { path.removeFirst() }
        while path.last?.isWhitespace == true { path.removeLast() }
        if path.count != text.count {
            diagnostics.warn(.invalidPath, "the path `\(text)` has spaces around it or a fragment; read as `\(path)`", at: node.location)
        }
        return String(path)
    }
}
