import SpecSource

/// Names for what references lead to, taken from where it stands.
enum ReferenceName {
    /// The last part of the place that says something: a component's name, the
    /// file's, or what a schema in the middle of something belongs to.
    ///
    /// - Parameters:
    ///   - file: The file's address.
    ///   - fragment: A JSON Pointer without percent-encoding, the name of an anchor, or nothing.
    static func name(file: String, fragment: String) -> String {
        guard fragment.hasPrefix("/") else { return fragment.isEmpty ? stem(file) : fragment }
        let tokens = fragment.split(separator: "/", omittingEmptySubsequences: false).map { JSONPointer.unescaped(String($0)) }
        return name(tokens.dropFirst()) ?? stem(file)
    }

    /// What tells things of the same name apart: the folder of a whole file,
    /// and the file of a part of it.
    static func qualifier(file: String, fragment: String) -> String? {
        if !fragment.isEmpty { return stem(file) }
        return folders(file).last
    }

    private static func name(_ tokens: ArraySlice<String>) -> String? {
        guard let last = tokens.last, !last.isEmpty else { return nil }
        if tokens.count > 2, let operation = tokens.first, operation == "paths" {
            return bodyName(tokens.dropFirst())
        }
        let before = tokens.dropLast()
        guard let parent = before.last, !containers.contains(parent) else { return last }
        // Inside of a schema, or of something that holds one.
        switch last {
        case "items": return name(before).map { $0 + " item" } ?? last
        case "additionalProperties": return name(before).map { $0 + " value" } ?? last
        case "schema", "not", "if", "then", "else": return name(before) ?? last
        default: break
        }
        if Int(last) != nil || parent == "content" { return name(before.dropLast()) ?? last }
        return last
    }

    /// A name for a schema that an operation holds: the path, the method, and
    /// whether it is sent or received.
    private static func bodyName(_ tokens: ArraySlice<String>) -> String? {
        guard let path = tokens.first else { return nil }
        var words = path.split { "/{}".contains($0) }.map(String.init)
        var rest = tokens.dropFirst()
        if let method = rest.popFirst() { words.append(method) }
        if rest.first == "requestBody" { words.append("request") }
        if rest.first == "responses" { words.append("response") }
        let properties = zip(rest, rest.dropFirst()).filter { $0.0 == "properties" }.map(\.1)
        return (words + properties).joined(separator: " ")
    }

    /// Mappings whose keys are names.
    private static let containers: Set<String> = [
        "schemas", "definitions", "$defs", "properties", "parameters", "responses", "requestBodies", "headers", "patternProperties",
    ]

    /// A file's name without what says that it is a schema. A file that is
    /// called like any other has the name of its folder.
    private static func stem(_ file: String) -> String {
        var parts = lastPart(file).split(separator: ".").map(String.init)
        while parts.count > 1, let last = parts.last?.lowercased(), extensions.contains(last) { parts.removeLast() }
        let stem = parts.joined(separator: " ")
        let isUsual = ["index", "_index", "schema", "schemas", "openapi", "swagger", "model"].contains(stem.lowercased())
        return isUsual ? folders(file).last ?? stem : stem
    }

    private static let extensions: Set<String> = ["yaml", "yml", "json", "schema", "openapi", "model"]

    private static func lastPart(_ file: String) -> String {
        let withoutQuery = file.prefix { $0 != "?" }
        return withoutQuery.split(separator: "/").last.map(String.init) ?? file
    }

    private static func folders(_ file: String) -> [String] {
        file.prefix { $0 != "?" }.split(separator: "/").dropLast().filter { $0 != "." && $0 != ".." }.map(String.init)
    }
}
