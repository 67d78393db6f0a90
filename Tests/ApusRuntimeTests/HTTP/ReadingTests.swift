@testable import ApusRuntime
import Foundation
import HTTPTypes
import Testing

private typealias Answer = RecordingTransport.Answer

private func client(_ answer: Answer) -> ShopAPI.Client {
    ShopAPI.Client(transport: RecordingTransport { _, _ in answer })
}

@Suite("How a client reads") struct ReadingTests {
    private final class Log: @unchecked Sendable {
        private let lock = NSLock()
        private var entries: [JSONDeviation] = []
        func append(_ deviation: JSONDeviation) { lock.withLock { entries.append(deviation) } }
        var all: [JSONDeviation] { lock.withLock { entries } }
    }

    @Test func tolerantly() async throws {
        let log = Log()
        var client = client(.json(#"{"id":"7","name":12}"#))
        client.core.reading = .tolerant
        client.core.onDeviation = { log.append($0) }
        let (user, response) = try await client.withResponse { try await $0.getUser(id: 7) }
        #expect(user == .init(id: 7, name: "12"))
        let expected = [
            JSONDeviation(operation: "getUser", path: "$.id", expected: "Int", found: "string"),
            JSONDeviation(operation: "getUser", path: "$.name", expected: "String", found: "number"),
        ]
        #expect(response.deviations == expected)
        #expect(log.all == expected)
    }

    @Test func strictlyUnlessSet() async throws {
        let log = Log()
        var client = client(.json(#"{"id":"7","name":12}"#))
        client.core.onDeviation = { log.append($0) }
        do {
            _ = try await client.getUser(id: 7)
            Issue.record("read")
        } catch {
            guard case .decoding(let error, _) = error else { throw error }
            #expect(error.path == "$.id")
            #expect(error.further.map(\.path) == ["$.name"])
        }
        #expect(log.all.isEmpty)
    }

    @Test func noDeviations() async throws {
        var client = client(.json(#"{"id":7}"#))
        client.core.reading = .tolerant
        let (_, response) = try await client.withResponse { try await $0.getUser(id: 7) }
        #expect(response.deviations.isEmpty)
    }

    @Test("a body of another type is named in the error", arguments: [
        ("text/csv", "the body is text/csv, not JSON: expected object, found an unexpected character"),
        ("Text/HTML; charset=utf-8", "the body is text/html, not JSON: expected object, found an unexpected character"),
        ("application/json", "expected object, found an unexpected character"), ("application/problem+json;x=y", "expected object, found an unexpected character"),
        ("text/plain", "expected object, found an unexpected character"),
    ])
    func contentType(contentType: String, message: String) async throws {
        do {
            _ = try await client(Answer(body: HTTPBody(Data("id,name".utf8)), headerFields: [.contentType: contentType])).getUser(id: 7)
            Issue.record("read")
        } catch {
            guard case .decoding(let error, _) = error else { throw error }
            #expect(error.message == message)
        }
    }

    @Test("an answer that is no event stream is an error", arguments: ["application/json", "text/html; charset=utf-8", "text/plain"])
    func noEventStream(contentType: String) async throws {
        let client = client(Answer(body: HTTPBody(Data(#"{"error":"x"}"#.utf8)), headerFields: [.contentType: contentType]))
        do throws(APIError<Never>) {
            _ = try await client.events()
            Issue.record("a stream")
        } catch {
            guard case .decoding(let fault, let response) = error else { throw error }
            #expect(fault.message == "the body is \(contentType.prefix { $0 != ";" }), not text/event-stream")
            #expect(String(decoding: response.body, as: UTF8.self) == #"{"error":"x"}"#)
        }
    }

    @Test("event streams", arguments: ["text/event-stream", "Text/Event-Stream; charset=UTF-8", nil])
    func eventStream(contentType: String?) async throws {
        var fields = HTTPFields()
        fields[.contentType] = contentType
        let client = client(Answer(body: HTTPBody(Data("data: a\n\ndata: b\n\n".utf8)), headerFields: fields))
        var contents: [String] = []
        for try await event in try await client.events() { contents.append(event.content) }
        #expect(contents == ["a", "b"])
    }

    @Test("the items of a stream are read like elements of a list", arguments: [true, false])
    func tolerantStream(areEvents: Bool) async throws {
        let lines = [#"{"id":1}"#, #"{"id":"2","name":3}"#, "[]", #"{"name":"x"}"#, #"{"id":5}"#]
        let text = areEvents ? lines.map { "data: \($0)\n\n" }.joined() : lines.joined(separator: "\n")
        let log = Log()
        var client = client(.text(text, contentType: areEvents ? "text/event-stream" : "application/jsonl"))
        client.core.reading = .tolerant
        client.core.onDeviation = { log.append($0) }
        var users: [ShopAPI.User] = []
        if areEvents {
            for try await event in try await client.userEvents() { users.append(event.content) }
        } else {
            for try await user in try await client.userLines() { users.append(user) }
        }
        #expect(users.map(\.id) == [1, 2, 5])
        #expect(users[1].name == "3")
        #expect(log.all.map(\.path) == ["$[1].id", "$[1].name", "$[2]", "$[3]"])
        #expect(log.all.allSatisfy { $0.operation == "stream" })
        #expect(log.all.map { $0.reason == nil } == [true, true, false, false])
    }

    @Test func streamThatIsNoJSON() async throws {
        var client = client(.text("{\"id\":1}\n<html>\n"))
        client.core.reading = .tolerant
        var items = try await client.userLines().makeAsyncIterator()
        #expect(try await items.next()?.id == 1)
        await #expect(throws: JSONError.self) { try await items.next() }
    }

    @Test func strictStream() async throws {
        var items = try await client(.text("{\"id\":\"1\"}\n")).userLines().makeAsyncIterator()
        await #expect(throws: JSONError.self) { try await items.next() }
    }

    @Test("text in the encoding that its type says", arguments: [
        ("text/plain; charset=windows-1252", [0x80, 0x93], "\u{20AC}\u{201C}"), ("text/plain;charset=utf-16le", [0x41, 0, 0xE9, 0], "Aé"),
        ("text/plain; charset=ISO-8859-2", [0xB1], "ą"), ("text/plain; charset=windows-1251", [0xC4, 0xE0], "Да"), ("text/plain; charset=\"Shift_JIS\"", [0x93, 0xFA], "日"),
        ("text/plain; charset=nonsense", [0xC3, 0xA9], "é"),
    ] as [(String, [UInt8], String)])
    func charsets(contentType: String, bytes: [UInt8], text: String) async throws {
        #expect(try await client(Answer(body: HTTPBody(bytes), headerFields: [.contentType: contentType])).text() == text)
    }

    @Test func scalarsAsText() async throws {
        #expect(try await client(.text("42\n")).scalar(as: Int.self) == 42)
        #expect(try await client(.text("true")).scalar(as: Bool.self) == true)
        #expect(try await client(.text("2018-09-21T05:26:40Z")).scalar(as: Date.self) == Date(timeIntervalSince1970: 1_537_507_600))
        #expect(try await client(.text("active\r\n")).scalar(as: Status.self) == .active)
        #expect(try await client(.text("new")).scalar(as: Status.self) == .unknown("new"))
        #expect(try await client(.text("2")).scalar(as: Priority.self) == .high)
        #expect(try await client(.text("12")).scalar(as: String.self) == "12")
        do throws(APIError<Never>) {
            _ = try await client(.text("hunter2")).scalar(as: Int.self)
            Issue.record("read")
        } catch {
            guard case .decoding(let fault, _) = error else { throw error }
            #expect(fault.message == "the text cannot be read as Int")
        }
    }
}

extension ShopAPI.Client {
    fileprivate func events() async throws(APIError<Never>) -> EventStream<String> {
        try await send(Request(.get, "/events", operation: "events"), as: .items, errors: .none)
    }

    fileprivate func userEvents() async throws(APIError<Never>) -> EventStream<ShopAPI.User> {
        try await send(Request(.get, "/events", operation: "stream"), as: .items, errors: .none)
    }

    fileprivate func userLines() async throws(APIError<Never>) -> ItemStream<ShopAPI.User> {
        try await send(Request(.get, "/lines", operation: "stream"), as: .items, errors: .none)
    }

    fileprivate func scalar<Value: JSONCoding>(as type: Value.Type) async throws(APIError<Never>) -> Value {
        try await send(Request(.get, "/scalar", operation: "scalar"), as: .scalarText, errors: .none)
    }
}
