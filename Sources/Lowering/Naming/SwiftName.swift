import TextScanning

/// Swift names for the description's names.
enum SwiftName {
    /// Names a type may not have, because Swift or generated code gives them a
    /// meaning.
    private static let reservedTypes: Set<String> = ["Type", "Protocol", "Self", "Any"]

    /// Types that generated code declares in the namespace itself, and the
    /// modules it writes in front of a shadowed name.
    static let reservedInNamespace = modules.union(["Client", "Server", "Authorization"])

    /// What generated code writes in front of a name that something hides.
    private static let modules: Set<String> = ["Swift", "Foundation", "ApusRuntime", "ApusOAuth"]

    private static let reservedMembers: Set<String> = ["self", "init", "Type", "Protocol", "Self"]

    /// A type's name, `alternative` for one that may not be used as it is.
    static func type(_ words: Words, alternative suffix: String = "Model") -> String {
        let name = words.isEmpty ? "Value" : words.upperCamel
        return reservedTypes.contains(name) ? name + suffix : name
    }

    /// A type nested in another: `Kind` in place of `Type`, which Swift keeps
    /// for itself.
    static func nestedType(_ words: Words) -> String {
        let name = words.isEmpty ? "Value" : words.upperCamel
        if name == "Type" { return "Kind" }
        // Without a letter that has a case (`_2`, `用户`), the type and the
        // property or case it belongs to would be one.
        if name == words.lowerCamel { return name + "Value" }
        // A type called as a module would hide it from what is written in its scope.
        return reservedTypes.contains(name) || modules.contains(name) ? name + "Value" : name
    }

    /// A property, parameter or method name.
    static func member(_ text: String) -> String {
        member(Words(text))
    }

    static func member(_ words: Words) -> String {
        let name = words.isEmpty ? "value" : words.lowerCamel
        return reservedMembers.contains(name) ? name + "Value" : name
    }

    /// An enum case's name; the empty text is `empty`.
    static func enumCase(_ text: String) -> String {
        let words = Words(text)
        if words.isEmpty { return text.isEmpty ? "empty" : "value" }
        let name = words.lowerCamel
        // `unknown` holds what the description does not know, and `.none` would be read
        // as that of Optional.
        return reservedMembers.contains(name) || name == "unknown" || name == "none" ? name + "Value" : name
    }
}
