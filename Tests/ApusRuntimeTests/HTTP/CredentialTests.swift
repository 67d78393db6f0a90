import ApusRuntime
import Foundation
import HTTPTypes
import Testing

private typealias Answer = RecordingTransport.Answer

/// Adds a field of its own name, and gets better once if it may.
private final class Marker: Credential, @unchecked Sendable {
    private let name: String
    private let recovers: Bool
    private let lock = NSLock()
    private var authorizations: [[String]] = []
    private var refused: [String] = []

    init(_ name: String, recovers: Bool = false) {
        self.name = name
        self.recovers = recovers
    }

    var scopes: [[String]] { lock.withLock { authorizations } }
    /// What the requests that were refused carried.
    var recoveries: [String] { lock.withLock { refused } }

    func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        let count = lock.withLock {
            authorizations.append(scopes)
            return authorizations.count
        }
        if let field = HTTPField.Name(name) { request.headerFields[field] = "\(count)" }
    }

    func recover(
        _ request: HTTPRequest, response: HTTPResponse, context: CredentialContext
    ) async throws(AuthorizationError) -> Bool {
        let sent = HTTPField.Name(name).flatMap { request.headerFields[$0] } ?? ""
        lock.withLock { refused.append(sent) }
        return recovers
    }
}

@Suite struct SecurityRequirementTests {
    private func send(
        _ security: SecurityRequirements?, _ schemes: [String], default defaults: SecurityRequirements = []
    ) async throws -> [String] {
        let transport = RecordingTransport(.empty(204))
        let credentials = Dictionary(uniqueKeysWithValues: schemes.map { ($0, Marker("X-" + $0) as any Credential) })
        let client = ShopAPI.Client(credentials: credentials, security: defaults, transport: transport)
        try await client.call(Request(.get, "/", operation: "test", security: security))
        return transport.exchanges[0].request.headerFields.map(\.name.rawName).filter { $0.hasPrefix("X-") }.sorted()
    }

    @Test func alternatives() async throws {
        let either: SecurityRequirements = [["a": []], ["b": [], "c": []]]
        #expect(try await send(either, ["a"]) == ["X-a"])
        #expect(try await send(either, ["a", "b", "c"]) == ["X-a"])
        #expect(try await send(either, ["b", "c"]) == ["X-b", "X-c"])
        #expect(try await send(either, ["a", "b"]) == ["X-a"])
    }

    @Test func optional() async throws {
        #expect(try await send([["a": []], [:]], ["b"]) == [])
        #expect(try await send([["a": []], [:]], ["a"]) == ["X-a"])
        // The order of an empty alternative says nothing.
        #expect(try await send([[:], ["a": []]], ["a"]) == ["X-a"])
        #expect(try await send([[:]], ["a"]) == [])
    }

    @Test func defaults() async throws {
        #expect(try await send(nil, ["a"], default: [["a": []]]) == ["X-a"])
        #expect(try await send([], ["a"], default: [["a": []]]) == [])
        #expect(try await send([["b": []]], ["a", "b"], default: [["a": []]]) == ["X-b"])
    }

    @Test func missing() async throws {
        // Without any credential the request goes as it is.
        #expect(try await send([["a": []]], []) == [])
        do {
            _ = try await send([["b": [], "c": []], ["d": []]], ["a", "b"])
            Issue.record("sent")
        } catch APIError<Never>.authorization(.missingCredential(let schemes)) {
            #expect(schemes == ["b", "c", "d"])
        }
    }

    @Test func scopes() async throws {
        let marker = Marker("X-a")
        let client = ShopAPI.Client(credentials: ["a": marker], transport: RecordingTransport(.empty(204)))
        try await client.call(Request(.get, "/", operation: "test", security: [["a": ["read", "write"]]]))
        #expect(marker.scopes == [["read", "write"]])
    }
}

@Suite struct RecoveryTests {
    private func client(_ credentials: [String: any Credential], _ transport: RecordingTransport) -> ShopAPI.Client {
        ShopAPI.Client(credentials: credentials, security: [["a": [], "b": []]], transport: transport)
    }

    @Test func once() async throws {
        let first = Marker("X-a", recovers: true)
        let second = Marker("X-b")
        let transport = RecordingTransport(.json("{}", status: 401), .empty(204))
        try await client(["a": first, "b": second], transport).upload(HTTPBody("content"))
        #expect(transport.exchanges.map { $0.header("X-a") } == ["1", "2"])
        #expect(transport.exchanges.map { $0.header("X-b") } == ["1", "2"])
        #expect(transport.exchanges.map(\.body) == ["content", "content"])
        #expect(first.recoveries == ["1"])
        #expect(second.recoveries == ["1"])
    }

    @Test func onlyOnce() async throws {
        let first = Marker("X-a", recovers: true)
        let transport = RecordingTransport(.json(#"{"message":"no"}"#, status: 401))
        do {
            try await client(["a": first, "b": first], transport).upload(HTTPBody("content"))
            Issue.record("a success")
        } catch {
            guard case .documented(let problem, _) = error else { throw error }
            #expect(problem.message == "no")
        }
        #expect(transport.exchanges.count == 2)
    }

    @Test func notIfNoneIsBetter() async throws {
        let marker = Marker("X-a")
        let transport = RecordingTransport(.json("{}", status: 401))
        await #expect(throws: APIError<ShopAPI.Problem>.self) {
            try await client(["a": marker, "b": marker], transport).upload(HTTPBody("content"))
        }
        #expect(transport.exchanges.count == 1)
        #expect(marker.recoveries.count == 2)
    }

    @Test(arguments: [400, 403, 500, 200]) func notOnOtherStatuses(status: Int) async throws {
        let marker = Marker("X-a", recovers: true)
        let transport = RecordingTransport(.json("{}", status: status))
        try? await client(["a": marker, "b": marker], transport).upload(HTTPBody("content"))
        #expect(transport.exchanges.count == 1)
        #expect(marker.recoveries.isEmpty)
    }

    /// The credential gets better all the same, for the next call.
    @Test func bodiesThatCannotBeSentAgain() async throws {
        let marker = Marker("X-a", recovers: true)
        let transport = RecordingTransport(.json("{}", status: 401), .empty(204))
        let body = HTTPBody(AsyncStream<[UInt8]> { $0.finish() })
        do {
            try await client(["a": marker, "b": marker], transport).upload(body)
            Issue.record("a success")
        } catch {
            // The refusal, not that the body has been read.
            #expect(error.status?.code == 401)
        }
        #expect(transport.exchanges.count == 1)
        #expect(marker.recoveries.count == 2)
    }
}

@Suite struct BuiltInCredentialTests {
    private func sent(
        _ credential: any Credential, server: String = "https://h", _ fill: (inout Request) -> Void = { _ in }
    ) async throws -> RecordingTransport.Exchange {
        let transport = RecordingTransport(.empty(204))
        var request = Request(.get, "/x", operation: "test")
        fill(&request)
        let client = ShopAPI.Client(
            server: server, credentials: ["s": credential], security: [["s": []]], transport: transport)
        try await client.call(request)
        return transport.exchanges[0]
    }

    @Test func bearer() async throws {
        let sent = try await sent(BearerToken("abc.def"))
        #expect(sent.header("Authorization") == "Bearer abc.def")
        #expect(sent.request.headerFields[fields: .authorization].first?.indexingStrategy == .disallow)
    }

    /// The example of RFC 7617 section 2.1 has a pound sign.
    @Test func basic() async throws {
        #expect(
            try await sent(BasicCredential(username: "Aladdin", password: "open sesame")).header("Authorization")
                == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        #expect(
            try await sent(BasicCredential(username: "test", password: "123\u{A3}")).header("Authorization")
                == "Basic dGVzdDoxMjPCow==")
        #expect(
            try await sent(BasicCredential(username: "", password: "a:b")).header("Authorization") == "Basic OmE6Yg==")
    }

    @Test func apiKeys() async throws {
        #expect(try await sent(APIKey("k&1", in: .header, name: "X-Key")).header("X-Key") == "k&1")
        #expect(try await sent(APIKey("k&1+ ", in: .query, name: "api key")).request.path == "/x?api%20key=k%261%2B%20")
        #expect(
            try await sent(APIKey("k", in: .query, name: "key")) { $0.query("a", 1) }.request.path == "/x?a=1&key=k")
        #expect(try await sent(APIKey("k=/+", in: .cookie, name: "sid")).header("Cookie") == "sid=k=/+")
        #expect(
            try await sent(APIKey("k", in: .cookie, name: "sid")) { $0.cookie("a", 1) }.header("Cookie") == "a=1; sid=k")
    }

    static let unusableCredentials: [any Credential] = [
        BearerToken("hunter2\n"), BearerToken("hunter2\r\nX: 1"), BasicCredential(username: "a:b", password: "hunter2"),
        BasicCredential(username: "a", password: "hunter2\n"), APIKey("hunter2\n", in: .header, name: "X-Key"),
        APIKey("hunter2; x=1", in: .cookie, name: "sid"), APIKey("hunter2", in: .header, name: "X Key"),
    ]

    @Test(arguments: unusableCredentials.indices) func unusable(index: Int) async throws {
        do {
            _ = try await sent(Self.unusableCredentials[index])
            Issue.record("sent")
        } catch {
            guard case APIError<Never>.authorization(.failed) = error else { throw error }
            #expect(!"\(error) \(String(reflecting: error))".contains("hunter2"))
        }
    }

    @Test(arguments: ["http://127.0.0.1:8080", "http://localhost", "http://[::1]:1", "https://example.com"])
    func secure(server: String) async throws {
        #expect(try await sent(BearerToken("t"), server: server).header("Authorization") == "Bearer t")
    }

    @Test(arguments: [
        "http://example.com", "http://127.0.0.1.evil.example", "http://localhost.evil.example:8080", "HTTP://10.0.0.1",
    ])
    func insecure(server: String) async throws {
        let marker = Marker("X-a")
        do {
            _ = try await sent(marker, server: server)
            Issue.record("sent")
        } catch APIError<Never>.authorization(.insecureConnection) {
            // The credential has not even been asked.
            #expect(marker.scopes.isEmpty)
        }
        // An operation that needs no credential is nobody's secret.
        let client = ShopAPI.Client(server: server, credentials: ["s": marker], transport: RecordingTransport(.empty(204)))
        try await client.call(Request(.get, "/", operation: "test", security: []))
    }

    @Test func insecureOperationServer() async throws {
        let transport = RecordingTransport(.empty(204))
        let client = ShopAPI.Client(credentials: ["s": BearerToken("t")], security: [["s": []]], transport: transport)
        await #expect(throws: APIError<Never>.self) {
            try await client.call(Request(.get, "/", operation: "test", server: "http://files.example.com"))
        }
        #expect(transport.exchanges.isEmpty)
    }
}
