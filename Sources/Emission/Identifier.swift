/// Writing names where Swift has a word of its own.
package enum Identifier {
    /// The name in a declaration or an expression.
    package static func escaped(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    /// The name of a type, which stands where Swift has more words of its own. Only
    /// a user's own name for the namespace can be one of these.
    static func typeName(_ name: String) -> String {
        contextualKeywords.contains(name) ? "`\(name)`" : escaped(name)
    }

    /// An argument label, which may be nearly any word.
    package static func label(_ name: String) -> String {
        ["inout", "var", "let"].contains(name) ? "`\(name)`" : name
    }

    private static let contextualKeywords: Set<String> = [
        "any", "async", "borrowing", "consuming", "each", "isolated", "nonisolated", "reasync", "sending", "some",
    ]

    private static let keywords: Set<String> = [
        "Any", "Self", "Type", "as", "associatedtype", "await", "break", "case", "catch", "class", "continue", "default",
        "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for", "func",
        "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "precedencegroup",
        "private", "protocol", "public", "repeat", "rethrows", "return", "self", "static", "struct", "subscript",
        "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where", "while",
    ]
}
