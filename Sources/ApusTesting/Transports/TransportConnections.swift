import ApusRuntime
import Foundation
import HTTPTypes

extension TransportContract {
    /// How connections begin, are used again, and end.
    static var connectionChecks: [TransportCheck] {
        [reset, refused, unknownHost] + silent.map(silence) + [true, false].map(postOnce)
            + silent.map(cancellation) + [lettingGo, hundredAtOnce]
    }

    private static let silent = ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"]

    private static let reset = TransportCheck("a connection that is reset") { make in
        let server = try SocketServer { connection in
            _ = try connection.request()
            connection.reset()
        }
        let error = try await fault("a reset") { _ = try await make(.patient).send(.to(server), body: nil) }
        try require(UnderlyingError(error).isRetryable, "a reset has to be an error that may be over a little later: \(type(of: error))")
        try require(!UnderlyingError(error).isUnsent, "a reset must not be said to be unsent: \(type(of: error))")
    }

    private static let refused = TransportCheck("a port that is closed: nothing was sent") { make in
        // Held until the end: otherwise another server may get the port.
        let port = try RefusingPort()
        defer { withExtendedLifetime(port) {} }
        try await unsent(make, to: port.authority)
    }

    private static let unknownHost = TransportCheck("a host that is none: nothing was sent") { make in
        try await unsent(make, to: "nowhere.invalid")
    }

    private static func unsent(_ make: (Duration) -> any Transport, to authority: String) async throws {
        let request = HTTPRequest(method: .post, scheme: "http", authority: authority, path: "/")
        let error = try await fault("no connection") { _ = try await make(.patient).send(request, body: HTTPBody("x")) }
        try require(UnderlyingError(error).isUnsent, "an error has to say that nothing was sent (UnsentRequestError): \(type(of: error))")
    }

    private static func silence(_ bytes: String) -> TransportCheck {
        TransportCheck("a server that \(bytes.isEmpty ? "does not answer" : "stops in the middle")") { make in
            let server = try SocketServer { connection in
                _ = try connection.request()
                try connection.send(bytes)
                connection.waitForClose()
            }
            let transport = make(.milliseconds(200))
            _ = try await fault("silence") { _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 100) }
        }
    }

    /// A connection that is used again can end while a request is under way. It is not
    /// repeated by the transport: the server may have acted on it.
    private static func postOnce(_ hasBody: Bool) -> TransportCheck {
        TransportCheck("a POST \(hasBody ? "with" : "without") a body is sent once") { make in
            let seen = Seen<ReceivedRequest>()
            let server = try SocketServer { connection in
                while let request = try connection.request() {
                    seen.append(request)
                    if request.line.hasPrefix("POST") { return }
                    try connection.respond()
                }
            }
            let transport = make(.patient)
            for _ in 1...3 {
                _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 10)
                _ = try await fault("an end without an answer") {
                    _ = try await transport.send(.to(server, .post), body: hasBody ? HTTPBody("once") : nil)
                }
            }
            // A second one would come at once.
            try await Task.sleep(nanoseconds: 100_000_000)
            let posts = seen.all.filter { $0.line.hasPrefix("POST") }.count
            try require(posts == 3, "\(posts) requests arrived in place of 3")
        }
    }

    private static func cancellation(_ bytes: String) -> TransportCheck {
        TransportCheck("cancellation before the \(bytes.isEmpty ? "head" : "end") closes the connection") { make in
            let arrived = Seen<Bool>()
            let closed = Seen<Bool>()
            let server = try SocketServer { connection in
                _ = try connection.request()
                try connection.send(bytes)
                arrived.append(true)
                connection.waitForClose()
                closed.append(true)
            }
            let transport = make(.patient)
            let task = Task {
                // Who ends early has not to be waited for.
                defer { arrived.append(false) }
                _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 100)
            }
            try await wait(for: arrived, orThrow: "the request has to arrive")
            try require(arrived.all[0], "the request has to arrive, and wait for its answer")
            task.cancel()
            let error = try await fault("cancellation") { try await task.value }
            try require(error is CancellationError, "the error has to be a CancellationError, and is \(type(of: error))")
            try await wait(for: closed, orThrow: "the connection has to be closed, and is open after a minute")
        }
    }

    private static let lettingGo = TransportCheck("letting go of a body closes the connection") { make in
        let closed = Seen<Bool>()
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while (try? connection.sendChunk([UInt8](repeating: 7, count: 4_096))) != nil { usleep(1_000) }
            closed.append(true)
        }
        let transport = make(.patient)
        var hasBegun = false
        for try await chunk in try await transport.send(.to(server), body: nil).1 where !chunk.isEmpty {
            hasBegun = true
            break
        }
        try require(hasBegun, "the body has to arrive")
        try await wait(for: closed, orThrow: "the connection has to be closed, and is open after a minute")
    }

    private static let hundredAtOnce = TransportCheck("a hundred at once, each with its own answer") { make in
        let server = try SocketServer { connection in
            while let request = try connection.request() { try connection.respond(body: request.text + request.line) }
        }
        let transport = make(.patient)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let (_, body) = try await transport.send(.to(server, .post, "/\(index)"), body: HTTPBody("text \(index) "))
                    let text = String(decoding: try await body.collect(upTo: 1_000), as: UTF8.self)
                    try require(text == "text \(index) POST /\(index) HTTP/1.1", "request \(index) got \"\(text)\"")
                }
            }
            try await group.waitForAll()
        }
    }
}
