/// Server-sent events (`text/event-stream`, HTML Living Standard section 9.2)
/// as they arrive.
///
/// Iterating throws ``JSONError`` where an event's data is no such value, and
/// what the transport throws. An event whose data is `[DONE]` ends the stream,
/// as several APIs have it. With `String` for its content, an event's data is
/// taken as it is, else it is JSON. A connection that ends is not opened again.
public struct EventStream<Content: JSONCoding>: ResponseStream {
    public static var accept: String { "text/event-stream" }

    /// A browser refuses anything else, too (HTML Living Standard, section 9.2.3).
    public static var onlyMediaType: String? { accept }

    private let body: HTTPBody

    /// The body that nobody has begun to read: what a stub answers with.
    package var unreadBody: HTTPBody { body }

    public init(reading body: HTTPBody) {
        self.body = body
    }

    /// Reads the events one after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var lines: RecordReader
        private var lastID: String?
        private var isFirstLine = true
        private var isDone = false

        init(_ body: HTTPBody) {
            lines = RecordReader(body)
        }

        public mutating func next() async throws -> ServerSentEvent<Content>? {
            guard !isDone else { return nil }
            var fields = EventFields()
            while var line = try await lines.line() {
                if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
                isFirstLine = false
                guard line.isEmpty else {
                    try fields.add(line)
                    continue
                }
                // A blank line ends an event; one without data is none.
                if let id = fields.id { lastID = id }
                guard let data = fields.text() else {
                    fields.clearEvent()
                    continue
                }
                if data == "[DONE]" {
                    isDone = true
                    return nil
                }
                return ServerSentEvent(
                    content: try content(of: data), event: fields.event, id: lastID, retry: fields.retry)
            }
            // An event that the end cuts off is dropped, as the standard says.
            isDone = true
            return nil
        }

        /// Text is the data as it is; anything else is written in it as JSON.
        private func content(of data: String) throws(JSONError) -> Content {
            if let text = data as? Content { return text }
            return try JSON.decode(Content.self, from: Array(data.utf8))
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body)
    }
}

/// One server-sent event.
public struct ServerSentEvent<Content: Sendable>: Sendable {
    /// The event's data.
    public var content: Content

    /// The event's type; nil where it has none, which means `message`.
    public var event: String?

    /// The last event ID, to go on from with a `Last-Event-ID` field.
    public var id: String?

    /// How many milliseconds to wait before connecting again.
    public var retry: Int?

    /// Creates an event.
    public init(content: Content, event: String? = nil, id: String? = nil, retry: Int? = nil) {
        self.content = content
        self.event = event
        self.id = id
        self.retry = retry
    }
}

/// The fields of an event that has not ended.
private struct EventFields {
    private var data: [UInt8] = []
    private var hasData = false
    var event: String?
    var id: String?
    var retry: Int?

    /// - Throws: If the event is longer than ``RecordReader/maximumRecordBytes``.
    mutating func add(_ line: [UInt8]) throws(HTTPBodyError) {
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        let name = line[..<colon]
        if name.elementsEqual("data".utf8) {
            if hasData { data.append(0x0A) }
            hasData = true
            guard value.count <= RecordReader.maximumRecordBytes - data.count else {
                throw .tooLarge(limit: RecordReader.maximumRecordBytes)
            }
            data.append(contentsOf: value)
        } else if name.elementsEqual("event".utf8) {
            event = value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
        } else if name.elementsEqual("id".utf8) {
            if !value.contains(0) { id = String(decoding: value, as: UTF8.self) }
        } else if name.elementsEqual("retry".utf8), value.allSatisfy({ (0x30...0x39).contains($0) }),
            let milliseconds = Int(String(decoding: value, as: UTF8.self))
        {
            retry = milliseconds
        }
    }

    /// The event's data; `nil` if it has none.
    func text() -> String? {
        hasData ? String(decoding: data, as: UTF8.self) : nil
    }

    /// Forgets the event, but not when to connect again, which holds for the connection.
    mutating func clearEvent() {
        self = EventFields(retry: retry)
    }

    init(retry: Int? = nil) {
        self.retry = retry
    }
}
