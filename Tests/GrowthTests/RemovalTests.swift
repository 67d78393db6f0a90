import Growth
import Testing

@Suite struct RemovalTests {
    private static let zoo = """
        openapi: 3.1.0
        info: { title: Zoo, version: "1" }
        security: [{ main: [] }]
        paths:
          /animals:
            get:
              operationId: listAnimals
              responses: { "200": { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/Animal" } } } } }
          /keepers:
            get:
              operationId: listKeepers
              security: [{ staff: [] }]
              responses: { "200": { $ref: "#/components/responses/Keepers" } }
            post:
              operationId: addKeeper
              requestBody: { content: { application/json: { schema: { $ref: "#/components/schemas/Address" } } } }
              responses: { "204": { description: "" } }
        components:
          securitySchemes: { main: { type: http, scheme: basic }, staff: { type: http, scheme: bearer } }
          responses:
            Keepers: { description: "", content: { application/json: { schema: { $ref: "#/components/schemas/Keeper" } } } }
          schemas:
            Animal:
              type: object
              discriminator: { propertyName: kind, mapping: { bird: Bird, fish: "#/components/schemas/Fish" } }
            Bird: { type: object }
            Fish: { type: object }
            Cat: { allOf: [{ $ref: "#/components/schemas/Animal" }, { type: object }] }
            Lion: { allOf: [{ $ref: "#/components/schemas/Cat" }, { $ref: "#/components/schemas/Mane" }] }
            Mane: { type: object }
            Keeper: { type: object, properties: { home: { $ref: "#/components/schemas/Address" }, badge: { $ref: "#/components/schemas/Badge" } } }
            Badge: { type: object }
            Address: { type: object }
            Unused: { type: object }
        """

    private func names(_ description: Value, _ section: String) -> [String] {
        description["components"]?[section]?.members.map(\.key) ?? []
    }

    @Test func onlyWhatTheOperationReachedGoesWithIt() throws {
        let mutation = OperationRemoval(try value(Self.zoo)).mutation(removing: [Path(["paths", "/keepers", "get"])])
        #expect(names(mutation.description, "schemas") == ["Animal", "Bird", "Fish", "Cat", "Lion", "Mane", "Address", "Unused"])
        #expect(mutation.description["components"]?["responses"] == nil)
        #expect(names(mutation.description, "securitySchemes") == ["main"])
        #expect(mutation.description["paths"]?["/keepers"]?.members.map(\.key) == ["post"])
        #expect(
            mutation.elements.map(\.name).sorted() == ["Badge", "Keeper", "Keepers", "get /keepers", "staff"])
    }

    @Test func subtypesAndMappedSchemasGoWithTheirBase() throws {
        let mutation = OperationRemoval(try value(Self.zoo)).mutation(removing: [Path(["paths", "/animals", "get"])])
        #expect(names(mutation.description, "schemas") == ["Keeper", "Badge", "Address", "Unused"])
        #expect(mutation.description["paths"]?["/animals"] == nil)
    }

    @Test func operationsThatReferencesLeadIntoStay() throws {
        let description = try value(
            """
            paths:
              /a: { get: { responses: { "200": { description: "" } } } }
              /b: { get: { responses: { "200": { $ref: "#/paths/~1a/get/responses/200" } } } }
              /c: { get: { responses: { "200": { description: "" } } } }
            """)
        for seed in 0..<20 {
            var random = seeded(seed)
            let mutation = try #require(OperationRemoval(description).mutation(share: 1, using: &random))
            #expect(mutation.description["paths"]?["/a"] != nil)
        }
    }

    @Test func swagger2HasItsComponentsAtTheTop() throws {
        let description = try value(
            """
            swagger: "2.0"
            paths:
              /a: { get: { responses: { "200": { schema: { $ref: "#/definitions/A" } } } } }
              /b: { get: { responses: { "200": { schema: { $ref: "#/definitions/B" } } } } }
            definitions: { A: { type: object }, B: { type: object } }
            """)
        let mutation = OperationRemoval(description).mutation(removing: [Path(["paths", "/a", "get"])])
        #expect(mutation.description["definitions"]?.members.map(\.key) == ["B"])
    }
}

@Suite struct ElementRemovalTests {
    private static let description = """
        openapi: 3.1.0
        paths:
          /a:
            get:
              operationId: getA
              tags: [one, two]
              responses: { "200": { description: "" }, "404": { description: "" }, x-note: 1 }
          /b:
            get:
              operationId: getB
              responses: { "200": { description: "" }, "201": { description: "" } }
          /c:
            get:
              operationId: getC
              responses: { default: { description: "" } }
        components:
          schemas:
            Animal:
              required: [id]
              discriminator: { propertyName: kind }
              properties: { id: { type: string }, kind: { type: string }, name: { type: string }, tail: { type: string } }
            Cat:
              allOf: [{ $ref: "#/components/schemas/Animal" }]
              required: [tail]
            Lone: { properties: { only: { type: string } } }
            Color: { type: string, enum: [red, green, blue], default: red, x-enum-varnames: [Red, Green, Blue] }
            Pair: { type: string, enum: [x, y] }
            Example: { example: { properties: { p: 1, q: 2 }, enum: [a, b, c] } }
        """

    @Test func candidatesAreWhatAnAPIGainsWithoutBreaking() throws {
        let description = try value(Self.description)
        var found: Set<String> = []
        for seed in 0..<40 {
            var random = seeded(seed)
            let mutation = try #require(ElementRemoval(description).mutation(share: 1, using: &random))
            found.formUnion(mutation.elements.map { "\($0.kind.rawValue) \($0.path)" })
        }
        #expect(
            found == [
                "property #/components/schemas/Animal/properties/name",
                "enum value #/components/schemas/Color/enum/1", "enum value #/components/schemas/Color/enum/2",
                "response #/paths/~1a/get/responses/404",
                "response #/paths/~1b/get/responses/200", "response #/paths/~1b/get/responses/201",
                "tag #/paths/~1a/get/tags/0", "tag #/paths/~1a/get/tags/1",
            ])
    }

    @Test func namesBesideAnEnumValueGoWithIt() throws {
        let value = Element(kind: .enumValue, path: Path(["components", "schemas", "Color", "enum", "1"]), name: "green")
        let color = ElementRemoval(try GrowthTests.value(Self.description)).mutation(removing: [value])
            .description["components"]?["schemas"]?["Color"]
        #expect(color?["enum"]?.strings == ["red", "blue"])
        #expect(color?["x-enum-varnames"]?.strings == ["Red", "Blue"])
    }
}
