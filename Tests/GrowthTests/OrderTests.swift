import Foundation
import Growth
import Testing

@Suite struct OrderTests {
    private static let description = """
        openapi: 3.1.0
        servers: [{ url: /1 }, { url: /2 }, { url: /3 }, { url: /4 }, { url: /5 }]
        tags: [{ name: a }, { name: b }, { name: c }, { name: d }, { name: e }]
        paths:
          /a:
            get:
              parameters: [{ name: p1 }, { name: p2 }, { name: p3 }, { name: p4 }, { name: p5 }]
              responses: { "200": { description: "" }, "201": { description: "" }, "400": { description: "" }, "404": { description: "" } }
            put: { tags: [a, b, c, d, e] }
            post: { description: "" }
            delete: { description: "" }
          /b: { description: "" }
          /c: { description: "" }
          /d: { description: "" }
        components:
          schemas:
            A:
              required: [a, b, c, d, e]
              properties: { a: {}, b: {}, c: {}, d: {}, e: {} }
            E: { enum: [a, b, c, d, e], x-enum-varnames: [A, B, C, D, E] }
            U: { oneOf: [{ title: "1" }, { title: "2" }, { title: "3" }, { title: "4" }] }
            Mixed: { allOf: [{ $ref: "#/components/schemas/A" }, { required: [a] }, { required: [b] }, { required: [c] }] }
            Ordered: { allOf: [{ $ref: "#/components/schemas/A" }, { properties: { f: {} } }, { required: [b] }, { required: [c] }] }
            Beside: { properties: { a: {} }, oneOf: [{ properties: { b: {} } }, { properties: { c: {} } }, { properties: { d: {} } }, { properties: { e: {} } }] }
            Tuple: { prefixItems: [{ title: "1" }, { title: "2" }, { title: "3" }, { title: "4" }] }
        """

    /// What a place looks like in many shuffled descriptions.
    private func forms(_ path: Path) throws -> Set<Value> {
        let description = try value(Self.description)
        return Set(
            (0..<30).compactMap { seed in
                var random = seeded(seed)
                guard let value = OrderShuffling(description).mutation(using: &random).description[path] else { return nil }
                // The order of this place alone, not of what is inside.
                if case .object(let members) = value { return .array(members.map { .string($0.key) }) }
                return .array(value.elements.map { .string($0.string ?? String(decoding: $0.sorted().json, as: UTF8.self)) })
            })
    }

    @Test(arguments: [
        ["tags"], ["paths"], ["paths", "/a"], ["paths", "/a", "get", "responses"], ["paths", "/a", "put", "tags"],
        ["components", "schemas"], ["components", "schemas", "A", "required"], ["components", "schemas", "E", "enum"],
        ["components", "schemas", "U", "oneOf"], ["components", "schemas", "Mixed", "allOf"],
    ])
    func anOrderThatSaysNothingIsChanged(_ steps: [String]) throws {
        #expect(try forms(Path(steps)).count > 5)
    }

    @Test(arguments: [
        ["servers"], ["paths", "/a", "get", "parameters"], ["components", "schemas", "A", "properties"],
        ["components", "schemas", "Ordered", "allOf"], ["components", "schemas", "Tuple", "prefixItems"],
        ["components", "schemas", "Beside", "oneOf"],
    ])
    func anOrderThatSaysSomethingStays(_ steps: [String]) throws {
        #expect(try forms(Path(steps)).count == 1)
    }

    @Test func valuesKeepTheirNames() throws {
        var random = seeded(3)
        let path = Path(["components", "schemas", "E"])
        let shuffled = try #require(OrderShuffling(try value(Self.description)).mutation(using: &random).description[path])
        let values = try #require(shuffled["enum"]?.strings)
        #expect(values != ["a", "b", "c", "d", "e"])
        #expect(shuffled["x-enum-varnames"]?.strings == values.map { $0.uppercased() })
    }

    @Test(arguments: ["Specs/reference.yaml", "Tests/GoldenTests/Descriptions/petstore.yaml", "Tests/GoldenTests/Descriptions/gallery.yaml"])
    func aShuffledDescriptionSaysTheSame(_ file: String) throws {
        let description = try Description(name: file, path: Folders.root.appending(path: file).path)
        var random = seeded()
        let shuffled = OrderShuffling(description.value).mutation(using: &random).description
        #expect(shuffled != description.value)
        #expect(Self.sortedLists(shuffled) == Self.sortedLists(description.value))
    }

    /// A description with all members and all elements sorted: written without
    /// the grammar that decides what is shuffled.
    private static func sortedLists(_ value: Value) -> Value {
        switch value {
        case .object(let members):
            return .object(members.map { .init($0.key, sortedLists($0.value)) }.sorted { $0.key < $1.key })
        case .array(let elements):
            return .array(elements.map(sortedLists).sorted { $0.json.lexicographicallyPrecedes($1.json) })
        default: return value
        }
    }
}
