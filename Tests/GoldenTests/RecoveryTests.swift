import SpecSource
import Testing

/// What real descriptions do wrong: each fault is reported at its place, with
/// what is done instead, and the operation is there nonetheless.
@Suite("Faults of real descriptions")
struct RecoveryTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        var testDescription: String
        /// What stands below `paths:`.
        var paths = ""
        /// What stands below `components:`.
        var components = ""
        /// `line:column: what; what was done instead`, in the order of the description.
        var warnings: [String] = []
        /// What the generated code has.
        var code: [String]
        var operations = 1
    }

    @Test("Faults", arguments: faults)
    func fault(_ fault: Fault) throws {
        var text = "openapi: 3.0.3\n"
        text += "paths:\n" + (fault.paths.isEmpty ? Self.usual : fault.paths) + "\n"
        if !fault.components.isEmpty { text += "components:\n" + fault.components + "\n" }
        let generated = try Generator(text)
        let warnings = generated.diagnostics.filter { $0.severity != .note }.map(\.description)
        #expect(warnings == fault.warnings.map { entry in
            let place = entry.split(separator: ": ", maxSplits: 1)
            return "test.yaml:\(place[0]): warning: \(place[1])"
        })
        // Each says what is wrong and what was done about it.
        #expect(warnings.allSatisfy { $0.contains("; ") })
        for code in fault.code {
            #expect(generated.text.contains(code), "\(generated.text)")
        }
        #expect(generated.text.components(separatedBy: "async throws(").count - 1 == fault.operations)
    }

    private static let usual = "  /pets: {get: {operationId: listPets, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}}"

    static let faults: [Fault] = [
        Fault(
            testDescription: "Two operations with one ID",
            paths: """
                  /a: {get: {operationId: list, responses: {}}}
                  /b:
                    get:
                      operationId: list
                      responses: {}
                """,
            warnings: ["6:20: the operation ID `list` is taken; the method is called `getB`"],
            code: ["func list()", "func getB()"], operations: 2),
        Fault(
            testDescription: "References to what does not exist",
            paths: """
                  /a:
                    parameters:
                      - $ref: '#/components/parameters/None'
                    post:
                      operationId: a
                      requestBody: {$ref: '#/components/requestBodies/None'}
                      responses:
                        '200': {$ref: '#/components/responses/None'}
                """,
            components: "  schemas: {Pet: {properties: {owner: {$ref: '#/definitions/Owner'}}}}",
            warnings: [
                "5:9: `$ref` leads nowhere: `#/components/parameters/None`; left out",
                "8:20: `$ref` leads nowhere: `#/components/requestBodies/None`; any value is accepted there",
                "10:16: `$ref` leads nowhere: `#/components/responses/None`; any value is accepted there",
                "12:46: `$ref` leads nowhere: `#/definitions/Owner`; any value is accepted there",
            ],
            code: ["func a(_ body: JSONValue? = nil) async throws(APIError<Never>) -> JSONValue", "var owner: JSONValue?"]),
        Fault(
            testDescription: "Operations beside a reference that leads nowhere",
            paths: "  /a: {$ref: '#/paths/~1b', get: {operationId: a, responses: {}}}",
            warnings: ["3:7: `$ref` leads nowhere: `#/paths/~1b`; its operations are not known"],
            code: ["func a()"]),
        Fault(
            testDescription: "A path item that is another's",
            paths: """
                  /a: {get: {operationId: a, responses: {}}}
                  /b: {$ref: '#/paths/~1a'}
                """,
            warnings: ["3:27: the operation ID `a` is taken; the method is called `getB`"],
            code: ["func a()", "Request(.get, \"/b\""], operations: 2),
        Fault(
            testDescription: "No description, type, version or default",
            components: "  schemas: {Pet: {properties: {name: {}, tags: {type: array}}, required: [name, other]}}",
            code: ["struct Pet", "var name: JSONValue", "var tags: [JSONValue]?"]),
        Fault(
            testDescription: "Names of components with spaces and brackets",
            paths: "  /pets: {get: {operationId: list, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/Output%5BPet%20Model%5D'}}}}}}}",
            components: """
                  schemas: {'Output[Pet Model]': {properties: {a: {type: string}}}}
                  securitySchemes: {Api Authentication: {type: http, scheme: bearer}}
                """,
            code: ["struct OutputPetModel", "-> API.OutputPetModel", "func apiAuthentication("]),
        Fault(
            testDescription: "`nullable` and other flags as texts",
            components: "  schemas: {Pet: {required: [a], properties: {a: {type: string, nullable: 'true'}, b: {type: string, deprecated: 'no'}}}}",
            warnings: [
                "5:75: `nullable` should be a boolean; read as true",
                "5:114: `deprecated` should be a boolean; read as false",
            ],
            code: ["var a: String?"]),
        Fault(
            testDescription: "Members of an enumeration that are objects, and some that are there twice",
            components: "  schemas: {Pet: {type: string, enum: [cat, {value: dog}, cat, ~]}}",
            warnings: [
                "5:45: a value of `enum` that is not a scalar has no case; left out",
                "5:59: the value `cat` is there twice; the first one is used",
            ],
            code: ["enum Pet: OpenEnum", "case cat"]),
        Fault(
            testDescription: "Tags that are objects",
            paths: "  /a: {get: {operationId: a, tags: [{name: pets}, [x]], responses: {}}}",
            warnings: [
                "3:37: an element of `tags` should be a string; its name `pets` is used",
                "3:51: an element of `tags` should be a string; ignored",
            ],
            code: ["func a()"]),
        Fault(
            testDescription: "Parameters of the path that are not required, or not declared, or have no place",
            paths: """
                  /a/{b}/{c}:
                    get:
                      operationId: a
                      parameters:
                        - {name: b, in: path, schema: {type: integer}}
                        - {name: d, in: path, schema: {type: integer}}
                      responses: {}
                """,
            warnings: [
                "5:7: the path parameter `c` is not declared; it is taken for a string",
                "8:11: the path does not contain the parameter `d`; it is left out",
            ],
            code: ["func a(b: Int, c: String)"]),
        Fault(
            testDescription: "Parameters that are there twice, that have no name or no place, or their type beside them",
            paths: """
                  /a:
                    get:
                      operationId: a
                      parameters:
                        - {name: b, in: query, schema: {type: integer}}
                        - {name: b, in: query, schema: {type: string}}
                        - {in: query}
                        - {name: c}
                        - {name: d, in: query, type: integer}
                      responses: {}
                """,
            warnings: [
                "8:11: the query parameter `b` is there twice; the first one is used",
                "9:11: a parameter without `name`; ignored",
                "10:11: the parameter `c` does not say where it goes (`in`); ignored",
                "11:11: the parameter `d` has its type beside it instead of in `schema`; read as its schema",
            ],
            code: ["func a(b: Int? = nil, d: Int? = nil)"]),
        Fault(
            testDescription: "Media types with parameters",
            paths: "  /a: {get: {operationId: a, responses: {'200': {content: {audio/ogg; codecs=opus: {schema: {type: string, format: binary}}}}}}}",
            code: ["func a() async throws(APIError<Never>) -> HTTPBody", "audio/ogg"]),
        Fault(
            testDescription: "Integers that are too large for a machine",
            components: """
                  schemas:
                    Pet:
                      properties:
                        a: {type: integer, maximum: 18446744073709551615, default: 99999999999999999999}
                        b: {type: integer, minimum: -9.223372036854776e+18, maximum: 9.223372036854776e+18}
                        c: {type: integer, enum: [1, 99999999999999999999]}
                """,
            code: ["var a: UInt64?", "var b: Int?", "var c: "]),
        Fault(
            testDescription: "`$ref` where a mapping of properties stands",
            components: """
                  schemas:
                    Pet:
                      properties: {$ref: '#/components/schemas/Base'}
                    Base: {properties: {name: {type: string}}}
                """,
            warnings: ["7:19: `$ref` stands where a mapping of properties belongs; its properties are used"],
            code: ["struct Pet: JSONCodable {\n        public var name: String?"]),
        Fault(
            testDescription: "allOf that contains itself",
            components: """
                  schemas:
                    Pet: {allOf: [{$ref: '#/components/schemas/Base'}, {properties: {name: {type: string}}}]}
                    Base: {allOf: [{$ref: '#/components/schemas/Pet'}, {properties: {id: {type: integer}}}]}
                """,
            code: ["struct Pet", "var name: String?", "var id: Int?"]),
        Fault(
            testDescription: "Schemas defined by themselves",
            components: """
                  schemas:
                    Pet: {$ref: '#/components/schemas/Other'}
                    Other: {type: array, items: {$ref: '#/components/schemas/Pet'}}
                """,
            warnings: ["7:12: the schema `Other` is defined by itself; any value is accepted"],
            code: ["func listPets()", "JSONValue"]),
        Fault(
            testDescription: "URLs that are none",
            paths: "  /a: {get: {operationId: a, servers: [{url: not a url}, {}, https://b.example], responses: {}}}",
            warnings: ["3:58: a server without `url`; ignored"],
            code: ["not a url"]),
        Fault(
            testDescription: "Values of the wrong kind",
            paths: """
                  /a:
                    get:
                      operationId: a
                      summary: {text: x}
                      tags: pets
                      parameters: {name: b, in: query, style: matrix, schema: string}
                      responses:
                        ok: {}
                        '200': {content: {application/json: {schema: {type: array, items: [], required: true}}}}
                        600: {}
                  /b: []
                  /c: {get: []}
                """,
            warnings: [
                "6:16: `summary` should be a string; ignored",
                "7:13: `tags` should be a list; read as a list of one",
                "8:19: `parameters` should be a list; read as a list of one",
                "8:47: `matrix` is not a style for a query parameter; `form` is used",
                "8:63: a schema should be a mapping; read as `type: string`",
                "10:13: `ok` is not a status code; its response is ignored",
                "12:14: `600` is not a status code; its response is ignored",
                "13:7: a path item should be a mapping; ignored",
                "14:13: an operation should be a mapping; ignored",
            ],
            code: ["func a(b: String? = nil)"]),
        Fault(
            testDescription: "Types that are none",
            components: "  schemas: {Pet: {properties: {a: {type: str}, b: {type: magic}, c: {type: [int, 'null']}, d: 7, e: {type: Date}}}}",
            warnings: [
                "5:42: `str` is not a type; read as the type of that name",
                "5:58: `magic` is not a type; any value is accepted",
                "5:77: `int` is not a type; read as the type of that name",
                "5:95: a schema should be a mapping; any value is accepted",
                "5:108: `Date` is not a type; read as the type of that name",
            ],
            code: ["var a: String?", "var b: JSONValue?", "var c: Nullable<Int>?", "var d: JSONValue?", "var e: String?"]),
        Fault(
            testDescription: "Discriminators that say too little",
            components: """
                  schemas:
                    Pet: {oneOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/B'}], discriminator: kind}
                    A: {properties: {kind: {type: string}, a: {type: string}}, discriminator: {}}
                    B: {properties: {kind: {type: string}, b: {type: string}}}
                """,
            warnings: [
                "6:103: `discriminator` should be a mapping; read as its `propertyName`",
                "7:79: `discriminator` has no `propertyName`; ignored",
            ],
            code: ["enum Pet: JSONUnion"]),
        Fault(
            testDescription: "Header fields whose names are none",
            paths: """
                  /a:
                    get:
                      operationId: a
                      parameters: [{name: 'not one', in: header, schema: {type: string}}]
                      responses:
                        '200': {headers: {'Rate Limit': {}, X-Total: {schema: {type: integer}}, 'Größe': {}}}
                """,
            warnings: [
                "6:20: `not one` cannot be the name of a header field; left out",
                "8:41: `Rate Limit` cannot be the name of a header field; left out",
                "8:90: `Größe` cannot be the name of a header field; left out",
            ],
            code: ["func a()", "response.header(\"X-Total\")"]),
        Fault(
            testDescription: "Components whose names begin as extensions do",
            paths: "  /a: {get: {operationId: a, responses: {'200': {content: {application/json: {schema: {$ref: '#/components/schemas/x-pet'}}}}}}}",
            components: """
                  schemas: {x-pet: {properties: {a: {type: string}}}, x-note: none}
                  securitySchemes: {x-api-key: {type: apiKey, in: header, name: X-API-Key}, x-internal: true}
                """,
            code: ["struct XPet", "static func xAPIKey(_ key: Secret)"]),
    ]
}
