import Emission
import SpecSource
import Testing

@Suite("Descriptions that are odd")
struct DegradationTests {
    private func schemas(_ schemas: String) throws -> Generator {
        try Generator(
            "openapi: 3.1.0\ninfo: {title: Odd, version: '1'}\npaths: {}\ncomponents:\n  schemas:\n" + schemas)
    }

    @Test("A component whose only variant is an inline type is that type")
    func onlyVariant() throws {
        let text = try schemas(
            """
                Tier:
                  anyOf:
                    - {type: string, enum: [auto, flex]}
                    - {type: 'null'}
                Usage:
                  anyOf:
                    - type: object
                      properties: {detail: {type: object, properties: {n: {type: integer}}}}
                    - {type: 'null'}
                Holder: {type: object, properties: {tier: {$ref: '#/components/schemas/Tier'}, usage: {$ref: '#/components/schemas/Usage'}}}
            """
        ).text
        #expect(text.contains("public enum Tier: OpenEnum"))
        #expect(text.contains("public struct Usage: JSONCodable"))
        #expect(text.contains("extension OddAPI.Usage {\n    public struct Detail"))
        #expect(text.contains("public var tier: Nullable<Tier>?"))
        #expect(!text.contains("Variant") && !text.contains("typealias"))
    }

    @Test("An alias does not hold the types that it stands for")
    func aliasBeside() throws {
        let text = try schemas(
            """
                Attributes:
                  anyOf:
                    - type: object
                      additionalProperties: {oneOf: [{type: string}, {type: number}]}
                    - {type: 'null'}
            """
        ).text
        #expect(text.contains("public typealias Attributes = [String: AttributesValue]"))
        #expect(text.contains("public enum AttributesValue: JSONUnion"))
    }

    @Test("A union that comes to its one alternative, which contains the union, has a name")
    func soleAlternativeInACircle() throws {
        let text = try schemas(
            """
                Pattern: {oneOf: [{$ref: '#/components/schemas/Matches'}, {$ref: '#/components/schemas/Other'}]}
                Other: {type: object, properties: {equalTo: {type: string}}}
                Matches:
                  type: object
                  properties:
                    matches:
                      oneOf:
                        - {}
                        - type: object
                          allOf: [{properties: {expression: {type: string}}}, {$ref: '#/components/schemas/Pattern'}]
                          required: [expression]
            """
        ).text
        #expect(!text.contains("OddAPI.?"))
        #expect(text.contains("matches: "))
    }

    @Test("Properties that refer to themselves are none")
    func circularProperties() throws {
        let generated = try schemas(
            """
                A: {type: object, properties: {$ref: '#/components/schemas/A'}}
                B: {type: object, properties: {$ref: '#/components/schemas/C'}}
                C: {type: object, properties: {name: {type: string}}}
            """)
        #expect(generated.text.contains("struct B: JSONCodable {\n        public var name: String?"))
        #expect(generated.diagnostics.contains { $0.message.contains("mapping of properties") })
    }

    @Test("A type whose name has no case is told from the property and the case it belongs to")
    func namesWithoutCase() throws {
        let text = try schemas(
            """
                用户: {type: object, properties: {名: {type: string, enum: [a, b]}}}
                联合: {oneOf: [{$ref: '#/components/schemas/用户'}, {type: object, title: 团, properties: {a: {type: string}}}]}
            """
        ).text
        #expect(text.contains("public var 名: 名Value?"))
        #expect(text.contains("case 用户Value(用户)"))
        #expect(text.contains("(团Value)"))
    }

    @Test("An enumeration that no compiler could take is its raw type, and reported")
    func hugeEnumeration() throws {
        let values = (0..<6000).map { "v\($0)" }.joined(separator: ", ")
        let generated = try schemas("    Huge: {type: string, enum: [\(values)]}\n    Holder: {type: object, properties: {huge: {$ref: '#/components/schemas/Huge'}}}")
        #expect(generated.text.contains("typealias Huge = String"))
        #expect(generated.diagnostics.contains { $0.isDegradation && $0.message.contains("6000 values") })
    }

    @Test("A schema that contains itself through allOf and unions ends")
    func recursion() throws {
        let generated = try schemas(
            """
                Pattern:
                  oneOf:
                    - {$ref: '#/components/schemas/Matches'}
                    - {$ref: '#/components/schemas/Other'}
                Other: {type: object, properties: {equalTo: {type: string}}}
                Matches:
                  type: object
                  required: [matches]
                  properties:
                    matches:
                      oneOf:
                        - {type: string}
                        - type: object
                          allOf:
                            - {properties: {expression: {type: string}}}
                            - {$ref: '#/components/schemas/Pattern'}
                          required: [expression]
            """)
        #expect(!generated.text.contains(".."))
        #expect(generated.text.contains("struct Matches"))
        #expect(generated.text.contains("struct Other"))
    }

    @Test("A style that its place does not have is reported, and the usual one used")
    func style() throws {
        let generated = try Generator(
            """
            openapi: 3.0.0
            info: {title: Odd, version: '1'}
            paths:
              /a:
                get:
                  operationId: a
                  parameters: [{name: lang, in: query, style: matrix, schema: {type: string}}]
                  responses: {'204': {description: Yes.}}
            """)
        #expect(generated.text.contains(#"request.query("lang", lang)"#))
        #expect(generated.diagnostics.map(\.description) == [
            "test.yaml:7:51: warning: `matrix` is not a style for a query parameter; `form` is used"
        ])
    }

    @Test("A response header that cannot be one is left out, and reported, in Swagger 2.0 too")
    func headerName() throws {
        let generated = try Generator(
            """
            swagger: '2.0'
            info: {title: Odd, version: '1'}
            paths:
              /a:
                get:
                  operationId: a
                  responses:
                    '204': {description: Yes., headers: {'X Rate': {type: integer}, X-Left: {type: integer}}}
            """)
        #expect(generated.text.contains(#"left = response.header("X-Left")"#) && !generated.text.contains("X Rate"))
        #expect(generated.diagnostics.filter { $0.severity == .warning }.map(\.description) == [
            "test.yaml:8:56: warning: `X Rate` cannot be the name of a header field; left out"
        ])
    }

    @Test("Files in a form are files, also where their list is composed or named")
    func composedFiles() throws {
        let generated = try Generator(
            """
            openapi: 3.0.0
            info: {title: Odd, version: '1'}
            paths:
              /a:
                post:
                  operationId: a
                  requestBody:
                    content:
                      multipart/form-data:
                        schema:
                          type: object
                          properties:
                            inline: {allOf: [{type: array, items: {type: string, format: binary}}]}
                            named: {allOf: [{$ref: '#/components/schemas/Files'}]}
                  responses: {'204': {description: Yes.}}
            components:
              schemas:
                Files: {type: array, items: {$ref: '#/components/schemas/Bytes'}}
                Bytes: {type: string, format: binary}
            """)
        #expect(generated.text.contains("var inline: [FilePart]?") && generated.text.contains("var named: [FilePart]?"))
    }

    @Test("Models and tags of one name are in files of different names")
    func fileNames() throws {
        let generated = try Generator(
            """
            openapi: 3.0.0
            info: {title: Odd, version: '1'}
            paths:
              /a: {get: {operationId: a, tags: [Usage], responses: {'200': {description: Yes.}}}}
            components: {schemas: {Usage: {type: object}, usage: {type: object}}}
            """)
        let names = generated.files.map { $0.path.split(separator: "/").last?.lowercased() ?? "" }
        #expect(Set(names).count == names.count)
    }
}

extension DegradationTests {
    @Test("A scheme of OAuth 2.0 and a schema of one name, and schemes called as what the client has")
    func schemeNames() throws {
        let flows = "flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}"
        let text = try Generator(
            """
            openapi: 3.0.0
            info: {title: Odd, version: '1'}
            paths: {}
            components:
              schemas: {OAuth2: {properties: {a: {}}}, Client: {properties: {a: {}}}}
              securitySchemes:
                oauth2: {type: oauth2, \(flows)}
                context: {type: oauth2, \(flows)}
                client: {type: oauth2, \(flows)}
            """
        ).text
        #expect(text.contains("struct OAuth2: JSONCodable"))
        #expect(text.contains("struct OAuth2Scheme: Sendable"))
        #expect(text.contains("struct ClientModel: JSONCodable"))
        #expect(text.contains("struct ClientScheme: Sendable"))
        #expect(text.contains("let contextScheme: Context"))
    }

    @Test("An array of arrays of arrays is named in the time it takes to read it")
    func deepArrays() throws {
        let depth = 100
        let text = try schemas(
            "    Deep: {properties: {rows: " + String(repeating: "{type: array, items: ", count: depth)
                + "{type: object, properties: {a: {type: string}}}" + String(repeating: "}", count: depth) + "}}\n"
        ).text
        #expect(text.contains("var rows: " + String(repeating: "[", count: depth)))
    }

    @Test("A constant that is no scalar, beside compositions that say nothing")
    func emptyCompositions() throws {
        let text = try schemas("    Odd: {properties: {a: {const: {}, allOf: [{title: A}, {description: B}]}}}\n").text
        #expect(text.contains("public var a: JSONValue?"))
    }
}
