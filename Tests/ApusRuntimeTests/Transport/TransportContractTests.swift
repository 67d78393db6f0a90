import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What every transport does alike, over real sockets.
@Suite struct TransportContractTests {
    #if AsyncHTTPClient
        @Test(arguments: TransportContract.checks)
        func contractOfAsyncHTTPClient(_ check: TransportCheck) async throws {
            try await check.run { idle in TransportKind.asyncHTTPClient.make(idle: idle) }
        }
    #endif

    /// A transport that sends nothing gets past nothing but this.
    @Test func checksCanFail() async {
        struct Idle: Transport {
            func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
                (HTTPResponse(status: .ok), HTTPBody(""))
            }
        }
        var passed: [String] = []
        for check in TransportContract.checks + TransportContract.hostileChecks {
            do {
                try await check.run { _ in Idle() }
                passed.append(check.name)
            } catch {
                #expect(error is TransportViolation, "\(check): \(error)")
            }
        }
        #expect(passed == ["no body for HEAD", "an empty body"])
    }

    // MARK: - How Apus' own transports say it

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
            ("", URLError.Code.networkConnectionLost), ("HTTP/1.1 20", .networkConnectionLost),
            ("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc", .networkConnectionLost), ("garbage\r\n\r\nmore", .badServerResponse),
        ])
    func codes(_ kind: TransportKind, _ row: (bytes: String, code: URLError.Code)) async throws {
        let server = try SocketServer(answering: row.bytes)
        let fault = await code { _ = try await kind.make().send(.to(server), body: nil).1.collect(upTo: 100) }
        #expect(fault == row.code)
    }

    @Test(arguments: TransportKind.allCases) func aDecompressedBodyHasNoLength(_ kind: TransportKind) async throws {
        let gzip: [UInt8] = [
            0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 7, 0, 0x86, 0xa6, 0x10, 0x36, 5, 0, 0, 0,
        ]
        let server = try SocketServer { connection in
            _ = try connection.request()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: \(gzip.count)\r\n\r\n")
            try connection.send(gzip)
        }
        #expect(try await kind.make().send(.to(server), body: nil).1.length == nil)
    }

    @Test(arguments: TransportKind.allCases) func patienceWithEvents(_ kind: TransportKind) async throws {
        let mayGoOn = Seen<Bool>()
        let server = try SocketServer { connection in
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

    @Test(arguments: TransportKind.allCases, ["", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
    func cancellationClosesTheConnection(_ kind: TransportKind, _ bytes: String) async throws {
        let arrived = Seen<Void>()
        let closed = Seen<ContinuousClock.Instant>()
        let server = try SocketServer { connection in
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
}
