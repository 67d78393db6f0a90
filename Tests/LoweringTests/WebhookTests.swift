import Declarations
import Emission
import Lowering
import Testing

@Suite("Events of webhooks and callbacks")
struct WebhookTests {
    private static let description = """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        webhooks:
          stock:
            post:
              summary: Something was sold.
              parameters:
                - {name: X-Event, in: header, required: true, schema: {const: stock}}
                - {name: X-Shop, in: header, schema: {enum: [a, b]}}
                - {name: X-Id, in: header, required: true, schema: {type: string}}
              requestBody: {content: {application/json: {schema: {type: object, properties: {left: {type: integer}}}}}}
          order-changed:
            put:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Paid'}}}}
            post:
              requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}}
          form:
            post:
              requestBody: {content: {application/x-www-form-urlencoded: {schema: {type: object}}}}
          nothing: {post: {}}
        paths:
          /orders:
            post:
              operationId: addOrder
              callbacks:
                paid:
                  '{$request.query.url}':
                    post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Paid'}}}}}
              responses: {'204': {description: ok}}
        components:
          schemas:
            WebhookEvent: {type: object, properties: {id: {type: string}}}
            Order: {type: object, required: [kind], properties: {kind: {type: string, enum: [new, old]}, note: {const: x}}}
            Paid: {allOf: [{type: object, required: [type, price], properties: {type: {const: order.paid}}}, {type: object, properties: {price: {type: integer}}}]}
        """

    private func lowered(_ text: String = description, isAsked: Bool = true) throws -> Lowered {
        var options = LoweringOptions()
        options.hasWebhookEvents = isAsked
        return try Lowered(text, options: options)
    }

    private func client(_ module: Module) throws -> String {
        let files = try Emitter(toolVersion: "test").emit(module, source: "test", layout: .shards(stem: "t", count: 1))
        return String(decoding: files[0].content, as: UTF8.self)
    }

    @Test("One type of all of them, in the order of their names, with what tells them apart")
    func kinds() throws {
        let lowered = try lowered()
        let events = try #require(lowered.module.webhooks)
        #expect(events.kinds.map(\.key) == ["addOrder.paid", "order-changed", "order-changed PUT", "stock"])
        #expect(events.kinds.map(\.name) == ["addOrderPaid", "orderChanged", "orderChangedPut", "stock"])
        #expect(events.kinds.map { $0.fields.map(\.name) } == [[], [], [], ["X-Event"]])
        #expect(events.kinds.map { $0.members.map { "\($0.name) \($0.values)" } } == [
            [#"type ["order.paid"]"#], [#"kind ["new", "old"]"#], [#"type ["order.paid"]"#], [],
        ])
        #expect(events.kinds.map(\.required) == [["price"], [], ["price"], []])
        guard case .outcomes(let cases)? = lowered.kind("WebhookEvent") else {
            Issue.record("no type")
            return
        }
        #expect(cases.map(\.name) == events.kinds.map(\.name))
        #expect(cases.last?.documentation == ["Something was sold."])
        // A schema of the same name makes way, and says so.
        #expect(lowered.names.contains("WebhookEventModel"))
    }

    @Test("Events that nothing tells apart are noted")
    func ambiguous() throws {
        let messages = try lowered().diagnostics.map(\.line).filter { $0.hasSuffix("[ambiguous-webhook]") }
        #expect(messages.count == 1)
        #expect(messages.first?.contains("nothing that must be in a request tells `order-changed PUT` from `addOrder.paid`") == true)
    }

    @Test("What is no JSON is no case, which is said")
    func form() throws {
        let messages = try lowered().diagnostics.map(\.description)
        #expect(messages.contains { $0.contains("the webhook `form` brings application/x-www-form-urlencoded, not JSON; it is not a case of `WebhookEvent`") })
    }

    @Test("Generated code names its module where there are events, and nowhere else")
    func text() throws {
        let text = try client(lowered().module)
        #expect(text.contains("import ApusWebhooks\n"))
        #expect(text.contains("extension ShopAPI.WebhookEvent: WebhookEvents {"))
        #expect(text.contains(#".init("stock", fields: ["X-Event": ["stock"]], Self.stock)"#))
        #expect(text.contains(#"members: ["type": ["order.paid"]],\#n            required: ["price"],\#n            Self.addOrderPaid"#))
        #expect(text.contains(#".init("order-changed", members: ["kind": ["new", "old"]], Self.orderChanged)"#))
        let without = try lowered(isAsked: false)
        #expect(without.module.webhooks == nil)
        #expect(without.names.contains("WebhookEvent") && !without.names.contains("WebhookEventModel"))
        #expect(try !client(without.module).contains("Webhook"))
        let none = try lowered("openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n")
        #expect(try !client(none.module).contains("Webhook"))
    }

    @Test("The order of the description says nothing")
    func order() throws {
        let one = try lowered("""
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            webhooks:
              a-b: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}
              a_b: {post: {requestBody: {content: {application/json: {schema: {type: integer}}}}}}
            """)
        let other = try lowered("""
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            webhooks:
              a_b: {post: {requestBody: {content: {application/json: {schema: {type: integer}}}}}}
              a-b: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}}}
            """)
        #expect(one.module.webhooks?.kinds.map(\.name) == ["aB", "aBWebhook"])
        #expect(one.module.webhooks?.kinds.map(\.key) == other.module.webhooks?.kinds.map(\.key))
        #expect(one.module.webhooks?.kinds.map(\.name) == other.module.webhooks?.kinds.map(\.name))
    }
}
