import Foundation
import Testing

@Suite("The tool and descriptions made to harm: an end, and an answer")
struct HostileInputTests {
    /// A description whose one operation returns the schema `S0`.
    private static func description(schemas: String) -> String {
        """
        openapi: 3.1.0
        info: {title: Hostile, version: '1'}
        paths:
          /a: {get: {operationId: a, responses: {'200': {description: A., content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}}}
        components:
          schemas:

        """ + schemas
    }

    private static func reference(_ number: Int) -> String { "{$ref: '#/components/schemas/S\(number)'}" }

    /// Schemas that each lead to the next.
    private static func chain(
        _ count: Int = 20_000, last: String = "{type: object, properties: {a: {type: string}}}", _ link: (Int, String) -> String
    ) -> String {
        let links = (0..<count).map { "    S\($0): \(link($0, reference($0 + 1)))\n" }
        return description(schemas: links.joined() + "    S\(count): \(last)\n")
    }

    /// 30 schemas that each lead to all others.
    private static func clique(_ keyword: String) -> String {
        description(
            schemas: (0..<30).map { number in
                let others = (0..<30).filter { $0 != number }.map(reference).joined(separator: ", ")
                return "    S\(number): {\(keyword): [\(others)], properties: {p\(number): {type: string}}}\n"
            }.joined())
    }

    private static func nested(_ opening: String, _ closing: String, levels: Int) -> String {
        description(
            schemas: "    S0: " + String(repeating: opening, count: levels) + "{type: string}" + String(repeating: closing, count: levels) + "\n")
    }

    /// Runs the tool and looks at what it wrote.
    private func generate(_ text: String, name: String = "openapi.yaml") async throws -> (outcome: Tool.Outcome, code: String) {
        try await withFolder { folder in
            let file = folder.appending(path: name)
            let output = folder.appending(path: "out")
            try file.write(text)
            let outcome = try await Tool.apus(
                "generate", file.path, "--output", output.path, "--shards", "1", "--stem", "hostile")
            let code = output.snapshot.values.map { String(decoding: $0.content, as: UTF8.self) }.joined()
            return (outcome, code)
        }
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var testDescription: String
        var text: @Sendable () -> String
        /// What a warning says; nil where all goes well.
        var warning: String?
        var code = "func a()"
    }

    @Test("Schemas without end", arguments: chains)
    func chain(_ hostile: Case) async throws {
        let (outcome, code) = try await generate(hostile.text())
        #expect(outcome.status == 0)
        #expect(code.contains(hostile.code))
        if let warning = hostile.warning {
            #expect(outcome.errors.contains(warning), "\(outcome.errors.prefix(1_000))")
        } else {
            #expect(outcome.errors.isEmpty, "\(outcome.errors.prefix(1_000))")
        }
    }

    static let chains: [Case] = [
        Case(testDescription: "references") { chain { $1 } },
        Case(
            testDescription: "references in a circle",
            text: { description(schemas: (0..<20_000).map { "    S\($0): \(reference(($0 + 1) % 20_000))\n" }.joined()) },
            warning: "is defined by itself; any value is accepted"),
        Case(testDescription: "allOf, each with a property", text: { chain(3_000) { "{allOf: [\($1), {properties: {p\($0): {type: string}}}]}" } },
            warning: "objects inherit more than 500000 properties from each other; this one is a dictionary"),
        Case(testDescription: "allOf and nothing else") { chain { "{allOf: [\($1)]}" } },
        Case(testDescription: "unions") { chain { "{oneOf: [\($1), {type: integer}]}" } },
        Case(testDescription: "properties", text: { chain { "{required: [n], properties: {n: \($1)}}" } }, code: "-> HostileAPI.S0"),
        Case(testDescription: "arrays") { chain { "{type: array, items: \($1)}" } },
        Case(testDescription: "allOf of all others") { clique("allOf") },
        Case(testDescription: "oneOf of all others") { clique("oneOf") },
        Case(testDescription: "anyOf of all others") { clique("anyOf") },
        Case(testDescription: "each twice in the next") {
            description(
                schemas: (0..<60).map { "    S\($0): {allOf: [\(reference($0 + 1)), \(reference($0 + 1))]}\n" }.joined()
                    + "    S60: {type: object, properties: {a: {type: string}}}\n")
        },
        Case(testDescription: "400 levels of allOf") { nested("{allOf: [", "]}", levels: 400) },
        Case(testDescription: "400 levels of arrays") { nested("{type: array, items: ", "}", levels: 400) },
        Case(testDescription: "400 levels of dictionaries") { nested("{additionalProperties: ", "}", levels: 400) },
        Case(testDescription: "400 levels of objects") { nested("{properties: {a: ", "}}", levels: 400) },
        Case(testDescription: "400 levels of unions") { nested("{oneOf: [{type: integer}, ", "]}", levels: 400) },
    ]

    @Test("Values without number", arguments: masses)
    func mass(_ hostile: Case) async throws {
        try await chain(hostile)
    }

    static let masses: [Case] = [
        Case(
            testDescription: "an enumeration of a million values",
            text: { description(schemas: "    S0: {type: string, enum: [" + (0..<1_000_000).map { "v\($0)" }.joined(separator: ", ") + "]}\n") },
            warning: "an enumeration of 1000000 values is too large for one in Swift; its values are not named"),
        Case(
            testDescription: "an object of a million properties",
            text: { description(schemas: "    S0:\n      properties:\n" + (0..<1_000_000).map { "        p\($0): {}\n" }.joined()) },
            warning: "an object of 1000000 properties is too large for a struct; it is a dictionary"),
        Case(testDescription: "texts of 10 MB") {
            let long = String(repeating: "long ", count: 2_000_000)
            return description(schemas: "    S0: {type: object, description: '\(long)', required: [a], properties: {a: {type: string, default: '\(long)'}}}\n")
        },
        Case(testDescription: "a thousand names that come to one") {
            description(
                schemas: "    S0:\n      properties:\n" + (1...1_000).map { "        'a\(String(repeating: "-", count: $0))': {type: string}\n" }.joined())
        },
    ]

    @Test("Nesting that no description needs", arguments: tooDeep)
    func nesting(_ hostile: Case) async throws {
        let (outcome, code) = try await generate(hostile.text(), name: hostile.testDescription)
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("nested deeper than 1000 levels"))
        #expect(code.isEmpty)
    }

    static let tooDeep: [Case] = [
        Case(testDescription: "sequences.yaml") {
            let brackets = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
            return "openapi: 3.0.0\nx: \(brackets)\n"
        },
        Case(testDescription: "schemas.yaml") { nested("{allOf: [", "]}", levels: 10_000) },
        Case(testDescription: "mappings.json") {
            let opening = String(repeating: "{\"a\":", count: 10_000)
            return "{\"openapi\": \"3.0.0\", \"x\": \(opening)1" + String(repeating: "}", count: 10_001)
        },
    ]

    @Test("Aliases that multiply")
    func aliases() async throws {
        var text = "openapi: 3.0.0\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        let outcome = try await generate(text).outcome
        #expect(outcome.status == 1)
        #expect(outcome.errorLines.count == 1)
        #expect(outcome.errors.contains("expand to more than"))
    }

    @Test("Names that lead out of the output folder")
    func paths() async throws {
        let names = ["../../escaped", "/tmp/escaped", "..", ".", "a/b", "a\\\\b", "\\u0000", "~", "CON", String(repeating: "long", count: 200), String(repeating: "用", count: 200)]
        let tags = names.enumerated().map { number, name in
            "  /p\(number): {get: {tags: [\"\(name)\"], responses: {}}}\n"
        }
        let schemas = names.map { "    \"\($0)\": {type: object, properties: {a: {type: string}}}\n" }
        let text = "openapi: 3.1.0\ninfo: {title: \"../Out \(String(repeating: "用户 ", count: 200))\", version: '1'}\npaths:\n\(tags.joined())components:\n  schemas:\n\(schemas.joined())"
        try await withFolder { folder in
            let file = folder.appending(path: "in/openapi.yaml")
            let output = folder.appending(path: "a/b/out")
            try file.write(text)
            let outcome = try await Tool.apus("generate", file.path, "--output", output.path)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let files = folder.snapshot.keys.filter { !$0.hasPrefix("in") }
            #expect(files.count > names.count)
            #expect(files.allSatisfy { $0.hasPrefix("a/b/out/") && $0.hasSuffix(".swift") }, "\(files)")
        }
    }

    @Test("Names in messages cannot forge a message or steer a terminal")
    func messages() async throws {
        let name = #"x\u001b[2J\nopenapi.yaml:1:1: error: forged\u202e"#
        let text = Self.description(schemas: "    S0: {type: object, properties: {a: {$ref: \"#/components/schemas/\(name)\"}}}\n")
        let outcome = try await generate(text).outcome
        #expect(outcome.status == 0)
        #expect(outcome.errorLines.count == 1, "\(outcome.errors)")
        #expect(outcome.errors.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control && !$0.properties.isBidiControl })
    }
}
