import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite struct StreamingTests {
    #if canImport(FoundationNetworking)
        @Test func aSlowReaderIsWaitedForWithBoundedMemory() async throws {
            let total = 400
            let sent = Seen<Int>()
            let server = try SocketServer { connection in
                _ = try connection.request()
                try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                for index in 0..<total {
                    try connection.sendChunk([UInt8](repeating: UInt8(index & 255), count: 65_536))
                    sent.append(index)
                }
                try connection.send("0\r\n\r\n")
            }
            let (_, body) = try await URLSessionTransport().send(.to(server), body: nil)
            _ = await sent.wait(for: total)
            var position = 0
            for try await chunk in body {
                for (offset, byte) in chunk.enumerated() where Int(byte) != ((position + offset) / 65_536) & 255 {
                    Issue.record("wrong byte at \(position + offset)")
                    return
                }
                position += chunk.count
            }
            #expect(position == total * 65_536)
        }

        @Test func aBufferKeepsTheOrder() throws {
            var buffer = ReceiveBuffer()
            var written: [UInt8] = []
            var read: [UInt8] = []
            var value: UInt8 = 0
            for round in 0..<400 {
                let chunk = [UInt8](repeating: value, count: 1 + (round * 7_919) % 16_384)
                value &+= 1
                written += chunk
                try buffer.append(Data(chunk))
                #expect(buffer.countInMemory <= ReceiveBuffer.limit)
                // Sometimes the reader is faster, sometimes slower.
                for _ in 0..<(round / 50 % 3) { read += try buffer.take() ?? Data() }
            }
            while let chunk = try buffer.take() { read += chunk }
            #expect(read == written)
            #expect(buffer.countInMemory == 0)
        }
    #else
        @Test func aSlowReaderMakesTheServerWait() async throws {
            let block = [UInt8](repeating: 7, count: 65_536)
            let total = 1_000
            let sent = Seen<Int>()
            let server = try SocketServer { connection in
                _ = try connection.request()
                try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                for index in 0..<total {
                    try connection.sendChunk(block)
                    sent.append(index)
                }
                try connection.send("0\r\n\r\n")
            }
            let (_, body) = try await URLSessionTransport().send(.to(server), body: nil)
            var iterator = body.makeAsyncIterator()
            var count = try #require(try await iterator.next()).count
            // The server is stuck when it gets no further in a while.
            var stuckAt = -1
            while stuckAt != sent.all.count {
                stuckAt = sent.all.count
                try await Task.sleep(nanoseconds: 300_000_000)
            }
            // Sockets hold some megabytes on loopback, 65 MB they do not.
            #expect(stuckAt < total / 2)
            while let chunk = try await iterator.next() {
                count += chunk.count
                #expect(chunk.count <= ReceiveBuffer.limit && chunk.allSatisfy { $0 == 7 })
            }
            #expect(count == total * block.count)
            #expect(sent.all.count == total)
        }

        @Test func aSlowSourceIsSentAsItComes() async throws {
            let received = Seen<String>()
            let server = try SocketServer { connection in
                _ = try connection.head()
                for _ in 0..<3 {
                    received.append(String(decoding: try connection.take(8), as: UTF8.self))
                }
                connection.waitForCloseOrRespond()
            }
            let (stream, source) = AsyncStream<[UInt8]>.makeStream()
            let exchange = Task { try await URLSessionTransport().send(.to(server, .post), body: HTTPBody(stream)).0.status }
            for text in ["one", "two", "six"] {
                source.yield(Array(text.utf8))
                _ = await received.wait(for: received.all.count + 1)
            }
            source.finish()
            let status = try await exchange.value
            #expect(status == .ok)
            #expect(received.all == ["3\r\none\r\n", "3\r\ntwo\r\n", "3\r\nsix\r\n"])
        }

        @Test func aSlowServerMakesTheSourceWait() async throws {
            let mayRead = Seen<Void>()
            let server = try SocketServer { connection in
                _ = try connection.head()
                while mayRead.all.isEmpty { usleep(1_000) }
                _ = try connection.take(64 * 1_048_576)
                try connection.respond()
            }
            let source = CountedSource(chunk: [UInt8](repeating: 1, count: 1_048_576), count: 64)
            let body = HTTPBody(source, length: 64 * 1_048_576)
            let exchange = Task { try await URLSessionTransport().send(.to(server, .put), body: body).0.status }
            var stuckAt = -1
            while stuckAt != source.produced.all.count || stuckAt == 0 {
                stuckAt = source.produced.all.count
                try await Task.sleep(nanoseconds: 300_000_000)
            }
            #expect(stuckAt < 32)
            mayRead.append(())
            let status = try await exchange.value
            #expect(status == .ok)
            #expect(source.produced.all.count == 64)
        }
    #endif

    @Test func otherTransfersGoOnWhileReadersAreSlow() async throws {
        let block = [UInt8](repeating: 7, count: 65_536)
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                guard request.line.contains("/large") else { try connection.respond(body: "small"); continue }
                try connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                for _ in 0..<64 { try connection.sendChunk(block) }
                try connection.send("0\r\n\r\n")
            }
        }
        let transport = URLSessionTransport(configuration: .ephemeral)
        var waiting: [HTTPBody] = []
        for _ in 0..<20 { waiting.append(try await transport.send(.to(server, .get, "/large"), body: nil).1) }
        for _ in 0..<20 {
            let small = try await transport.send(.to(server), body: nil).1.collect(upTo: 10)
            #expect(small == Data("small".utf8))
        }
        for body in waiting {
            let large = try await body.collect(upTo: 10_000_000)
            #expect(large.count == 64 * block.count)
        }
        await until { transport.session.delegate.count == 0 }
    }

    @Test func aHundredAtOnce() async throws {
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                try connection.respond("200 OK", ["X-Line: \(request.line)"], body: request.text + request.line)
            }
        }
        let transport = URLSessionTransport(configuration: .ephemeral)
        for _ in 1...3 {
            try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<100 {
                    group.addTask {
                        let (response, body) = try await transport.send(
                            .to(server, .post, "/\(index)"), body: HTTPBody("text \(index) "))
                        let content = try await body.collect(upTo: 1_000)
                        return response.status == .ok
                            && String(decoding: content, as: UTF8.self) == "text \(index) POST /\(index) HTTP/1.1"
                    }
                }
                for try await isRight in group { #expect(isRight) }
            }
        }
        await until { transport.session.delegate.count == 0 }
    }

    @Test func connectionsAreUsedAgain() async throws {
        let server = try SocketServer { connection in
            while try connection.request() != nil { try connection.respond(body: "x") }
        }
        let transport = URLSessionTransport(configuration: .ephemeral)
        for _ in 1...20 {
            _ = try await transport.send(.to(server), body: nil).1.collect(upTo: 1)
            await until { transport.session.delegate.count == 0 }
        }
        #expect(server.connectionCount == 1)
    }
}

extension SocketConnection {
    /// Answers at the end of a chunked body.
    fileprivate func waitForCloseOrRespond() {
        _ = try? take(5)
        try? respond()
    }
}

/// Produces chunks and tells how many were asked for.
private struct CountedSource: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    let chunk: [UInt8]
    let count: Int
    let produced = Seen<Void>()

    struct AsyncIterator: AsyncIteratorProtocol {
        let source: CountedSource

        mutating func next() async throws -> [UInt8]? {
            guard source.produced.all.count < source.count else { return nil }
            source.produced.append(())
            return source.chunk
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(source: self) }
}
