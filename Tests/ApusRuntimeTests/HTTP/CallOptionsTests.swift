import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

private typealias Answer = RecordingTransport.Answer

@Suite struct CallOptionsTests {
    @Test func copiesDifferAndShare() async throws {
        let transport = RecordingTransport(.empty(204))
        let client = ShopAPI.Client(server: "https://h/v1", transport: transport)
        let copy = client.with {
            $0.headerFields[HTTPField.Name("X-Tenant")!] = "a"
            $0.query = [("trace", "a b&c")]
            $0.userAgent = "Mine/1"
        }
        try await copy.delete(id: "1")
        try await client.with(\.serverURL, "https://other/v2").delete(id: "2")
        try await client.delete(id: "3")
        let sent = transport.exchanges
        #expect(sent.map(\.url) == ["https://h/v1/users/1?trace=a%20b%26c", "https://other/v2/users/2", "https://h/v1/users/3"])
        #expect(sent.map { $0.header("X-Tenant") } == ["a", nil, nil])
        #expect(sent[0].header("User-Agent") == "Mine/1")
        #expect(sent[2].header("User-Agent")?.contains("Apus/") == true)
        #expect(copy.core.environment === client.core.environment)
    }

    @Test func aFieldStandsInForTheRequestsOwn() async throws {
        let transport = RecordingTransport(.empty(204))
        let client = ShopAPI.Client(transport: transport).with(\.headerFields, [.accept: "text/csv"])
        try await client.delete(id: "1")
        #expect(transport.exchanges[0].request.headerFields[fields: .accept].map(\.value) == ["text/csv"])
    }

    @Test func withoutUserAgent() async throws {
        let transport = RecordingTransport(.empty(204))
        try await ShopAPI.Client(transport: transport).with(\.userAgent, nil).delete(id: "1")
        #expect(transport.exchanges[0].header("User-Agent") == nil)
    }

    @Test func idempotencyKeys() async throws {
        let transport = RecordingTransport(.json(#"{"id":1}"#))
        let client = ShopAPI.Client(transport: transport)
        _ = try await client.createUser(.init(id: 1))
        _ = try await client.with(\.idempotencyKeyHeader, .idempotencyKey).createUser(.init(id: 1))
        _ = try await client.with(\.idempotencyKey, "kept").createUser(.init(id: 1))
        _ = try await client.with(\.headerFields, [.idempotencyKey: "own"]).createUser(.init(id: 1))
        try await client.with(\.idempotencyKeyHeader, .idempotencyKey).upload(HTTPBody("x"))
        let keys = transport.exchanges.map { $0.header("Idempotency-Key") }
        #expect(keys[0] == nil)
        #expect(keys[1].flatMap { UUID(uuidString: $0) } != nil)
        #expect(keys[2...] == ["kept", "own", nil])
    }

    /// The caller's own value, and the key in the error.
    @Test func aKeyIsInTheError() async throws {
        let transport = RecordingTransport { _, _ in throw URLError(.networkConnectionLost) }
        let client = ShopAPI.Client(transport: transport).with(\.idempotencyKey, "kept")
        do {
            _ = try await client.createUser(.init(id: 1))
            Issue.record("a success")
        } catch {
            guard case .transport(let failure) = error else { throw error }
            #expect(failure.idempotencyKey == "kept")
            #expect(failure.attempts.map(\.number) == [1])
            #expect(!failure.isUnsent)
        }
    }

    @Test func whatCameBack() async throws {
        let fields: HTTPFields = [HTTPField.Name("X-Request-ID")!: "req-7", .contentType: "application/json"]
        let transport = RecordingTransport { _, index in
            Answer(status: index == 0 ? 503 : 404, body: HTTPBody(#"{"message":"no"}"#), headerFields: fields)
        }
        var options = CallOptions()
        options.retries.baseDelay = .zero
        let client = ShopAPI.Client(transport: transport, options: options)
        do {
            try await client.with(\.query, [("token", "hunter2")]).delete(id: "1")
            Issue.record("a success")
        } catch {
            let response = try #require(error.response)
            #expect(response.requestID == "req-7")
            #expect(response.url == "https://api.example.com/v1/users/1")
            #expect(error.attempts.map(\.outcome) == [.status(503), .status(404)])
            #expect(response.duration != nil)
            #expect("\(error)" == "documented error Problem, status 404 of delete, request req-7")
        }
    }

    @Test func retryAfterIsInTheError() async throws {
        let transport = RecordingTransport(Answer(status: 429, headerFields: [.retryAfter: "3600"]))
        do {
            try await ShopAPI.Client(transport: transport, options: CallOptions()).upload(HTTPBody("x"))
            Issue.record("a success")
        } catch {
            #expect(error.retryAfter == .seconds(3_600))
            #expect(error.attempts.count == 1)
        }
    }

    @Test func whatTheDescriptionLacks() async throws {
        let transport = RecordingTransport(.text("made", status: 201), .empty(404))
        let client = ShopAPI.Client(credentials: ["oauth2": BearerToken("t")], transport: transport)
        let response = try await client.send(.post, "/a/\("b/c")", query: [("q", "1")], body: HTTPBody("{}"))
        #expect(response.status.code == 201)
        #expect(response.body == Data("made".utf8))
        let missing = try await client.send(.get, "/nothing")
        #expect(missing.status.code == 404)
        let sent = transport.exchanges[0]
        #expect(sent.url == "https://api.example.com/v1/a/b%2Fc?q=1")
        #expect(sent.header("Authorization") == "Bearer t")
        #expect(sent.header("Content-Type") == "application/json")
        #expect(sent.body == "{}")
    }

    @Test func events() async throws {
        let seen = Seen<CallEvent>()
        var options = CallOptions()
        options.retries.baseDelay = .zero
        options.onEvent = { seen.append($0) }
        let transport = RecordingTransport(.empty(503), .json(#"{"id":"x"}"#))
        let client = ShopAPI.Client(transport: transport, options: options)
        await #expect(throws: APIError<Never>.self) { try await client.getUser(id: 1) }
        let kinds = seen.all.map { event in
            switch event {
            case .attemptBegan(let context): "began \(context)"
            case .attemptEnded(_, let outcome, _): "ended \(outcome)"
            case .retrying(let context, let delay): "retrying \(context.operation) \(delay)"
            case .deviation(let operation, _): "deviation \(operation)"
            }
        }
        #expect(
            kinds == [
                "began GET getUser, attempt 1", "ended status(503)", "retrying getUser 0.0 seconds",
                "began GET getUser, attempt 2", "ended status(200)", "deviation getUser",
            ])
    }

    @Test func theContextOfAnOperation() async throws {
        let seen = Seen<OperationContext>()
        struct Noting: Middleware {
            let seen: Seen<OperationContext>
            func intercept(
                _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
                next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
            ) async throws -> (HTTPResponse, HTTPBody) {
                seen.append(operation)
                return try await next(request, body)
            }
        }
        let client = ShopAPI.Client(transport: RecordingTransport(.empty(204)), middleware: [Noting(seen: seen)])
        try await client.call(
            Request(.post, "/users/\(7)", operation: "change", template: "/users/{id}", tags: ["users"], idempotent: true))
        try await client.call(Request(.post, "/users?x=1", operation: "list"))
        try await client.call(Request(.get, "/users/\(7)", operation: "unknown"))
        #expect(
            seen.all == [
                OperationContext(
                    operation: "change", method: .post, pathTemplate: "/users/{id}", tags: ["users"], isIdempotent: true),
                OperationContext(operation: "list", method: .post, pathTemplate: "/users"),
                OperationContext(operation: "unknown"),
            ])
        #expect(seen.all.map(\.isIdempotent) == [true, false, true])
    }
}

/// `withResponse` from where applications live; that this compiles is the test.
@MainActor private final class Model {
    let client: ShopAPI.Client
    var offset = 3

    init(_ client: ShopAPI.Client) { self.client = client }

    func load() async throws -> (Int, Int) {
        let (id, response) = try await client.withResponse { try await $0.getUser(id: 1).id + self.offset }
        return (id, response.status.code)
    }

    func start() -> Task<Int, any Error> {
        Task { try await client.withResponse { try await $0.getUser(id: 1) }.1.status.code }
    }
}

private actor Counter {
    var sum = 1
    func add(_ client: ShopAPI.Client) async throws -> Int {
        sum = try await client.withResponse { try await $0.getUser(id: 1).id + self.sum }.0
        return sum
    }
}

@Suite struct IsolationTests {
    @Test func responsesFromAnyIsolation() async throws {
        let client = ShopAPI.Client(transport: RecordingTransport(.json(#"{"id":1}"#)))
        let model = await Model(client)
        let loaded = try await model.load()
        #expect(loaded == (4, 200))
        let started = try await model.start().value
        #expect(started == 200)
        let sum = try await Counter().add(client)
        #expect(sum == 2)
    }

    /// The error of an operation in a closure, without a cast.
    @Test func errorsInClosures() async throws {
        let client = ShopAPI.Client(transport: RecordingTransport(.json(#"{"message":"no"}"#, status: 404)))
        let text = await Task {
            do throws(APIError<ShopAPI.Problem>) {
                try await client.delete(id: "1")
                return "a success"
            } catch {
                switch error {
                case .documented(let problem, _): return problem.message
                default: return "\(error)"
                }
            }
        }.value
        #expect(text == "no")
    }
}

@Suite struct ForeignServerTests {
    private func client(_ transport: RecordingTransport) -> ShopAPI.Client {
        ShopAPI.Client(
            server: "https://ghe.company.example", credentials: ["oauth2": BearerToken("t")], transport: transport)
    }

    /// The operation has a server of its own, https://files.example.com.
    @Test func getsNoCredentials() async throws {
        let transport = RecordingTransport(.text("x"))
        do {
            _ = try await client(transport).stream()
            Issue.record("sent")
        } catch {
            guard case .authorization(.foreignServer(let host)) = error else { throw error }
            #expect(host == "files.example.com")
        }
        #expect(transport.exchanges.isEmpty)
    }

    @Test func getsThemOnRequest() async throws {
        let transport = RecordingTransport(.text("x"))
        _ = try await client(transport).with(\.credentialOrigins, ["https://files.example.com"]).stream()
        #expect(transport.exchanges[0].header("Authorization") == "Bearer t")
    }

    @Test func isReachedWithoutCredentials() async throws {
        let transport = RecordingTransport(.text("x"))
        _ = try await ShopAPI.Client(server: "https://ghe.company.example", transport: transport).stream()
        #expect(transport.exchanges.map(\.url) == ["https://files.example.com/stream"])
    }
}
