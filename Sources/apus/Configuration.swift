import SpecSource

/// `apus.yaml`: what the user decides beside the description.
struct Configuration {
    /// The enum everything lives in.
    var namespace: String?
    /// `public`, `package` or `internal`.
    var accessLevel: String?

    init() {}

    /// Reads the file. A key it does not know is an error: a misspelt setting
    /// must not be without effect.
    init(path: String, diagnostics: Diagnostics) throws(SourceError) {
        let tree = try SourceReader.read(path: path, diagnostics: diagnostics)
        guard tree.root.kind == .mapping else {
            throw SourceError(
                location: tree.root.location, message: "a configuration is a mapping",
                hint: "for example `namespace: PetstoreAPI`")
        }
        for (key, value) in tree.root.members {
            switch key {
            case "namespace":
                guard Self.isIdentifier(value.text) else {
                    throw SourceError(
                        location: value.location, message: "`\(value.text)` is no Swift name",
                        hint: "use letters and digits, a letter first")
                }
                namespace = value.text
            case "accessLevel":
                guard ["public", "package", "internal"].contains(value.text) else {
                    throw SourceError(
                        location: value.location, message: "`\(value.text)` is no access level",
                        hint: "use public, package or internal")
                }
                accessLevel = value.text
            default:
                throw SourceError(
                    location: tree.root.keyLocation(key) ?? value.location,
                    message: "`\(key)` is not known here", hint: "known are namespace and accessLevel")
            }
        }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isXIDStart else { return false }
        return text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    }
}
