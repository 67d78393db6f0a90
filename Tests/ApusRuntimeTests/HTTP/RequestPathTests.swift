import ApusRuntime
import Foundation
import Testing

@Suite struct RequestPathTests {
    @Test(arguments: [
        ("a/b", "/users/a%2Fb/x"), ("a?b", "/users/a%3Fb/x"), ("a#b", "/users/a%23b/x"), ("a%2Fb", "/users/a%252Fb/x"),
        ("a b", "/users/a%20b/x"), ("a+b", "/users/a+b/x"), ("a:b@c", "/users/a:b@c/x"), ("é", "/users/%C3%A9/x"),
        ("a\\b", "/users/a%5Cb/x"), ("\r\n", "/users/%0D%0A/x"),
        ("...", "/users/.../x"), ("../..", "/users/..%2F../x"), ("..a", "/users/..a/x"), ("%2e%2e", "/users/%252e%252e/x"),
        ("-._~!$&'()*", "/users/-._~!$&'()*/x"),
    ])
    func valuesStayInTheirSegment(value: String, expected: String) async throws {
        #expect(try await target("/users/\(value)/x") == expected)
        // At the end of the path, too.
        #expect(try await target("/users/\(value)") == String(expected.dropLast(2)))
        #expect(try await target("/users/\(value)?q=1") == String(expected.dropLast(2)) + "?q=1")
    }

    @Test func segmentsOfSeveralParts() async throws {
        #expect(try await target("/a/\("..").json") == "/a/...json")
        #expect(try await target("/a/v\("1")\("2")x/\(3)") == "/a/v12x/3")
    }

    @Test func literalsAreKept() async throws {
        #expect(try await target("/a b/é/#x/%41/%/[]") == "/a%20b/%C3%A9/%23x/%41/%25/%5B%5D")
        #expect(try await target("/a:b;c=d,e@f/../g") == "/a:b;c=d,e@f/../g")
        #expect(try await target("/search?kind=\("a&b=c/d")&x=1") { $0.query("q", 1) } == "/search?kind=a%26b%3Dc%2Fd&x=1&q=1")
        #expect(try await target("/a?") { $0.query("q", 1) } == "/a?&q=1")
    }

    private static let emptyPaths: [RequestPath] = [
        "/users/\("")", "/users/\("")/x", "/users/\(Nullable<String>.null)", "/users/\([String]())",
        "/users/\("", .simple)?q=1", "/users/\("")\("")/x",
    ]

    /// `DELETE /users/` would be another operation.
    @Test(arguments: emptyPaths)
    func emptyValuesAreRefused(path: RequestPath) async throws {
        do {
            _ = try await target(path)
            Issue.record("sent")
        } catch APIError<Never>.encoding(let error) {
            #expect(error.message == "a path parameter is empty")
        }
    }

    private static let climbingPaths: [RequestPath] = [
        "/users/\("..")", "/users/\(".")/x", "/a/\(".")\(".")/b", "/a/.\(".")/b", "/a/\(".")./b", "/a/\(".", .label)/b",
        "/a/\("", .label)", "/\("..")/\("..")/\("b")", "/\("..")?q=1",
    ]

    /// Whoever normalises the path reads `%2E` as a dot, so encoding would not help.
    @Test(arguments: climbingPaths)
    func dotSegmentsAreRefused(path: RequestPath) async throws {
        do {
            _ = try await target(path)
            Issue.record("sent")
        } catch APIError<Never>.encoding(let error) {
            #expect(error.message == "a path parameter is `.` or `..`")
        }
    }

    @Test func emptyBesideText() async throws {
        #expect(try await target("/users/x\("")") == "/users/x")
        #expect(try await target("/users\("", .matrix, name: "id")/x") == "/users;id/x")
    }

    @Test func valuesThatJSONCannotExpress() async throws {
        await #expect(throws: APIError<Never>.self) { try await target("/\(Double.nan, .json)") }
    }
}

@Suite struct ServerURLTests {
    @Test(arguments: [
        ("https://h", "https://h/users"), ("https://h/", "https://h/users"), ("https://h/v1", "https://h/v1/users"),
        ("https://h/v1///", "https://h/v1/users"), ("HTTPS://h:8443/a/b/", "https://h:8443/a/b/users"),
        ("http://[::1]:80/x", "http://[::1]:80/x/users"), ("https://h/a b", "https://h/a%20b/users"),
    ])
    func joining(server: String, expected: String) async throws {
        let transport = RecordingTransport(.empty(204))
        let client = ShopAPI.Client(server: server, transport: transport)
        try await client.call(Request(.get, "/users", operation: "test"))
        #expect(transport.exchanges[0].url == expected)
        try await client.call(Request(.get, "users", operation: "test"))
        #expect(transport.exchanges[1].url == expected)
    }

    @Test func emptyPaths() async throws {
        let transport = RecordingTransport(.empty(204))
        try await ShopAPI.Client(server: "https://h", transport: transport).call(Request(.get, "", operation: "test"))
        try await ShopAPI.Client(server: "https://h/v1/", transport: transport).call(Request(.get, "", operation: "test"))
        try await ShopAPI.Client(server: "https://h/v1", transport: transport).call(Request(.get, "/", operation: "test"))
        #expect(transport.exchanges.map(\.url) == ["https://h/", "https://h/v1", "https://h/v1/"])
    }

    @Test(arguments: [
        ("", ServerURLError.notAbsolute), ("/v1", .notAbsolute), ("h/v1", .notAbsolute), ("ftp://h", .unsupportedScheme),
        ("https://", .invalidHost), ("https:///v1", .invalidHost), ("https://h:port", .invalidHost),
        ("https://h:70000", .invalidHost), ("https://[::1", .invalidHost), ("https://a b", .invalidHost),
        ("https://ä.example", .invalidHost), ("https://h\\evil", .invalidHost), ("https://h\r\n", .invalidHost),
        ("https://me:hunter2@h", .userName), ("https://h?tenant=1", .queryOrFragment), ("https://h/v1#x", .queryOrFragment),
    ])
    func refused(server: String, expected: ServerURLError) async throws {
        let transport = RecordingTransport(.empty(204))
        let client = ShopAPI.Client(server: server, transport: transport)
        do {
            try await client.call(Request(.get, "/users", operation: "test"))
            Issue.record("sent")
        } catch {
            guard case .transport(let cause) = error else { throw error }
            #expect(cause.underlying as? ServerURLError == expected)
            #expect(!"\(error) \(String(reflecting: error))".contains("hunter2"))
        }
        #expect(transport.exchanges.isEmpty)
    }

    @Test(arguments: [
        ("https://files.example.com/", "https://files.example.com/x"), ("/uploads", "https://h/uploads/x"),
        ("/", "https://h/x"), ("//files.example.com/a", "https://files.example.com/a/x"),
    ])
    func operationsOwnServer(server: String, expected: String) async throws {
        let transport = RecordingTransport(.empty(204))
        let client = ShopAPI.Client(server: "https://h/v1", transport: transport)
        try await client.call(Request(.get, "/x", operation: "test", server: server))
        #expect(transport.exchanges[0].url == expected)
    }

    @Test(arguments: [
        ("localhost", true), ("LOCALHOST", true), ("127.0.0.1", true), ("127.255.0.9", true), ("::1", true), ("[::1]", true),
        ("127.0.0.1.evil.example", false), ("127.0.0", false), ("128.0.0.1", false), ("localhost.evil.example", false),
        ("127.0.0.256", false), ("127.0.0.+1", false), ("", false), ("::2", false), ("example.com", false),
    ])
    func loopback(host: String, expected: Bool) {
        #expect(LoopbackAddress.isLoopback(host: host) == expected)
    }

    @Test(arguments: [
        ("localhost:8080", true), ("127.0.0.1:1", true), ("[::1]:80", true), ("[::1]", true), ("[::1]x", false), ("[::1", false),
        ("127.0.0.1@evil.example", false), ("localhost:80@evil.example", false), ("evil.example:80", false),
    ])
    func loopbackAuthority(authority: String, expected: Bool) {
        #expect(LoopbackAddress.isLoopback(authority: authority) == expected)
    }
}
