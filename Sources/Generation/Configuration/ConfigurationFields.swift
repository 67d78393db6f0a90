import Declarations
import Lowering
import Source
import SpecSource
import SyntaxTree

/// Reads one mapping of the configuration. What is not as it should be is an
/// error with its place: a setting must not be without effect.
struct ConfigurationFields {
    let node: Node
    /// How the mapping is called, for errors.
    let name: String

    /// - Parameter known: The keys that may stand in it.
    init(_ node: Node, _ name: String, known: [String]) throws(SourceError) {
        self.node = node
        self.name = name
        guard node.kind == .mapping else {
            throw SourceError(
                location: node.location, message: "`\(name)` should be a mapping", hint: "with \(Self.list(known))")
        }
        for (key, value) in node.members where !known.contains(key) {
            throw SourceError(
                location: node.keyLocation(key) ?? value.location, message: "`\(key)` is not known here",
                hint: "known are \(Self.list(known))")
        }
    }

    private static func list(_ words: [String]) -> String {
        words.count < 2 ? words.joined() : words.dropLast().joined(separator: ", ") + " and " + words[words.count - 1]
    }

    /// The fields of a mapping within this one; nil where there is none.
    func fields(_ key: String, known: [String]) throws(SourceError) -> ConfigurationFields? {
        guard let value = node[key] else { return nil }
        return try ConfigurationFields(value, key, known: known)
    }

    /// One of several words.
    func choice(_ key: String, _ choices: [String]) throws(SourceError) -> String? {
        guard let value = node[key] else { return nil }
        return try Self.word(value, choices, of: key)
    }

    /// Any of several words.
    func choices(_ key: String, _ choices: [String]) throws(SourceError) -> [String] {
        var words: [String] = []
        for value in try texts(key) { words.append(try Self.word(value, choices, of: key)) }
        return words
    }

    private static func word(_ value: Node, _ choices: [String], of key: String) throws(SourceError) -> String {
        guard value.isScalar, choices.contains(value.text) else {
            throw SourceError(
                location: value.location, message: "`\(key)` cannot be `\(value.text)`",
                hint: "use \(choices.dropLast().joined(separator: ", ")) or \(choices.last ?? "")")
        }
        return value.text
    }

    func flag(_ key: String) throws(SourceError) -> Bool {
        guard let value = node[key] else { return false }
        guard let flag = value.bool else {
            throw SourceError(location: value.location, message: "`\(key)` should be true or false", hint: "without quotes")
        }
        return flag
    }

    /// The elements of a list of texts; one text is a list of one.
    func texts(_ key: String) throws(SourceError) -> [Node] {
        guard let value = node[key] else { return [] }
        let elements = value.kind == .sequence ? Array(value.elements) : [value]
        for element in elements where !element.isScalar || element.kind == .null {
            throw SourceError(
                location: element.location, message: "`\(key)` should be a list of strings", hint: "for example `\(key): [first, second]`")
        }
        return elements
    }

    /// A Swift name.
    func identifier(_ key: String, except impossible: Set<String>) throws(SourceError) -> String? {
        guard let value = node[key] else { return nil }
        try Self.check(value, isType: false)
        guard !impossible.contains(value.text) else {
            throw SourceError(
                location: value.location, message: "`\(value.text)` cannot be the \(key)", hint: "Swift and generated code mean something else by it")
        }
        return value.text
    }

    /// Names of Swift modules.
    func moduleNames(_ key: String) throws(SourceError) -> [String] {
        let nodes = try texts(key)
        for node in nodes { try Self.check(node, isType: true) }
        return nodes.map(\.text)
    }

    /// A mapping from names of the description to Swift names or types.
    func names(_ key: String, areTypes: Bool = false) throws(SourceError) -> [String: Configured] {
        guard let value = node[key] else { return [:] }
        guard value.kind == .mapping else {
            throw SourceError(
                location: value.location, message: "`\(key)` should be a mapping",
                hint: "from names of the description to \(areTypes ? "types" : "names") in Swift")
        }
        var result: [String: Configured] = [:]
        for (name, new) in value.members {
            try Self.check(new, isType: areTypes)
            result[name] = Configured(text: new.text, location: value.keyLocation(name) ?? new.location)
        }
        return result
    }

    /// A mapping from codes of diagnostics to what is decided about them.
    func diagnosticSettings(_ key: String) throws(SourceError) -> [DiagnosticCode: Diagnostic.Setting] {
        guard let mapping = node[key] else { return [:] }
        guard mapping.kind == .mapping else {
            throw SourceError(
                location: mapping.location, message: "`\(key)` should be a mapping", hint: "for example `\(key): {duplicate-key: off}`")
        }
        var result: [DiagnosticCode: Diagnostic.Setting] = [:]
        for (name, value) in mapping.members {
            guard let code = DiagnosticCode(rawValue: name) else {
                throw SourceError(
                    location: mapping.keyLocation(name) ?? value.location, message: "`\(name)` is not the code of a diagnostic",
                    hint: "each diagnostic ends with its code in brackets")
            }
            result[code] = Diagnostic.Setting(rawValue: try Self.word(value, Diagnostic.Setting.allCases.map(\.rawValue), of: code.rawValue))
        }
        return result
    }

    /// A type may have the names of a module, or of a type around it, in front.
    private static func check(_ node: Node, isType: Bool) throws(SourceError) {
        let parts = isType ? node.text.split(separator: ".", omittingEmptySubsequences: false).map(String.init) : [node.text]
        guard node.isScalar, parts.allSatisfy(isIdentifier) else {
            throw SourceError(
                location: node.location, message: "`\(node.text)` is not a Swift \(isType ? "type" : "name")",
                hint: "use letters and digits, a letter first")
        }
    }

    private static func isIdentifier(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isXIDStart || first == "_" else { return false }
        return text != "_" && text.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    }
}
