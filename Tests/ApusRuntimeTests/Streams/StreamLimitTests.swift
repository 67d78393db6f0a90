import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

@Suite("Limits of streams")
struct StreamLimitTests {
    private func client(_ body: HTTPBody, _ contentType: String, _ clock: VirtualClock = VirtualClock()) -> ShopAPI.Client {
        let transport = RecordingTransport { _, _ in .init(body: body, headerFields: [.contentType: contentType]) }
        return ShopAPI.Client(security: [], transport: transport, limits: ClientLimits(maximumItemBytes: 100)).with(clock)
    }

    /// Pieces that come after half of the idle limit each, and then nothing.
    private func slow(_ pieces: [String], _ clock: VirtualClock, _ closed: Seen<Void>) -> HTTPBody {
        HTTPBody(
            AsyncThrowingStream { continuation in
                continuation.onTermination = { _ in closed.append(()) }
                Task {
                    for piece in pieces {
                        try await clock.sleep(for: .seconds(5))
                        continuation.yield(Array(piece.utf8))
                    }
                }
            } as AsyncThrowingStream<[UInt8], any Error>)
    }

    @Test("A stream that falls silent ends; comments keep it alive", arguments: [
        ("text/event-stream", ":\n", ":\n\ndata: a\n\n"), ("application/jsonl", "1\n", "2\n"), ("application/json-seq", "\u{1E}1\n", "\u{1E}2\n"),
    ])
    func idle(contentType: String, first: String, second: String) async throws {
        let clock = VirtualClock()
        let closed = Seen<Void>()
        let client = client(slow([first, second], clock, closed), contentType, clock).with(\.streamIdleLimit, .seconds(10))
        let task = Task {
            if contentType == "text/event-stream" {
                for try await _ in try await client.watch() {}
            } else {
                for try await _ in try await client.lines() {}
            }
        }
        await until { clock.now >= .seconds(10) }
        let passing = Task { while !Task.isCancelled { await clock.letTimePass() } }
        await #expect(throws: CallTimeout.idle(.seconds(10))) { try await task.value }
        passing.cancel()
        _ = await closed.wait(for: 1)
    }

    @Test("A connection that falls silent is one that broke")
    func idleConnection() async throws {
        let clock = VirtualClock()
        let closed = Seen<Void>()
        let transport = RecordingTransport { [self] _, index in
            index == 0
                ? .init(body: slow(["id: 1\ndata: a\n\n"], clock, closed), headerFields: [.contentType: "text/event-stream"]) : .empty(204)
        }
        let client = ShopAPI.Client(security: [], transport: transport).with(clock).with(\.streamIdleLimit, .seconds(10))
        let contents = Seen<String>()
        let task = Task {
            for try await event in try await client.watch().resuming() { contents.append(event.content) }
        }
        _ = await contents.wait(for: 1)
        await clock.letTimePass()
        try await task.value
        #expect(transport.exchanges.map { $0.header("Last-Event-ID") } == [nil, "1"])
        _ = await closed.wait(for: 1)
    }

    @Test("An event, an item and a line of either have a limit", arguments: [
        ("text/event-stream", "data: "), ("text/event-stream", ": "), ("text/event-stream", "data:\n"),
        ("application/jsonl", "1"), ("application/json-seq", "\u{1E}1"),
    ])
    func size(contentType: String, text: String) async throws {
        let endless = text == "data:\n" ? text : text + String(repeating: "1", count: 50)
        let (start, more) = (Array(endless.utf8), Array((text == "data:\n" ? text : String(repeating: "1", count: 50)).utf8))
        let body = HTTPBody(
            AsyncStream<[UInt8]>(
                unfolding: { [counter = Counter()] in
                    counter.next() == 0 ? start : more
                }))
        let client = client(body, contentType)
        await #expect(throws: HTTPBodyError.tooLarge(limit: 100)) {
            if contentType == "text/event-stream" {
                for try await _ in try await client.watch().resuming() {}
            } else {
                for try await _ in try await client.lines() {}
            }
        }
    }

    @Test("Events of many lines are read in proportion to their length")
    func manyLines() async throws {
        // 4 MB took 12 s, optimized, while they were not.
        let line = Array(("data: " + String(repeating: "x", count: 58) + "\n").utf8)
        let count = 64_000
        let bytes = Array(repeatElement(line, count: count).joined()) + [0x0A]
        var lengths: [Int] = []
        for try await event in EventStream<String>(reading: HTTPBody(bytes)) { lengths.append(event.content.utf8.count) }
        #expect(lengths == [count * 59 - 1])
    }
}

private final class Counter: @unchecked Sendable {
    private let lock = NSLock()
    private var count = 0

    func next() -> Int {
        lock.withLock {
            defer { count += 1 }
            return count
        }
    }
}
