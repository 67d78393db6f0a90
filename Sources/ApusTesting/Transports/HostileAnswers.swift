import ApusRuntime
import Foundation
import HTTPTypes

extension TransportContract {
    static let hostileAnswers = [
        ("a field that is cut short", "HTTP/1.1 200 OK\r\nContent-Le"),
        ("a length that is not reached", "HTTP/1.1 200 OK\r\nContent-Length: 9223372036854775807\r\n\r\nabc"),
        ("a length of 23 digits", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nabc"),
        ("a chunk of 16 digits", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nabc\r\n"),
        ("a chunk whose size is none", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n"),
        ("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"),
        ("a field without a name", "HTTP/1.1 200 OK\r\n: x\r\n\r\n"),
        ("a zero byte in a field", "HTTP/1.1 200 OK\r\nX: \u{0}\r\n\r\n"),
        ("empty lines alone", "\r\n\r\n\r\n\r\n"),
        ("gzip that is none", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"),
    ]

    static func hostileCheck(_ name: String, _ bytes: String) -> TransportCheck {
        TransportCheck(name) { make in
            let server = try SocketServer(answering: bytes)
            _ = try await fault(name) { _ = try await make(.seconds(10)).send(.to(server), body: nil).1.collect(upTo: 1_000_000) }
        }
    }

    /// Every error of gRPC's gateway has them (RFC 9110 section 6.5).
    static let trailers = TransportCheck("trailers after the body") { make in
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send(
                "HTTP/1.1 400 No\r\nTrailer: X-End\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\nX-End: 1\r\n\r\n")
        }
        let (response, body) = try await make(.patient).send(.to(server), body: nil)
        let text = String(decoding: try await body.collect(upTo: 100), as: UTF8.self)
        try require(response.status.code == 400 && text == "abc", "the answer has to be 400 and \"abc\", and is \(response.status.code) and \"\(text)\"")
    }

    static let earlyAnswer = TransportCheck("an answer before the request has been sent whole") { make in
        let server = try SocketServer { connection in
            _ = try connection.head()
            try connection.respond("413 Too Large", ["Connection: close"], body: "no")
            connection.waitForClose()
        }
        let chunks = [[UInt8]](repeating: [UInt8](repeating: 1, count: 65_536), count: 300)
        let body = HTTPBody(stream(chunks), length: 300 * 65_536)
        let (response, _) = try await make(.patient).send(.to(server, .put), body: body)
        try require(response.status.code == 413, "the status has to be 413, and is \(response.status.code)")
    }
}
