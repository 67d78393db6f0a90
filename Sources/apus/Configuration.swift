import OpenAPI
import SpecSource

/// `apus.yaml`: what the user decides beside the description.
struct Configuration {
    /// The enum everything lives in.
    var namespace: String?
    /// `public`, `package` or `internal`.
    var accessLevel: String?
    /// The overlays to apply, in this order.
    var overlays: [String] = []
    /// Which part of the description is wanted.
    var selection = Selection()

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
            case "overlays":
                overlays = try Self.overlays(value, configuration: path)
            case "include":
                selection.include = try Self.filter(key, value)
            case "exclude":
                selection.exclude = try Self.filter(key, value)
            default:
                throw SourceError(
                    location: tree.root.keyLocation(key) ?? value.location,
                    message: "`\(key)` is not known here", hint: "known are namespace, accessLevel, overlays, include and exclude")
            }
        }
    }

    /// Paths relative to the configuration.
    private static func overlays(_ node: Node, configuration: String) throws(SourceError) -> [String] {
        let folder = configuration.lastIndex(of: "/").map { configuration[...$0] } ?? ""
        return try texts(node, of: "overlays").map { $0.text.hasPrefix("/") ? $0.text : folder + $0.text }
    }

    /// The elements of a list of texts; one text is a list of one.
    private static func texts(_ node: Node, of key: String) throws(SourceError) -> [Node] {
        let elements = node.kind == .sequence ? Array(node.elements) : [node]
        for element in elements where !element.isScalar || element.kind == .null {
            throw SourceError(location: element.location, message: "`\(key)` should be a list of texts")
        }
        return elements
    }

    private static func filter(_ key: String, _ node: Node) throws(SourceError) -> Selection.Filter {
        var filter = Selection.Filter()
        guard node.kind == .mapping else {
            throw SourceError(
                location: node.location, message: "`\(key)` should be a mapping",
                hint: "with tags, operations, paths and schemas")
        }
        for (name, value) in node.members {
            let entries = try texts(value, of: name).map { Selection.Filter.Entry(text: $0.text, location: $0.location) }
            switch name {
            case "tags": filter.tags = entries
            case "operations": filter.operations = entries
            case "paths": filter.paths = entries
            case "schemas": filter.schemas = entries
            default:
                throw SourceError(
                    location: node.keyLocation(name) ?? value.location, message: "`\(name)` is not known here",
                    hint: "known are tags, operations, paths and schemas")
            }
        }
        return filter
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isXIDStart else { return false }
        return text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    }
}
