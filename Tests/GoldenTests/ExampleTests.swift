import Emission
import Foundation
import Lowering
import OpenAPI
import Source
import SpecSource
import Testing

@Suite("Examples that are generated")
struct ExampleTests {
    /// The examples of a component with one property of a schema, as they stand in Swift.
    private func examples(_ schema: String) throws -> [String] {
        let description = """
            openapi: 3.1.0
            info: {title: Ex, version: '1'}
            paths: {}
            components:
              schemas:
                A: {type: object, required: [v], properties: {v: \(schema)}}
                Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
                Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
                Node: {type: object, required: [next], properties: {next: {oneOf: [{$ref: '#/components/schemas/Node'}, {type: 'null'}]}}}
            """
        var options = LoweringOptions()
        options.generatesTests = true
        let files = try Generator(Array(description.utf8), name: "ex.yaml", layout: .shards(stem: "ex", count: 1), options: options).files
        let text = String(decoding: try #require(files.first { $0.path == "ex.1.Testing.swift" }).content, as: UTF8.self)
        let own = try #require(text.split(separator: "extension ExAPI.A: ExampleValue {").dropFirst().first)
        let list = try #require(own.split(separator: "KeyValuePairs<StaticString, StaticString> {").dropFirst().first?.split(separator: "}\n}").first)
        return list.matches(of: /"": "((?:\\.|[^"\\])*)"/).map { String($0.1).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\") }
    }

    @Test("The shortest value that a schema allows", arguments: [
        ("{type: string}", #"{"v":""}"#), ("{type: string, minLength: 3}", #"{"v":"aaa"}"#), ("{type: boolean}", #"{"v":true}"#),
        ("{type: integer}", #"{"v":0}"#), ("{type: integer, minimum: 5}", #"{"v":5}"#), ("{type: integer, exclusiveMinimum: 5, multipleOf: 4}", #"{"v":8}"#),
        ("{type: integer, maximum: -3}", #"{"v":-3}"#), ("{type: number, exclusiveMinimum: 0}", #"{"v":0.5}"#),
        ("{type: string, format: date}", #"{"v":"2000-01-01"}"#), ("{type: string, format: uuid}", #"{"v":"00000000-0000-4000-8000-000000000000"}"#),
        ("{type: string, pattern: '^[A-Z]{2}-[0-9]+$'}", #"{"v":"AA-0"}"#), ("{type: string, pattern: '^(a|b)c?$'}", #"{"v":"a"}"#),
        ("{type: string, enum: [x, y]}", #"{"v":"x"}"#), ("{const: 7}", #"{"v":7}"#), ("{type: integer, default: 4}", #"{"v":4}"#),
        ("{type: array, minItems: 2, uniqueItems: true, items: {type: integer}}", #"{"v":[0,1]}"#),
        ("{type: object, additionalProperties: {type: string}}", #"{"v":{}}"#), ("{type: [string, 'null']}", #"{"v":""}"#),
        ("{$ref: '#/components/schemas/Node'}", #"{"v":{"next":null}}"#),
    ])
    func shortest(schema: String, expected: String) throws {
        #expect(try examples(schema).last == expected)
    }

    @Test("Examples of the description go before, as far as their schemas allow them", arguments: [
        ("{type: string, example: Ada}", [#"{"v":"Ada"}"#, #"{"v":""}"#]), ("{type: integer, examples: [3, 4]}", [#"{"v":3}"#, #"{"v":0}"#]),
        ("{type: integer, example: three}", [#"{"v":0}"#]),
    ])
    func described(schema: String, expected: [String]) throws {
        #expect(try examples(schema) == expected)
    }

    @Test("A union's example has the discriminator that means it")
    func unions() throws {
        let schema = """
            {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], \
            discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', d: '#/components/schemas/Dog'}}}
            """
        #expect(try examples(schema) == [#"{"v":{"kind":"c"}}"#])
    }

    @Test("Examples of responses by media type, as Swagger 2.0 has them, as far as their schemas allow them")
    func swagger() throws {
        let description = """
            swagger: '2.0'
            info: {title: Ex, version: '1'}
            host: ex.test
            paths:
              /users/me:
                get:
                  operationId: getMe
                  produces: [application/xml, application/json; charset=utf-8]
                  responses:
                    '200':
                      description: You.
                      schema: {type: object, required: [id], properties: {id: {type: integer}}}
                      examples: {application/json: {id: 7}, application/xml: <me/>}
                    '404':
                      description: Nobody.
                      schema: {type: object, required: [id], properties: {id: {type: integer}}}
                      examples: {application/json: {id: none}}
            """
        var options = LoweringOptions()
        options.generatesTests = true
        let generated = try Generator(Array(description.utf8), name: "ex.yaml", layout: .shards(stem: "ex", count: 1), options: options)
        #expect(generated.text.contains(#"{\"id\":7}"#))
        #expect(!generated.text.contains("none"))
        #expect(try Self.invalidExamples(description) == ["the example does not match its schema, at `$.id`: it is a string, not an integer; tests use another value"])
    }

    /// What `apus check` says of examples.
    private static func invalidExamples(_ description: String) throws -> [String] {
        let diagnostics = Diagnostics()
        let tree = try SourceReader.parse(Array(description.utf8), path: "ex.yaml", diagnostics: diagnostics)
        ExampleCheck.report(try Document.read(SourceSet(root: tree, diagnostics: diagnostics), diagnostics: diagnostics), diagnostics)
        return diagnostics.all.map(\.message)
    }

    @Test("Without the setting, nothing is generated for tests")
    func off() throws {
        let url = Generator.root.appending(path: "Tests/GoldenTests/Descriptions/petstore.yaml")
        let without = try Generator(url, layout: .shards(stem: "p", count: 3)).files
        var options = LoweringOptions()
        options.generatesTests = true
        let with = try Generator(url, layout: .shards(stem: "p", count: 3), options: options).files
        #expect(with.map(\.path) == without.map(\.path) + FileLayout.testShardNames(stem: "p", count: 3))
        #expect(with.prefix(without.count).map(\.content) == without.map(\.content))
    }
}
