import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct TransportFailureTests {
    private func code(_ work: () async throws -> Void) async -> URLError.Code? {
        do {
            try await work()
            return nil
        } catch {
            let error = error as? URLError
            #expect(error?.userInfo.isEmpty == true, "the URL must not be in the error")
            return error?.code
        }
    }

    @Test(arguments: [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
    ])
    func cutShort(_ bytes: String) async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send(bytes)
        }
        let (response, body) = try await URLSessionTransport().send(.to(server, .get, "/?secret"), body: nil)
        #expect(response.status == .ok)
        var received: [UInt8] = []
        let fault = await code { for try await chunk in body { received += chunk } }
        #expect(fault == .networkConnectionLost)
        #expect(received == Array("abc".utf8))
    }

    @Test(arguments: ["", "HTTP/1.1 20"])
    func closedBeforeTheHead(_ bytes: String) async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send(bytes)
        }
        let fault = await code { _ = try await URLSessionTransport().send(.to(server, .get, "/?secret"), body: nil) }
        #expect(fault == .networkConnectionLost)
    }

    @Test func resetBeforeTheHead() async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            connection.reset()
        }
        let fault = await code { _ = try await URLSessionTransport().send(.to(server), body: nil) }
        #expect(fault == .networkConnectionLost)
    }

    @Test(arguments: [
        "garbage\r\n\r\nmore", "HTTP/1.1 abc\r\n\r\n", "\u{0}\u{1}\u{2}", "HTTP/1.1 99 No\r\n\r\n", "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
    ])
    func garbage(_ bytes: String) async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send(bytes)
        }
        let fault = await code { _ = try await URLSessionTransport().send(.to(server), body: nil).1.collect(upTo: 100) }
        #expect(fault == .badServerResponse)
    }

    @Test func refused() async throws {
        let port = try RefusingPort()
        // Otherwise another test's server may get the port.
        defer { withExtendedLifetime(port) {} }
        let request = HTTPRequest(method: .get, scheme: "http", authority: port.authority, path: "/?secret")
        let fault = await code { _ = try await URLSessionTransport().send(request, body: nil) }
        #expect(fault == .cannotConnectToHost)
    }

    @Test func unknownHost() async throws {
        let request = HTTPRequest(method: .get, scheme: "http", authority: "nowhere.invalid", path: "/")
        let fault = await code { _ = try await URLSessionTransport().send(request, body: nil) }
        #expect(fault == .cannotFindHost)
    }

    @Test func silence() async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            connection.waitForClose()
        }
        let transport = URLSessionTransport(timeouts: .init(idle: .milliseconds(200)))
        let fault = await code { _ = try await transport.send(.to(server), body: nil) }
        #expect(fault == .timedOut)
    }

    @Test func silenceInTheBody() async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            connection.waitForClose()
        }
        let transport = URLSessionTransport(timeouts: .init(idle: .milliseconds(200)))
        // On a busy machine the head may be late, too.
        let fault = await code { _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 100) }
        #expect(fault == .timedOut)
    }

    @Test func totalTime() async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\n\r\n")
            while true {
                try connection.send("x")
                usleep(10_000)
            }
        }
        let transport = URLSessionTransport(timeouts: .init(idle: .seconds(10), total: .milliseconds(300)))
        let fault = await code { _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 1_000_000_000) }
        #expect(fault == .timedOut)
    }

    @Test func aSlowReaderIsNoTimeout() async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 20000000\r\n\r\n")
            try connection.send([UInt8](repeating: 1, count: 20_000_000))
        }
        // Long enough for a busy machine to send in time.
        let transport = URLSessionTransport(timeouts: .init(idle: .seconds(3)))
        let (_, body) = try await transport.send(.to(server), body: nil)
        try await Task.sleep(nanoseconds: 7_000_000_000)
        let count = try await body.collect(upTo: 20_000_000).count
        #expect(count == 20_000_000)
    }

    @Test(arguments: [Duration.zero, .seconds(-1), .seconds(Int64.max), .nanoseconds(1)])
    func oddTimeouts(_ duration: Duration) async throws {
        let server = try SocketServer { connection in
            _ = try connection.request()
            if duration > .seconds(1) { try connection.respond() } else { connection.waitForClose() }
        }
        let transport = URLSessionTransport(timeouts: .init(idle: duration, total: duration))
        let fault = await code { _ = try await transport.send(.to(server), body: nil) }
        #expect(fault == (duration > .seconds(1) ? nil : .timedOut))
    }
}

@Suite struct TransportCancellationTests {
    private let transport = URLSessionTransport(configuration: .ephemeral)

    @Test func beforeTheStart() async throws {
        let server = try SocketServer { _ in }
        let task = Task { [transport] in
            await until { Task.isCancelled }
            return try await transport.send(.to(server), body: nil)
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(transport.session.delegate.count == 0)
    }

    @Test func beforeTheHead() async throws {
        let closed = Seen<Void>()
        let arrived = Seen<Void>()
        let server = try SocketServer { connection in
            _ = try connection.request()
            arrived.append(())
            connection.waitForClose()
            closed.append(())
        }
        let task = Task { [transport] in try await transport.send(.to(server), body: nil) }
        _ = await arrived.wait(for: 1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = await closed.wait(for: 1)
        await until { transport.session.delegate.count == 0 }
    }

    @Test func whileReading() async throws {
        let closed = Seen<Void>()
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc")
            connection.waitForClose()
            closed.append(())
        }
        let read = Seen<[UInt8]>()
        let task = Task { [transport] in
            for try await chunk in try await transport.send(.to(server), body: nil).1 { read.append(chunk) }
        }
        _ = await read.wait(for: 1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = await closed.wait(for: 1)
        await until { transport.session.delegate.count == 0 }
    }

    /// With `isRead`, the iterator goes away in the middle, otherwise the body without having been read.
    @Test(arguments: [true, false])
    func byLettingGo(_ isRead: Bool) async throws {
        let closed = Seen<Void>()
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            let block = [UInt8](repeating: 7, count: 4_096)
            while (try? connection.sendChunk(block)) != nil { usleep(1_000) }
            closed.append(())
        }
        var body: HTTPBody? = try await transport.send(.to(server), body: nil).1
        if isRead {
            for try await chunk in try #require(body) where !chunk.isEmpty { break }
        } else {
            body = nil
        }
        _ = await closed.wait(for: 1)
        await until { transport.session.delegate.count == 0 }
        _ = body
    }

    @Test func whileSending() async throws {
        let server = try SocketServer { connection in
            _ = try connection.head()
            connection.waitForClose()
        }
        let (stream, source) = AsyncStream<[UInt8]>.makeStream()
        source.yield([1])
        let ended = Seen<Void>()
        source.onTermination = { _ in ended.append(()) }
        let task = Task { [transport] in try await transport.send(.to(server, .post), body: HTTPBody(stream)) }
        try await Task.sleep(nanoseconds: 50_000_000)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = await ended.wait(for: 1)
        await until { transport.session.delegate.count == 0 }
    }

    /// Cancels at any moment between start and end, also in redirects and refusals.
    @Test func atAnyTime() async throws {
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                if request.line.contains("/redirect") {
                    try connection.respond("307 Go", ["Location: http://127.0.0.1:1/"], body: "moved")
                } else if request.line.contains("/password") {
                    try connection.respond("401 No", ["WWW-Authenticate: Basic realm=\"x\""], body: "no")
                } else {
                    try connection.respond(body: String(repeating: "x", count: 100_000))
                }
            }
        }
        for round in 0..<600 {
            let path = ["/plain", "/redirect", "/password"][round % 3]
            let body = round % 2 == 0 ? HTTPBody("x") : HTTPBody(chunks(["x", "y"]))
            let task = Task { [transport] in
                let (response, content) = try await transport.send(.to(server, .post, path), body: body)
                _ = try await content.collect(upTo: 1_000_000)
                return response.status.code
            }
            try await Task.sleep(nanoseconds: UInt64(round) * 5_000)
            task.cancel()
            do {
                let status = try await task.value
                #expect([200, 307, 401].contains(status))
            } catch {
                #expect(error is CancellationError)
            }
        }
        await until { transport.session.delegate.count == 0 }
    }
}
