import Declarations
import Testing

@Suite("What is held in a box")
struct BoxingTests {
    @Test("A schema that contains itself, however it does", arguments: [
        "$ref: '#/components/schemas/Node'",
        "type: string, contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Node'}",
        "anyOf: [{$ref: '#/components/schemas/Node'}, {type: 'null'}]",
        "type: [string, 'null'], contentMediaType: application/json, contentSchema: {$ref: '#/components/schemas/Node'}",
    ])
    func recursion(next: String) throws {
        let lowered = try Lowered(schemas: "    Node: {type: object, properties: {value: {type: integer}, next: {\(next)}}}")
        let node = try #require(lowered.structure("Node"))
        #expect(node.properties.first { $0.key == "next" }?.isIndirect == true)
        #expect(node.properties.first { $0.key == "value" }?.isIndirect == false)
    }

    @Test("Lists and dictionaries need none")
    func lists() throws {
        let node = "{$ref: '#/components/schemas/Node'}"
        let lowered = try Lowered(
            schemas: "    Node: {type: object, properties: {all: {type: array, items: \(node)}, named: {type: object, additionalProperties: \(node)}}}")
        #expect(try #require(lowered.structure("Node")).properties.allSatisfy { !$0.isIndirect })
    }
}
