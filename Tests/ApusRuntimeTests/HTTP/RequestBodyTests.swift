import ApusRuntime
import Foundation
import HTTPTypes
import Testing

private struct Order: JSONCodable {
    var note: String? = nil
    var tags: [String]? = nil
    var price: Double? = nil
    var user: ShopAPI.User? = nil
    var isGift: Bool? = nil
    var users: [ShopAPI.User]? = nil

    init(
        note: String? = nil, tags: [String]? = nil, price: Double? = nil, user: ShopAPI.User? = nil, isGift: Bool? = nil,
        users: [ShopAPI.User]? = nil
    ) {
        self.note = note
        self.tags = tags
        self.price = price
        self.user = user
        self.isGift = isGift
        self.users = users
    }

    init(from object: inout ObjectReader) {
        note = object.optional("note")
        tags = object.optional("tags")
        price = object.optional("price")
        user = object.optional("user")
        isGift = object.optional("is gift")
        users = object.optional("users")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("note", note)
        object.optional("tags", tags)
        object.optional("price", price)
        object.optional("user", user)
        object.optional("is gift", isGift)
        object.optional("users", users)
    }
}

@Suite struct RequestBodyTests {
    private func post(_ fill: (inout Request) -> Void) async throws -> RecordingTransport.Exchange {
        var request = Request(.post, "/", operation: "test")
        fill(&request)
        return try await written(request)
    }

    @Test func json() async throws {
        let sent = try await post { $0.json(ShopAPI.User(id: 1, name: "é")) }
        #expect(sent.body == #"{"id":1,"name":"é"}"#)
        #expect(sent.header("Content-Type") == "application/json")
        let patch = try await post { $0.json(["a": 1], contentType: "application/merge-patch+json") }
        #expect(patch.header("Content-Type") == "application/merge-patch+json")
        #expect(patch.body == #"{"a":1}"#)
    }

    @Test func nothing() async throws {
        let sent = try await post {
            $0.json(Order?.none)
            $0.form(Order?.none)
            $0.text(nil)
            $0.body(nil)
        }
        #expect(sent.body == nil)
        #expect(sent.header("Content-Type") == nil)
    }

    @Test func nullIsABody() async throws {
        let sent = try await post { $0.json(Nullable<Int>.null) }
        #expect(sent.body == "null")
    }

    @Test func notANumber() async throws {
        for request in [
            { (request: inout Request) in request.json(Order(price: .nan)) },
            { (request: inout Request) in request.form(Order(price: .infinity)) },
            { (request: inout Request) in request.queryContent("q", Double.nan) },
            { (request: inout Request) in request.query("q", Order(price: .nan), .deepObject) },
        ] {
            do {
                _ = try await post(request)
                Issue.record("sent")
            } catch APIError<Never>.encoding(let error) {
                #expect(error.message.contains("JSON has no"))
            }
        }
    }

    @Test func form() async throws {
        let order = Order(
            note: "a b&c=d+e*~é", tags: ["x", "y z"], price: 1.5, user: ShopAPI.User(id: 1), isGift: true,
            users: [ShopAPI.User(id: 2)])
        let sent = try await post { $0.form(order) }
        #expect(
            sent.body
                == "note=a+b%26c%3Dd%2Be*%7E%C3%A9&tags=x&tags=y+z&price=1.5&user=%7B%22id%22%3A1%7D&is+gift=true&users=%7B%22id%22%3A2%7D"
        )
        #expect(sent.header("Content-Type") == "application/x-www-form-urlencoded")
        #expect(try await post { $0.form(Order()) }.body == "")
        await #expect(throws: APIError<Never>.self) { try await post { $0.form([1, 2]) } }
    }

    @Test func textAndBytes() async throws {
        let text = try await post { $0.text("é") }
        #expect(text.body == "é")
        #expect(text.header("Content-Type") == "text/plain; charset=utf-8")
        let bytes = try await post { $0.body(HTTPBody([0x41, 0x42]), contentType: "image/png") }
        #expect(bytes.body == "AB")
        #expect(bytes.header("Content-Type") == "image/png")
        await #expect(throws: APIError<Never>.self) { try await post { $0.body(.empty, contentType: "a\r\nb") } }
    }

    @Test(arguments: [
        (Request.Method.get, "GET"), (.put, "PUT"), (.post, "POST"), (.delete, "DELETE"), (.options, "OPTIONS"), (.head, "HEAD"),
        (.patch, "PATCH"), (.trace, "TRACE"), (.named("QUERY"), "QUERY"),
    ])
    func methods(method: Request.Method, name: String) async throws {
        #expect(try await written(Request(method, "/", operation: "test")).request.method.rawValue == name)
    }

    @Test func notAMethod() async throws {
        await #expect(throws: APIError<Never>.self) {
            try await written(Request(.named("GET /\r\n"), "/", operation: "test"))
        }
    }

    @Test func accept() async throws {
        let transport = RecordingTransport { exchange, _ in
            exchange.request.path == "/v1/bytes" || exchange.request.path == "/v1/text" ? .text("x") : .json(#"{"id":1}"#)
        }
        let client = ShopAPI.Client(transport: transport)
        _ = try await client.getUser(id: 1)
        _ = try await client.bytes()
        _ = try await client.text()
        _ = try await client.stream()
        _ = try await client.either()
        #expect(
            transport.exchanges.map { $0.header("Accept") }
                == ["application/json", "*/*", "text/plain", "*/*", "application/json, text/plain"])
        #expect(transport.exchanges[3].url == "https://files.example.com/stream")
    }
}
