import Declarations
import Lowering
import Testing

@Suite("Constraints in generated code")
struct ValidationTests {
    private static let description = """
        openapi: 3.0.3
        info: {title: Checked, version: '1'}
        paths:
          /a:
            get:
              operationId: a
              parameters: [{name: n, in: query, schema: {type: integer, minimum: 1}}]
              responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}
        components:
          schemas:
            A:
              type: object
              properties:
                above: {type: number, minimum: 1, exclusiveMinimum: true, maximum: 5, exclusiveMaximum: false}
                base: {allOf: [{$ref: '#/components/schemas/Short'}, {minLength: 2}]}
                tree: {$ref: '#/components/schemas/Tree'}
                beyond: {type: number, minimum: 1e400, maximum: 99999999999999999999999}
                odd: {type: string, pattern: '(?<open'}
                negative: {type: string, minLength: -1, maxLength: 1.5}
            Short: {type: string, maxLength: 3}
            Tree: {type: array, maxItems: 2, items: {$ref: '#/components/schemas/Tree'}}
        """

    @Test("Without the setting not a line more is generated")
    func none() throws {
        let text = try Generator(Self.description).text
        #expect(!text.contains("onstraints") && !text.contains("check"))
    }

    @Test("Constraints of references and compositions, and old ways to write them")
    func keywords() throws {
        let generated = try Generator(Self.description, validation: .all)
        let text = generated.text
        #expect(text.contains(#""above": .init(maximum: 5, exclusiveMinimum: 1)"#))
        #expect(text.contains(#""base": .init(minLength: 2, maxLength: 3)"#))
        #expect(text.contains(#""beyond": .init(maximum: 1e+23)"#))
        #expect(!text.contains(#""odd""#.appending(": .init")) && !text.contains(#""negative": .init"#))
        let messages = generated.diagnostics.map(\.description)
        #expect(messages.contains { $0.contains("the pattern `(?<open` has no equivalent in NSRegularExpression") })
        #expect(messages.contains { $0.contains("`minLength` should be a whole number, 0 or more; ignored") })
        #expect(messages.contains { $0.contains("`maxLength` should be a whole number, 0 or more; ignored") })
    }

    @Test("One direction alone", arguments: [(Validation.sent, 1, 1), (.received, 1, 0)])
    func directions(validation: Validation, inModel: Int, inOperation: Int) throws {
        let text = try Generator(Self.description, validation: validation).text
        #expect(text.split(separator: "object.check(Self.constraints)").count - 1 == inModel)
        #expect(text.split(separator: "request.check(").count - 1 == inOperation)
    }
}
