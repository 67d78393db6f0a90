/// Names in braces within a text: `/users/{id}`.
public enum BracedNames {
    /// The text between names, where there is some, and the names, in their order. A brace
    /// that is not closed is text.
    public static func split(_ text: String) -> [(text: String, isName: Bool)] {
        var parts: [(text: String, isName: Bool)] = []
        var rest = text.utf8[...]
        while let open = rest.firstIndex(of: UInt8(ascii: "{")), let close = rest[open...].firstIndex(of: UInt8(ascii: "}")) {
            if open > rest.startIndex { parts.append((String(Substring(rest[..<open])), false)) }
            parts.append((String(Substring(rest[rest.index(after: open)..<close])), true))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append((String(Substring(rest)), false)) }
        return parts
    }
}
