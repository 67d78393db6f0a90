import ApusRuntime
import Testing

@Suite("Streamed values")
struct StreamTests {
    /// A body in chunks of a size, so that every boundary is cut somewhere.
    private func body(_ text: String, chunk size: Int) -> HTTPBody {
        let bytes = Array(text.utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        return HTTPBody(
            AsyncStream { continuation in
                for chunk in chunks { continuation.yield(chunk) }
                continuation.finish()
            })
    }

    private func events(_ text: String, chunk: Int) async throws -> [ServerSentEvent<String>] {
        var result: [ServerSentEvent<String>] = []
        for try await event in EventStream<String>(reading: body(text, chunk: chunk)) { result.append(event) }
        return result
    }

    @Test("Events end at blank lines, whatever the line ends are", arguments: [1, 2, 3, 1000])
    func eventFraming(chunk: Int) async throws {
        let text = "\u{FEFF}: hello\ndata: one\ndata:two\n\nevent: add\r\nid: 7\r\nretry: 250\r\ndata: three\r\n\r\ndata\r\rid: 8\n\ndata: é\n\ndata: cut off"
        let events = try await events(text, chunk: chunk)
        #expect(events.map(\.content) == ["one\ntwo", "three", "", "é"])
        #expect(events.map(\.event) == [nil, "add", nil, nil])
        #expect(events.map(\.id) == [nil, "7", "7", "8"])
        #expect(events.map(\.retry) == [nil, 250, nil, nil])
    }

    @Test("When to connect again holds until it is said anew")
    func retry() async throws {
        let events = try await events("retry: 10\n\ndata: a\nretry:\nretry: 99999999999999999999\n\ndata: b\n\n", chunk: 3)
        #expect(events.map(\.content) == ["a", "b"])
        #expect(events.map(\.retry) == [10, nil])
    }

    @Test("An ID with NUL is none, whatever follows it")
    func idWithNUL() async throws {
        let events = try await events("id: 1\ndata: a\n\nid: 2\0\u{301}\ndata: b\n\n", chunk: 100)
        #expect(events.map(\.id) == ["1", "1"])
    }

    @Test("An event of many lines takes time in proportion, and has a limit")
    func manyLines() async throws {
        let line = "data: " + String(repeating: "x", count: 1_000) + "\n"
        let chunk = Array(String(repeating: line, count: 1_000).utf8)
        let endless = HTTPBody(AsyncStream<[UInt8]> { chunk })
        await #expect(throws: HTTPBodyError.tooLarge(limit: 64 << 20)) {
            for try await _ in EventStream<String>(reading: endless) {}
        }
    }

    @Test("[DONE] ends a stream of events")
    func done() async throws {
        var numbers: [Int] = []
        for try await event in EventStream<Int>(reading: body("data: 1\n\ndata: 2\n\ndata: [DONE]\n\ndata: 3\n\n", chunk: 5)) {
            numbers.append(event.content)
        }
        #expect(numbers == [1, 2])
    }

    @Test("Data that is not the value described is an error that ends the iteration")
    func brokenEvent() async throws {
        var seen: [Int] = []
        await #expect(throws: JSONError.self) {
            for try await event in EventStream<Int>(reading: body("data: 1\n\ndata: {\n\n", chunk: 4)) { seen.append(event.content) }
        }
        #expect(seen == [1])
    }

    @Test("JSON Lines and JSON text sequences", arguments: [
        "[1]\n\n [2] \r\n[3]", "\u{1E}[1]\n\u{1E}[2]\n\u{1E}[3]\n", "\u{1E}[1]\u{1E}[\n2\n]\u{1E}\u{1E}[3]", "\u{1E}[\n1]\n\u{1E}[2]\n\u{1E}[3]",
    ], [1, 4, 1000])
    func items(text: String, chunk: Int) async throws {
        var result: [[Int]] = []
        for try await item in ItemStream<[Int]>(reading: body(text, chunk: chunk)) { result.append(item) }
        #expect(result == [[1], [2], [3]])
    }
}
