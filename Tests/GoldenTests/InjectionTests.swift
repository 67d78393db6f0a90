import Emission
import Foundation
import SpecSource
import Testing

/// Text of the description is data. Two descriptions that differ in their texts
/// alone come to the same code, token for token, but for the names that are made
/// of these texts, which are names in both.
@Suite("No text of the description becomes code")
struct InjectionTests {
    /// In every word that comes from the harmless description.
    private static let mark = "zq"

    @Test("Random texts in every place", arguments: 0..<150)
    func everyPlace(seed: Int) throws {
        var random = Choices(seed: seed)
        var number = 0
        let harmless = try generated { _ in
            number += 1
            return "\(Self.mark)\(number)"
        }
        number = 0
        let hostile = try generated { excluded in
            number += 1
            // Unlike each other, as the harmless ones are.
            return Self.text(&random, without: excluded) + "-\(number)"
        }
        let expected = CodeTokens(harmless).tokens
        let actual = CodeTokens(hostile).tokens
        for (index, (left, right)) in zip(expected, actual).enumerated() where left != right {
            // A name of the description, and another in its place.
            if case .word(let name) = left, case .word = right, name.lowercased().contains(Self.mark) { continue }
            Issue.record("token \(index): \(left) has become \(right), in \(excerpt(actual, index))")
            return
        }
        #expect(expected.count == actual.count)
        #expect(expected.count > 1_000)
    }

    @Test("The tokens of code that does contain a text are others")
    func detects() {
        let before = CodeTokens(#"let a = "b" // c"#).tokens
        #expect(CodeTokens(#"let a = "\(b)" // c"#).tokens != before)
        #expect(CodeTokens("let a = \"b\" // c\rfatalError()").tokens != before)
        #expect(CodeTokens(#"let a = "b", fatalError() // c"#).tokens != before)
        #expect(CodeTokens("let a = \"b\" // \u{202E}c").tokens != before)
        #expect(CodeTokens(#"let a = "d" // e"#).tokens == before)
    }

    private func excerpt(_ tokens: [CodeTokens.Token], _ index: Int) -> String {
        tokens[max(0, index - 8)..<min(tokens.count, index + 8)].map { "\($0)" }.joined(separator: " ")
    }

    private func generated(_ text: (_ excluded: String) -> String) throws -> String {
        try Generator(Self.description(text), layout: .shards(stem: "test", count: 1)).text
    }

    // MARK: - Texts

    private static let pieces = [
        "\"", "\"\"\"", "#\"", "\"#", "\\", "\\(", "\\\\(fatalError())", "\\u{22}", ")", "(", "{", "}", "{{", "}}", "{{{name}}}", "{{/cases}}",
        "*/", "/*", "//", "///", "`", "```", "~~~", "\n", "\r", "\r\n", "\t", "\u{0}", "\u{7}", "\u{B}", "\u{C}", "\u{1B}[2J", "\u{85}", "\u{7F}",
        "\u{2028}", "\u{2029}", "\u{202E}", "\u{2066}", "\u{200F}", "\u{61C}", "\u{FEFF}", "\u{200B}", "\u{200D}", "\u{AD}", "\u{301}", "\u{FFFE}", "\u{E0001}",
        "fatalError()", "; fatalError();", "\"); fatalError(); (\"", "*/ fatalError() /*", "\n}\nfatalError()\n{", "#if true", "#error(\"x\")", "@available(*, unavailable)",
        "import Foundation", "class", "self", "init", "Type", "Any", "in", "inout", "_", "$0", "$", "0", "9x", "../../etc/passwd", "/", "~", "%2F", "%", "&", "?", "#", "=", ";",
        "👍", "é", "用户", "İ", "ß", " ", "-", "+", ".", ",", ":", "|", "- ", "* ", "> ", "    indented", "1. ", "'", "!", "<b>", "<!--", "-->", "x-",
    ]

    private static func text(_ random: inout Choices, without excluded: String) -> String {
        var text = "q"
        for _ in 0...random.next(6) { text += pieces[random.next(pieces.count)] }
        text = String(String.UnicodeScalarView(text.unicodeScalars.filter { !excluded.unicodeScalars.contains($0) }))
        // What comes first and last counts most: a name may begin with anything.
        return random.next(2) == 0 ? text : String(text.dropFirst())
    }

    /// A description with a text in every place that has one. Declarations are
    /// sorted by name, so what names a type begins alike in all descriptions.
    ///
    /// - Parameter text: Gives the next text, without certain characters: a
    ///   brace in a path or a URL begins a parameter, which is code.
    private static func description(_ text: (_ excluded: String) -> String) -> String {
        func free() -> String { text("") }
        func quoted(_ text: String) -> String {
            let data = try? JSONEncoder().encode(text)
            return data.map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
        }
        func any() -> String { quoted(free()) }
        /// What a header field can be called (RFC 9110 section 5.6.2).
        func token() -> String {
            quoted(String(String.UnicodeScalarView(free().unicodeScalars.filter { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil) || "!#$%&'*+-.^_`|~".unicodeScalars.contains(scalar)
            })))
        }
        var types = 0
        func typeName() -> String {
            types += 1
            return "Q\(mark)\(100 + types)" + free()
        }
        func type() -> String { quoted(typeName()) }
        func pointer(_ name: String) -> String {
            quoted("#/components/schemas/" + name.replacing("~", with: "~0").replacing("/", with: "~1").replacing("%", with: "%25").replacing("#", with: "%23"))
        }
        let names = (0..<4).map { _ in typeName() }
        let (model, color, first, second) = (names[0], names[1], names[2], names[3])
        let scheme = free()
        let path = text("{}")
        let parameter = text("{}")
        let (property, other, kind, red) = (free(), free(), free(), free())
        let scope = free()
        return """
            {"openapi": "3.1.0",
             "info": {"title": \(any()), "version": \(any()), "description": \(any())},
             "servers": [
               {"url": \(quoted("https://" + text("{}"))), "description": \(any())},
               {"url": "https://{\(mark)}.example", "description": \(any()), "variables": {"\(mark)": {"default": \(any()), "enum": [\(any()), \(any())], "description": \(any())}}}],
             "tags": [{"name": \(any()), "description": \(any())}],
             "security": [{\(quoted(scheme)): [\(quoted(scope))]}],
             "paths": {
               \(quoted("/" + path + "/{" + parameter + "}")): {
                 "get": {
                   "operationId": \(type()), "summary": \(any()), "description": \(any()), "tags": [\(any())],
                   "parameters": [
                     {"name": \(quoted(parameter)), "in": "path", "required": true, "description": \(any()), "schema": {"type": "string", "pattern": \(any()), "example": \(any())}},
                     {"name": \(type()), "in": "query", "description": \(any()), "schema": {"type": "array", "items": {"type": "string", "enum": [\(any()), \(any())]}}},
                     {"name": \(token()), "in": "header", "schema": {"type": "string", "default": \(any())}},
                     {"name": \(any()), "in": "cookie", "schema": {"type": "integer"}}],
                   "responses": {
                     "200": {"description": \(any()),
                       "headers": {\(token()): {"description": \(any()), "schema": {"type": "string"}}},
                       "links": {\(any()): {"operationId": \(any()), "description": \(any()), "parameters": {\(any()): \(any())}}},
                       "content": {\(quoted("application/" + text(";,") + "+json")): {"schema": {"$ref": \(pointer(model))}, "example": \(any())}}},
                     "404": {"description": \(any()), "content": {"application/json": {"schema": {"$ref": \(pointer(first))}}}},
                     "409": {"description": \(any()), "content": {"application/json": {"schema": {"type": "object", "title": \(type()), "properties": {\(any()): {"type": "boolean"}}}}}}}},
                 "post": {
                   "operationId": \(type()), "deprecated": true,
                   "servers": [{"url": \(quoted("https://" + text("{}")))}],
                   "security": [{\(quoted(scheme)): [\(any())]}],
                   "requestBody": {"description": \(any()), "content": {"multipart/form-data": {
                     "schema": {"type": "object", "properties": {\(quoted(property)): {"type": "string", "format": "binary"}, \(quoted(other)): {"type": "string"}}},
                     "encoding": {\(quoted(other)): {"contentType": \(quoted("text/" + text("*,")))}}}}},
                   "responses": {"204": {"description": \(any())}}},
                 "put": {
                   "operationId": \(type()),
                   "requestBody": {"content": {"application/x-www-form-urlencoded": {
                     "schema": {"type": "object", "required": [\(quoted(other))], "properties": {\(quoted(other)): {"type": "string", "default": \(any())}, \(any()): {"type": "array", "items": {"type": "string"}}}},
                     "encoding": {\(quoted(other)): {"style": "spaceDelimited"}}}}},
                   "responses": {"default": {"description": \(any())}}}}},
             "webhooks": {\(type()): {"post": {"requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": {\(any()): {"type": "string"}}}}}}}}},
             "components": {
               "schemas": {
                 \(quoted(model)): {"type": "object", "title": \(any()), "description": \(any()), "required": [\(quoted(property)), \(quoted(kind))], "properties": {
                   \(quoted(property)): {"type": "string", "description": \(any()), "default": \(any()), "example": \(any()), "pattern": \(any())},
                   \(quoted(kind)): {"allOf": [{"$ref": \(pointer(color))}], "default": \(quoted(red)), "description": \(any())},
                   \(any()): {"const": \(any())},
                   \(any()): {"type": "string", "deprecated": true, "format": \(any())},
                   \(type()): {"type": "object", "description": \(any()), "additionalProperties": {"type": "object", "properties": {\(any()): {"type": "integer"}}}},
                   \(type()): {"oneOf": [{"type": "string"}, {"type": "object", "title": \(type()), "properties": {\(any()): {"type": "number"}}}]}}},
                 \(quoted(color)): {"type": "string", "description": \(any()), "enum": [\(quoted(red)), \(any()), \(any())], "x-enum-varnames": [\(any()), \(any()), \(any())], "x-enum-descriptions": [\(any()), \(any()), \(any())]},
                 \(quoted(first)): {"oneOf": [{"$ref": \(pointer(second))}, {"$ref": \(pointer(model))}], "discriminator": {"propertyName": \(quoted(kind)), "mapping": {\(any()): \(pointer(second)), \(any()): \(pointer(model))}}},
                 \(quoted(second)): {"type": "object", "required": [\(quoted(kind))], "properties": {\(quoted(kind)): {"type": "string"}, \(any()): {"type": "string", "format": "date-time"}}}},
               "securitySchemes": {
                 \(quoted(scheme)): {"type": "oauth2", "description": \(any()), "flows": {"authorizationCode": {
                   "authorizationUrl": \(any()), "tokenUrl": \(any()), "refreshUrl": \(any()), "scopes": {\(quoted(scope)): \(any()), \(any()): \(any())}}},
                   "x-apus-oauth": {"scopeSeparator": \(any()), "revocationUrl": \(any()), "redirectURI": {"schemes": [\(any())]}, "extraParameters": {\(any()): \(any())}}},
                 \(any()): {"type": "apiKey", "in": "header", "name": \(any()), "description": \(any())},
                 \(any()): {"type": "http", "scheme": "bearer", "bearerFormat": \(any())},
                 \(any()): {"type": "http", "scheme": "basic"}}}}
            """
    }
}

/// A few random numbers that are the same for the same seed.
struct Choices {
    private var state: UInt64

    init(seed: Int) {
        state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1
    }

    /// A number from 0 to below `limit`.
    mutating func next(_ limit: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(limit))
    }
}
