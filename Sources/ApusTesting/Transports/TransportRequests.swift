import ApusRuntime
import Foundation
import HTTPTypes

extension TransportContract {
    /// How requests arrive.
    static var requestChecks: [TransportCheck] {
        targets.map(targetCheck) + wrongAuthorities.map(authorityCheck) + bodies.map(\.check) + [compressed, sourceThatFails]
            + [Int64(3), 5].map(bodyOfAnotherLength)
    }

    private static let targets = ["/a%2Fb", "/%2E%2E/x", "//double//", "/a;b=c,d:e@f!$&'()*~", "/?a?b/c", "/x?a=%25zz&b=+"]

    private static func targetCheck(_ target: String) -> TransportCheck {
        TransportCheck("the target \(target) arrives byte for byte") { make in
            let received = try await received(make(.patient), .get, target, [:], nil)
            try require(received.line == "GET \(target) HTTP/1.1", "the request's line is \(received.line)")
        }
    }

    private static let wrongAuthorities = ["", "user@host", "host:port", "host:99999", "[::1", "h\r\nX:1", "[::1]x", ":80"]

    private static func authorityCheck(_ authority: String) -> TransportCheck {
        TransportCheck("the authority \(authority.debugDescription) is refused") { make in
            let request = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
            _ = try await fault("an authority that is none") { _ = try await make(.patient).send(request, body: nil) }
        }
    }

    private static var bodies: [BodyRow] {
        let text: [[UInt8]] = [Array("ab".utf8), [], Array("cd".utf8)]
        let large = [[UInt8]](repeating: [UInt8](repeating: 7, count: 10_000), count: 100)
        return [
            BodyRow(name: "a body of bytes", size: 2) { HTTPBody("{}") },
            BodyRow(name: "an empty body", size: 0) { HTTPBody("") },
            BodyRow(name: "no body", size: 0) { nil },
            BodyRow(name: "a stream", size: 4) { HTTPBody(stream(text)) },
            BodyRow(name: "a stream of a length", size: 4) { HTTPBody(stream(text), length: 4) },
            BodyRow(name: "a long stream", size: 1_000_000) { HTTPBody(stream(large), length: 1_000_000) },
        ]
    }

    private struct BodyRow: Sendable {
        let name: String
        let size: Int
        let make: @Sendable () -> HTTPBody?

        var check: TransportCheck {
            TransportCheck("\(name) is sent, framed by the transport") { make in
                for method in [HTTPRequest.Method.post, .put, .patch, .delete] {
                    let fields: HTTPFields = [.contentType: "text/plain", .contentLength: "99", .transferEncoding: "chunked"]
                    let received = try await received(make(.patient), method, "/", fields, self.make())
                    try require(received.body.count == size, "\(method): \(received.body.count) bytes arrived, not \(size)")
                    try require(received["Content-Type"] == ["text/plain"], "\(method): Content-Type is \(received["Content-Type"])")
                    try require(received["Host"].count == 1, "\(method): Host is \(received["Host"])")
                }
            }
        }
    }

    private static func bodyOfAnotherLength(_ length: Int64) -> TransportCheck {
        TransportCheck("four bytes are not sent as a body of \(length)") { make in
            let server = try SocketServer { connection in
                _ = try connection.request()
                connection.waitForClose()
            }
            let body = HTTPBody(stream([[1, 2], [3, 4]]), length: length)
            _ = try await fault("a body of another length") { _ = try await make(.patient).send(.to(server, .post), body: body) }
        }
    }

    private static let sourceThatFails = TransportCheck("the error of a body's source is thrown") { make in
        struct Broken: Error {}
        let server = try SocketServer { connection in
            _ = try connection.request()
            connection.waitForClose()
        }
        let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield([1, 2, 3])
            continuation.finish(throwing: Broken())
        }
        let error = try await fault("a source that fails") { _ = try await make(.patient).send(.to(server, .post), body: HTTPBody(stream)) }
        try require(error is Broken, "the error has to be the source's, and is \(type(of: error))")
    }

    /// A transport that asks for compressed answers reads them.
    private static let compressed = TransportCheck("an answer is compressed where the transport asked for it") { make in
        let gzip: [UInt8] = [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
        ]
        let server = try SocketServer { connection in
            guard let request = try connection.request() else { return }
            guard request["Accept-Encoding"].contains(where: { $0.contains("gzip") }) else { return try connection.respond(body: "hello") }
            try connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzip.count)\r\n\r\n")
            try connection.send(gzip)
        }
        let content = try await make(.patient).send(.to(server), body: nil).1.collect(upTo: 100)
        try require(content == Data("hello".utf8), "the content has to be that of the text")
    }

    // MARK: - Support

    private static func received(
        _ transport: any Transport, _ method: HTTPRequest.Method, _ target: String, _ fields: HTTPFields, _ body: HTTPBody?
    ) async throws -> ReceivedRequest {
        let seen = Seen<ReceivedRequest>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                try connection.respond()
            }
        }
        _ = try await transport.send(.to(server, method, target, fields), body: body).1.collect(upTo: 10)
        try require(seen.all.count == 1, "\(seen.all.count) requests arrived in place of one")
        return seen.all[0]
    }

    static func stream(_ chunks: [[UInt8]]) -> AsyncStream<[UInt8]> {
        AsyncStream { continuation in
            for chunk in chunks { continuation.yield(chunk) }
            continuation.finish()
        }
    }
}
