import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What every transport does alike, over real sockets.
@Suite struct TransportContractTests {
    private func answer(
        _ kind: TransportKind, _ bytes: String, to method: HTTPRequest.Method = .get
    ) async throws -> (HTTPResponse, String) {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.send(bytes)
        }
        let (response, body) = try await kind.make().send(.to(server, method), body: nil)
        return (response, String(decoding: try await body.collect(upTo: 1_000_000), as: UTF8.self))
    }

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

    @Test(
        arguments: TransportKind.allCases,
        [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
            "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabcde", "HTTP/1.0 200 OK\r\n\r\nabcde",
            "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde",
        ])
    func framings(_ kind: TransportKind, _ bytes: String) async throws {
        let (response, text) = try await answer(kind, bytes)
        #expect(response.status == .ok)
        #expect(text == "abcde")
        #expect(response.headerFields[HTTPField.Name("Link")!] == nil)
    }

    @Test(
        arguments: TransportKind.allCases,
        [
            ("HTTP/1.1 204 No\r\n\r\n", HTTPRequest.Method.get), ("HTTP/1.1 304 No\r\nETag: x\r\n\r\n", .get),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", .head), ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", .get),
        ])
    func noBody(_ kind: TransportKind, _ answer: (bytes: String, method: HTTPRequest.Method)) async throws {
        let (_, text) = try await self.answer(kind, answer.bytes, to: answer.method)
        #expect(text.isEmpty)
    }

    @Test(arguments: TransportKind.allCases) func fields(_ kind: TransportKind) async throws {
        let (response, _) = try await answer(
            kind,
            "HTTP/1.1 401 No\r\nWWW-Authenticate: Basic realm=\"x\"\r\nSet-Cookie: a=b; Path=/\r\nSet-Cookie: c=d\r\n"
                + "X-Many: 1\r\nX-Many: 2\r\nContent-Length: 0\r\n\r\n")
        #expect(response.status == .unauthorized)
        #expect(response.headerFields[.wwwAuthenticate] == "Basic realm=\"x\"")
        #expect(Set(response.headerFields[values: .setCookie]) == ["a=b; Path=/", "c=d"])
        #expect(response.headerFields[HTTPField.Name("X-Many")!] == "1, 2")
    }

    @Test(arguments: TransportKind.allCases) func gzip(_ kind: TransportKind) async throws {
        let gzip: [UInt8] = [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
        ]
        let seen = Seen<ReceivedRequest>()
        let server = try LoopbackServer { connection in
            if let request = try connection.request() { seen.append(request) }
            try connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzip.count)\r\n\r\n")
            try connection.send(gzip)
        }
        let (_, body) = try await kind.make().send(.to(server), body: nil)
        #expect(body.length == nil)
        let text = try await body.collect(upTo: 100)
        #expect(text == Data("hello".utf8))
        #expect(seen.all.first?["Accept-Encoding"].first?.contains("gzip") == true)
    }

    @Test(arguments: TransportKind.allCases, ["/a%2Fb", "/%2E%2E/x", "//double//", "/a;b=c,d:e@f!$&'()*~", "/?a?b/c", "/x?a=%25zz&b=+"])
    func targetsByteForByte(_ kind: TransportKind, _ target: String) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try LoopbackServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                try connection.respond()
            }
        }
        _ = try await kind.make().send(.to(server, .get, target), body: nil).1.collect(upTo: 10)
        #expect(seen.all.map(\.line) == ["GET \(target) HTTP/1.1"])
    }

    @Test(arguments: TransportKind.allCases, ["", "user@host", "host:port", "host:99999", "[::1", "h\r\nX:1", "[::1]x", ":80"])
    func authoritiesThatAreRefused(_ kind: TransportKind, _ authority: String) async throws {
        let request = HTTPRequest(method: .get, scheme: "http", authority: authority, path: "/")
        await #expect(throws: (any Error).self) { try await kind.make().send(request, body: nil) }
    }

    @Test(arguments: TransportKind.allCases, [HTTPRequest.Method.post, .put, .patch, .delete])
    func bodies(_ kind: TransportKind, _ method: HTTPRequest.Method) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try LoopbackServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                try connection.respond()
            }
        }
        let large = [UInt8](repeating: 7, count: 1_000_000)
        let bodies: [HTTPBody?] = [
            HTTPBody("{}"), HTTPBody(""), nil, HTTPBody(chunks(["ab", "", "cd"])), HTTPBody(chunks(["ab", "cd"]), length: 4),
            HTTPBody(chunks(of: large, size: 10_000), length: 1_000_000),
        ]
        let transport = kind.make()
        for body in bodies {
            let fields: HTTPFields = [.contentType: "text/plain", .contentLength: "99", .transferEncoding: "chunked"]
            _ = try await transport.send(.to(server, method, "/", fields), body: body).1.collect(upTo: 10)
        }
        #expect(seen.all.map(\.body.count) == [2, 0, 0, 4, 4, 1_000_000])
        #expect(seen.all.allSatisfy { $0["Content-Type"] == ["text/plain"] && $0["Host"] == [server.authority] })
    }

    @Test(arguments: TransportKind.allCases, [3, 5]) func bodyOfAnotherLength(_ kind: TransportKind, _ length: Int64) async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            connection.waitForClose()
        }
        await #expect {
            try await kind.make().send(.to(server, .post), body: HTTPBody(chunks(["ab", "cd"]), length: length))
        } throws: { $0 is any ReportableError }
    }

    @Test(arguments: TransportKind.allCases) func aSourceThatFails(_ kind: TransportKind) async throws {
        struct Broken: Error {}
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            connection.waitForClose()
        }
        let stream = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield([1, 2, 3])
            continuation.finish(throwing: Broken())
        }
        await #expect(throws: Broken.self) { try await kind.make().send(.to(server, .post), body: HTTPBody(stream)) }
    }

    // MARK: Faults

    @Test(
        arguments: TransportKind.allCases,
        [
            "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        ])
    func cutShort(_ kind: TransportKind, _ bytes: String) async throws {
        let fault = await code { _ = try await answer(kind, bytes) }
        #expect(fault == .networkConnectionLost)
    }

    @Test(arguments: TransportKind.allCases, ["", "HTTP/1.1 20"]) func closedBeforeTheHead(_ kind: TransportKind, _ bytes: String) async throws {
        let fault = await code { _ = try await answer(kind, bytes) }
        #expect(fault == .networkConnectionLost)
    }

    @Test(arguments: TransportKind.allCases) func reset(_ kind: TransportKind) async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            connection.reset()
        }
        let fault = await code { _ = try await kind.make().send(.to(server), body: nil) }
        #expect(fault == .networkConnectionLost)
    }

    @Test(arguments: TransportKind.allCases, ["garbage\r\n\r\nmore", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"])
    func garbage(_ kind: TransportKind, _ bytes: String) async throws {
        let fault = await code { _ = try await answer(kind, bytes) }
        #expect(fault == .badServerResponse)
    }

    @Test(arguments: TransportKind.allCases) func connectionsThatCannotBeMade(_ kind: TransportKind) async throws {
        let port = try RefusingPort()
        for authority in [port.authority, "nowhere.invalid"] {
            let request = HTTPRequest(method: .post, scheme: "http", authority: authority, path: "/?secret")
            do {
                _ = try await kind.make().send(request, body: HTTPBody("x"))
                Issue.record("connected")
            } catch {
                #expect(UnderlyingError(error).isUnsent, "\(error)")
                #expect(UnderlyingError(error).isRetryable)
            }
        }
    }

    @Test(arguments: TransportKind.allCases, ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
    func silence(_ kind: TransportKind, _ bytes: String) async throws {
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.send(bytes)
            connection.waitForClose()
        }
        let fault = await code { _ = try await kind.make(idle: .milliseconds(200)).send(.to(server), body: nil).1.collect(upTo: 100) }
        #expect(fault == .timedOut)
    }

    @Test(arguments: TransportKind.allCases) func patienceWithEvents(_ kind: TransportKind) async throws {
        let mayGoOn = Seen<Bool>()
        let server = try LoopbackServer { connection in
            guard let request = try connection.request(), !request.line.contains("/silent") else { return connection.waitForClose() }
            try connection.send("HTTP/1.1 200 OK\r\n\r\ndata: 1\n\n")
            while mayGoOn.all.isEmpty { Thread.sleep(forTimeInterval: 0.001) }
            try connection.send("data: 2\n\n")
        }
        // Long enough for a busy machine.
        let transport = kind.make(idle: .seconds(4))
        let context = TransportContext(operation: OperationContext(operation: "events"), isEventStream: true)
        var texts: [String] = []
        for try await chunk in try await transport.send(.to(server), body: nil, context: context).1 {
            texts.append(String(decoding: chunk, as: UTF8.self))
            if mayGoOn.all.isEmpty { try await Task.sleep(for: .seconds(6)) }
            mayGoOn.append(true)
        }
        #expect(texts.joined() == "data: 1\n\ndata: 2\n\n")
        // The head comes in time or not at all.
        let fault = await code { _ = try await transport.send(.to(server, .get, "/silent"), body: nil, context: context) }
        #expect(fault == .timedOut)
    }

    // MARK: Once, and not elsewhere

    @Test(arguments: TransportKind.allCases) func redirectsAreReturned(_ kind: TransportKind) async throws {
        let (response, text) = try await answer(kind, "HTTP/1.1 307 Go\r\nLocation: /x\r\nContent-Length: 2\r\n\r\ngo")
        #expect(response.status.code == 307)
        #expect(response.headerFields[.location] == "/x")
        #expect(text == "go")
    }

    @Test(arguments: TransportKind.allCases, [true, false]) func aPostIsSentOnce(_ kind: TransportKind, _ hasBody: Bool) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try LoopbackServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                if request.line.hasPrefix("POST") { return }
                try connection.respond()
            }
        }
        let transport = kind.make()
        for _ in 1...3 {
            _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 10)
            let fault = await code { _ = try await transport.send(.to(server, .post), body: hasBody ? HTTPBody("once") : nil) }
            #expect(fault == .networkConnectionLost)
        }
        // A second one would come at once.
        try await Task.sleep(for: .milliseconds(100))
        #expect(seen.all.filter { $0.line.hasPrefix("POST") && $0.text == (hasBody ? "once" : "") }.count == 3)
    }

    // MARK: Cancellation and many at once

    @Test(arguments: TransportKind.allCases, ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
    func cancellationClosesTheConnection(_ kind: TransportKind, _ bytes: String) async throws {
        let arrived = Seen<Void>()
        let closed = Seen<ContinuousClock.Instant>()
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.send(bytes)
            arrived.append(())
            connection.waitForClose()
            closed.append(.now)
        }
        let transport = kind.make()
        let task = Task { _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 100) }
        _ = await arrived.wait(for: 1)
        let cancelled = ContinuousClock.now
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        if let end = await closed.wait(for: 1).first { print("\(kind): the server saw the connection closed after \(end - cancelled)") }
    }

    @Test(arguments: TransportKind.allCases) func lettingGoClosesTheConnection(_ kind: TransportKind) async throws {
        let closed = Seen<Void>()
        let server = try LoopbackServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while (try? connection.sendChunk([UInt8](repeating: 7, count: 4_096))) != nil { usleep(1_000) }
            closed.append(())
        }
        let transport = kind.make()
        for try await chunk in try await transport.send(.to(server), body: nil).1 where !chunk.isEmpty { break }
        _ = await closed.wait(for: 1)
    }

    @Test(arguments: TransportKind.allCases) func aHundredAtOnce(_ kind: TransportKind) async throws {
        let server = try LoopbackServer { connection in
            while let request = try connection.request() { try connection.respond(body: request.text + request.line) }
        }
        let transport = kind.make()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<100 {
                group.addTask {
                    let (_, body) = try await transport.send(.to(server, .post, "/\(index)"), body: HTTPBody("text \(index) "))
                    let content = try await body.collect(upTo: 1_000)
                    return String(decoding: content, as: UTF8.self) == "text \(index) POST /\(index) HTTP/1.1"
                }
            }
            for try await isRight in group { #expect(isRight) }
        }
    }
}
