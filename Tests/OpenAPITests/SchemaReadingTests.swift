import OpenAPI
import Source
import SpecSource
import Testing

/// What the model says of schemas as descriptions write them.
@Suite("Schemas as they are read")
struct SchemaReadingTests {
    private func schemas(_ text: String, version: String = "3.1.0") throws -> [String: Schema] {
        let description = """
            openapi: \(version)
            info: {title: Test, version: '1'}
            paths: {}
            components:
              schemas:
            \(text.split(separator: "\n").map { "    \($0)\n" }.joined())
            """
        let diagnostics = Diagnostics()
        let tree = try SourceReader.parse(Array(description.utf8), path: "test.yaml", diagnostics: diagnostics)
        let document = try Document.read(SourceSet(root: tree, diagnostics: diagnostics), diagnostics: diagnostics)
        #expect(diagnostics.all.isEmpty, "\(diagnostics.all)")
        return Dictionary(uniqueKeysWithValues: document.schemas.map { ($0.name, $0.schema) })
    }

    private func schema(_ text: String, version: String = "3.1.0") throws -> Schema {
        try #require(try schemas("A: \(text)", version: version)["A"])
    }

    @Test(
        "Bounds of OpenAPI 3.0 and 3.1, in any order of their keys",
        arguments: [
            ("3.0.3", "{type: integer, minimum: 5, exclusiveMinimum: true}", nil, "5"),
            ("3.0.3", "{exclusiveMinimum: true, minimum: 5, type: integer}", nil, "5"),
            ("3.0.3", "{type: integer, exclusiveMinimum: false, minimum: 5}", "5", nil),
            ("3.1.0", "{type: integer, exclusiveMinimum: 5}", nil, "5"),
            ("3.1.0", "{exclusiveMinimum: 5, minimum: 3, type: integer}", "3", "5"),
        ] as [(String, String, String?, String?)])
    func bounds(version: String, text: String, inclusive: String?, exclusive: String?) throws {
        let schema = try schema(text, version: version)
        #expect(schema.scalar.minimum?.text == inclusive)
        #expect(schema.scalar.exclusiveMinimum?.text == exclusive)
    }

    @Test(
        "The canonical text is the same in any order that says nothing",
        arguments: [
            ("{type: object, required: [a, b]}", "{required: [b, a], type: object}"),
            ("{oneOf: [{type: string}, {type: integer}]}", "{oneOf: [{type: integer}, {type: string}]}"),
            ("{type: string, enum: [x, y]}", "{enum: [y, x], type: string}"),
            ("{properties: {a: {type: string}, b: {}}}", "{properties: {b: {}, a: {type: string}}}"),
        ])
    func canonicalText(text: String, other: String) throws {
        #expect(try schema(text).canonicalText == schema(other).canonicalText)
    }

    @Test(
        "And another where something differs",
        arguments: [
            ("{type: array, prefixItems: [{type: string}, {type: integer}]}", "{type: array, prefixItems: [{type: integer}, {type: string}]}"),
            ("{type: string, enum: ['1']}", "{type: string, enum: [1]}"), ("{const: 'true'}", "{const: true}"),
            ("{title: A}", "{title: B}"), ("{default: [1, 2]}", "{default: [2, 1]}"),
        ])
    func canonicalTextDiffers(text: String, other: String) throws {
        #expect(try schema(text).canonicalText != schema(other).canonicalText)
    }

    @Test("Values keep their kinds and their texts")
    func values() throws {
        let values = try #require(try schema("{enum: [a, '1', 1, 1.50, true, null, [x], {b: c}]}").values.enumeration)
        #expect(values.map(\.kind) == [.string, .string, .integer, .number, .bool, .null, .array, .object])
        #expect(values.map(\.text) == ["a", "1", "1", "1.50", "true", "null", "", ""])
        #expect(values[6].elements.map(\.text) == ["x"])
    }

    @Test("Every schema in a schema is among its subschemas")
    func subschemas() throws {
        let schema = try schema(
            """
            {properties: {a: {title: '1'}}, additionalProperties: {title: '2'}, patternProperties: {x: {title: '3'}}, \
            propertyNames: {title: '4'}, items: {title: '5'}, prefixItems: [{title: '6'}], allOf: [{title: '7'}], \
            oneOf: [{title: '8'}], anyOf: [{title: '9'}], if: {title: '10'}, then: {title: '11'}, else: {title: '12'}, \
            contentMediaType: application/json, contentSchema: {title: '13'}}
            """)
        let titles = Set(schema.keywords.subschemas.compactMap(\.annotations.title))
        // A condition only says which of the two others holds.
        #expect(titles.subtracting(["10"]) == Set((1...13).map(String.init)).subtracting(["10"]))
    }

    @Test("A reference is the component itself, wherever it stands")
    func references() throws {
        let schemas = try schemas("A: {properties: {b: {$ref: '#/components/schemas/B'}}}\nB: {type: string}")
        let property = try #require(schemas["A"]?.object.properties.first?.schema)
        #expect(property.reference?.name == "B")
    }
}
