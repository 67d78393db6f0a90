import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Waits for something that another thread brings about.
func until(_ condition: () -> Bool) async {
    while !condition() { try? await Task.sleep(nanoseconds: 1_000_000) }
}

/// Sends what the server records, and answers with an empty 200 to each.
func recorded(_ requests: [(HTTPRequest.Method, String, HTTPFields, HTTPBody?)]) async throws -> [ReceivedRequest] {
    let seen = Seen<ReceivedRequest>()
    let server = try SocketServer { connection in
        while let request = try connection.request() {
            seen.append(request)
            try connection.respond()
        }
    }
    for (method, path, fields, body) in requests {
        let (response, content) = try await URLSessionTransport().send(.to(server, method, path, fields), body: body)
        #expect(response.status == .ok)
        let bytes = try await content.collect(upTo: 10)
        #expect(bytes.isEmpty)
    }
    return seen.all
}

@Suite struct OutgoingRequestTests {
    @Test(arguments: [
        "/", "/a%2Fb", "/a+b?c=d+e&f=%2B", "/%2E%2E/x/%2e", "//double//slash/", "/a;b=c,d:e@f!$&'()*~",
        "/?", "/?a?b/c", "/%F0%9F%90%A6?q=%e4", "/x?filter%5Bname%5D=%5b", "/x?a=%25zz",
    ])
    func targetIsSentByteForByte(_ target: String) async throws {
        let requests = try await recorded([(.get, target, [:], nil)])
        #expect(requests.map(\.line) == ["GET \(target) HTTP/1.1"])
    }

    @Test func bytesOutsideOfURLsAreEncodedOnce() async throws {
        let requests = try await recorded([(.get, "/{x}?f[a]=%5B|^`\"<>\\%", [:], nil)])
        #expect(requests.map(\.line) == ["GET /%7Bx%7D?f%5Ba%5D=%5B%7C%5E%60%22%3C%3E%5C%25 HTTP/1.1"])
    }

    @Test(arguments: ["", "x", "/a b", "/a\r\nX: y", "/a#b", "/\u{e9}", "/../x", "/a/./b", "/a/..?x", "/a\u{0}b"])
    func otherTargetsAreRefused(_ target: String) async throws {
        let request = HTTPRequest(method: .get, scheme: "http", authority: "127.0.0.1:1", path: target)
        await #expect(throws: URLSessionTransportError.invalidTarget) { try await URLSessionTransport().send(request, body: nil) }
    }

    @Test(arguments: ["", "user@host", "a b", "host:port", "host:99999", "[::1", "h/x", "h?x", "h\r\nX:1", "[::1]x", ":80"])
    func otherAuthoritiesAreRefused(_ authority: String) async throws {
        let request = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
        await #expect(throws: URLSessionTransportError.invalidAuthority) { try await URLSessionTransport().send(request, body: nil) }
    }

    @Test(arguments: ["ftp", "file", "data", ""])
    func otherSchemesAreRefused(_ scheme: String) async throws {
        let request = HTTPRequest(method: .get, scheme: scheme, authority: "127.0.0.1:1", path: "/")
        await #expect(throws: URLSessionTransportError.unsupportedScheme) { try await URLSessionTransport().send(request, body: nil) }
    }

    @Test func fields() async throws {
        var fields: HTTPFields = [.accept: "application/json", .authorization: "Bearer abc", .userAgent: "Apus"]
        fields.append(HTTPField(name: HTTPField.Name("X-Many")!, value: "one"))
        fields.append(HTTPField(name: HTTPField.Name("x-many")!, value: "two"))
        fields[HTTPField.Name("X-Empty")!] = ""
        fields[.contentLength] = "99"
        fields[.transferEncoding] = "chunked"
        fields[.cookie] = "a=b"
        let request = try #require(try await recorded([(.get, "/", fields, nil)]).first)
        #expect(request["Accept"] == ["application/json"])
        #expect(request["Authorization"] == ["Bearer abc"])
        #expect(request["User-Agent"] == ["Apus"])
        #expect(request["X-Many"] == ["one, two"])
        #expect(request["X-Empty"] == [""])
        #expect(request["Cookie"] == ["a=b"])
        #expect(request["Content-Length"] == [])
        #expect(request["Transfer-Encoding"] == [])
        #expect(request["Content-Type"] == [])
    }

    @Test(arguments: [HTTPRequest.Method.post, .put, .patch, .delete, HTTPRequest.Method("QUERY")!])
    func bodies(_ method: HTTPRequest.Method) async throws {
        let requests = try await recorded([
            (method, "/", [.contentType: "application/json"], HTTPBody("{}")),
            (method, "/", [:], HTTPBody("raw")),
            (method, "/", [:], HTTPBody("")),
            (method, "/", [:], nil),
            (method, "/", [:], HTTPBody(chunks(["ab", "", "cd"]))),
            (method, "/", [.contentType: "text/plain", .contentLength: "7"], HTTPBody(chunks(["ab", "cd"]), length: 4)),
        ])
        #expect(requests.map(\.text) == ["{}", "raw", "", "", "abcd", "abcd"])
        #expect(requests.map { $0["Content-Type"] } == [["application/json"], [], [], [], [], ["text/plain"]])
        let lengths = requests.map { $0["Content-Length"] }
        #expect(lengths[0...1] == [["2"], ["3"]])
        #expect(lengths[2...3].allSatisfy { $0 == ["0"] || $0 == [] })
        #if canImport(FoundationNetworking)
            #expect(lengths[4...] == [["4"], ["4"]])
            #expect(requests.allSatisfy { $0["Transfer-Encoding"].isEmpty })
        #else
            #expect(lengths[4...] == [[], ["4"]])
            #expect(requests.map { $0["Transfer-Encoding"] } == [[], [], [], [], ["chunked"], []])
        #endif
        #expect(requests.allSatisfy { $0["Expect"].isEmpty && $0.line == "\(method.rawValue) / HTTP/1.1" })
    }

    @Test(arguments: [HTTPRequest.Method.get, .head])
    func methodsWithoutBody(_ method: HTTPRequest.Method) async throws {
        let request = HTTPRequest(method: method, scheme: "http", authority: "127.0.0.1:1", path: "/")
        await #expect(throws: URLSessionTransportError.bodyNotAllowed(method: method.rawValue)) {
            try await URLSessionTransport().send(request, body: HTTPBody("x"))
        }
        let requests = try await recorded([(method, "/", [:], .empty)])
        #expect(requests.map(\.text) == [""])
    }

    @Test func largeBodies() async throws {
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let requests = try await recorded([
            (.post, "/", [:], HTTPBody(bytes)),
            (.post, "/", [:], HTTPBody(chunks(of: bytes, size: 100_000))),
            (.post, "/", [:], HTTPBody(chunks(of: bytes, size: 333), length: 3_000_000)),
        ])
        #expect(requests.map { $0.body == bytes } == [true, true, true])
    }

    @Test func bodyOfFile() async throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 11) }
        try Data(bytes).write(to: url)
        defer { try? FileManager.default.removeItem(at: url) }
        let requests = try await recorded([(.put, "/", [:], HTTPBody(file: url))])
        #expect(requests.map { $0.body == bytes } == [true])
        #expect(requests[0]["Content-Length"] == ["200000"])
    }

    @Test(arguments: [3, 5])
    func wrongLength(_ length: Int64) async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            connection.waitForClose()
        }
        await #expect(throws: URLSessionTransportError.wrongBodyLength) {
            try await URLSessionTransport().send(.to(server, .post), body: HTTPBody(chunks(["ab", "cd"]), length: length))
        }
    }

    @Test func failingSource() async throws {
        struct Broken: Error {}
        let server = try SocketServer { connection in
            _ = try connection.request()
            connection.waitForClose()
        }
        let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield([1, 2, 3])
            continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) {
            try await URLSessionTransport().send(.to(server, .post), body: HTTPBody(stream))
        }
    }

    /// The server's answer to the first request leaves the connection open; it closes it on the second.
    @Test(arguments: [true, false])
    func sendingAgainOnANewConnection(_ isInMemory: Bool) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                if seen.all.count == 2 { return }
                try connection.respond()
            }
        }
        let transport = URLSessionTransport(configuration: .ephemeral)
        for _ in 1...2 {
            let body = isInMemory ? HTTPBody("hello") : HTTPBody(chunks(["he", "llo"]), length: 5, isReplayable: true)
            let (response, content) = try await transport.send(.to(server, .put), body: body)
            _ = try await content.collect(upTo: 10)
            #expect(response.status == .ok)
        }
        #expect(seen.all.map(\.text) == ["hello", "hello", "hello"])
        #expect(server.connectionCount == 2)
    }
}

func chunks(_ texts: [String]) -> AsyncStream<[UInt8]> {
    AsyncStream { continuation in
        for text in texts { continuation.yield(Array(text.utf8)) }
        continuation.finish()
    }
}

func chunks(of bytes: [UInt8], size: Int) -> AsyncStream<[UInt8]> {
    AsyncStream { continuation in
        for start in stride(from: 0, to: bytes.count, by: size) {
            continuation.yield(Array(bytes[start..<min(start + size, bytes.count)]))
        }
        continuation.finish()
    }
}
