import ApusRuntime
package import HTTPTypes

/// An answer, and what the client has to be given of it.
struct AnswerRow: Sendable {
    let name: String
    let method: HTTPRequest.Method
    let bytes: String
    let status: Int
    let body: String
    let fields: [String: [String]]

    init(
        _ name: String, to method: HTTPRequest.Method = .get, _ bytes: String, status: Int = 200, body: String = "",
        fields: [String: [String]] = [:]
    ) {
        self.name = name
        self.method = method
        self.bytes = bytes
        self.status = status
        self.body = body
        self.fields = fields
    }

    static let all = [
        AnswerRow("a body of a length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde", body: "abcde"),
        AnswerRow(
            "a body in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n", body: "abcde"),
        AnswerRow("a body until the connection ends", "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde", body: "abcde"),
        AnswerRow("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nabcde", body: "abcde"),
        AnswerRow(
            "early hints before the answer",
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde", body: "abcde", fields: ["Link": []]),
        AnswerRow("no body with 204", "HTTP/1.1 204 No\r\n\r\n", status: 204),
        AnswerRow("no body with 304", "HTTP/1.1 304 No\r\nETag: x\r\n\r\n", status: 304, fields: ["ETag": ["x"]]),
        AnswerRow("no body for HEAD", to: .head, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"),
        AnswerRow("an empty body", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"),
        AnswerRow(
            "fields that come twice",
            "HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nSet-Cookie: c=d\r\nX-Many: 1\r\nX-Many: 2\r\nContent-Length: 0\r\n\r\n",
            fields: ["Set-Cookie": ["a=b; Path=/", "c=d"], "X-Many": ["1", "2"]]),
        AnswerRow(
            "a challenge is left to the client",
            "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n", status: 401,
            fields: ["WWW-Authenticate": ["Basic realm=\"x\""]]),
        AnswerRow(
            "a redirect is left to the client", "HTTP/1.1 307 Go\r\nLocation: /x\r\nContent-Length: 2\r\n\r\ngo", status: 307, body: "go",
            fields: ["Location": ["/x"]]),
    ]

    var check: TransportCheck {
        TransportCheck(name) { make in
            let server = try SocketServer(answering: bytes)
            let (response, content) = try await make(.patient).send(.to(server, method), body: nil)
            let text = String(decoding: try await content.collect(upTo: 1_000_000), as: UTF8.self)
            try require(response.status.code == status, "the status has to be \(status), and is \(response.status.code)")
            try require(text == body, "the body has to be \"\(body)\", and is \"\(text)\"")
            for (name, values) in fields {
                guard let name = HTTPField.Name(name) else { continue }
                // Those of a list may be joined (RFC 9110 section 5.3).
                let found = response.headerFields[values: name].flatMap {
                    name == .setCookie ? [$0] : $0.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
                }
                try require(found.sorted() == values.sorted(), "\(name) has to be \(values), and is \(found)")
            }
        }
    }
}

/// An answer that is a fault.
struct FaultRow: Sendable {
    let name: String
    let bytes: String
    /// Whether the same request may be answered a little later.
    let isRetryable: Bool

    init(_ name: String, _ bytes: String, isRetryable: Bool) {
        self.name = name
        self.bytes = bytes
        self.isRetryable = isRetryable
    }

    static let all = [
        FaultRow("a body of a length that is cut short", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", isRetryable: true),
        FaultRow("a chunk that is cut short", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", isRetryable: true),
        FaultRow("a body without its last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", isRetryable: true),
        FaultRow("an end without an answer", "", isRetryable: true),
        FaultRow("a head that is cut short", "HTTP/1.1 20", isRetryable: true),
        FaultRow("no HTTP", "garbage\r\n\r\nmore", isRetryable: false),
        FaultRow("a status that is none", "HTTP/1.1 abc\r\n\r\n", isRetryable: false),
        FaultRow("a length below zero", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", isRetryable: false),
    ]

    var check: TransportCheck {
        TransportCheck(name) { make in
            let server = try SocketServer(answering: bytes)
            let error = try await fault(name) { _ = try await make(.patient).send(.to(server), body: nil).1.collect(upTo: 1_000_000) }
            try require(
                UnderlyingError(error).isRetryable == isRetryable,
                "\(name) has to be an error that \(isRetryable ? "may" : "cannot") be over a little later: \(type(of: error))")
            try require(!UnderlyingError(error).isUnsent, "\(name) must not be said to be unsent: \(type(of: error))")
        }
    }
}

extension HTTPRequest {
    /// A request to a server of the checks and of tests.
    package static func to(_ server: SocketServer, _ method: Method = .get, _ path: String = "/", _ fields: HTTPFields = [:]) -> HTTPRequest {
        HTTPRequest(method: method, scheme: "http", authority: server.authority, path: path, headerFields: fields)
    }
}
