import Testing

@Suite("Idempotency keys in generated code")
struct IdempotencyKeyTests {
    private func generated(_ parameter: String) throws -> String {
        try Generator(
            """
            openapi: 3.0.3
            info: {title: Pay, version: '1'}
            paths:
              /payments:
                post:
                  operationId: pay
                  parameters: [{name: \(parameter), in: header, schema: {type: string}}]
                  responses: {'204': {description: Nothing}}
            """
        ).text
    }

    @Test("The runtime is told the parameter's name", arguments: ["Idempotency-Key", "X-Idempotency-Key", "Repeatability-Request-ID", "idempotency-key"])
    func described(name: String) throws {
        let text = try generated(name)
        #expect(text.contains("idempotencyKeyHeader: \"\(name)\""))
        #expect(text.contains("request.header(\"\(name)\", "))
    }

    @Test("Other headers are no keys")
    func other() throws {
        let text = try generated("X-Key")
        #expect(!text.contains("idempotencyKeyHeader"))
    }
}
