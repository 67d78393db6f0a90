/// One server-sent event before its data is read as something.
struct RawEvent {
    var data: String
    var event: String?
    /// The last event ID when it came.
    var id: String?
    var retry: Int?
}

/// Takes the events out of one body (HTML Living Standard, section 9.2.6).
struct EventReader {
    private var lines: RecordReader
    private var isFirstLine = true
    private var fields = EventFields()

    /// The last event ID, to go on from; an empty one where the server took it back.
    private(set) var lastID: String?

    /// How many milliseconds to wait before connecting again, as the server said last.
    private(set) var retry: Int?

    /// Whether a whole line has come, were it only a comment.
    private(set) var hasShownLife = false

    /// Whether the server said by `[DONE]` that this was all.
    private(set) var isDone = false

    init(_ body: HTTPBody, _ connection: StreamConnection, lastID: String? = nil, retry: Int? = nil) {
        lines = RecordReader(body, connection)
        self.lastID = lastID
        self.retry = retry
    }

    /// The next event; `nil` at the end.
    mutating func next() async throws -> RawEvent? {
        guard !isDone else { return nil }
        while var line = try await lines.line() {
            if isFirstLine, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
            isFirstLine = false
            hasShownLife = true
            guard line.isEmpty else {
                try fields.add(line, limit: lines.limit)
                if let said = fields.retry { retry = said }
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
            defer { fields = EventFields() }
            return RawEvent(data: data, event: fields.event, id: lastID, retry: fields.retry)
        }
        // An event that the end cuts off is dropped, as the standard says.
        fields = EventFields()
        return nil
    }
}

/// The fields of an event that has not ended.
private struct EventFields {
    private var data: [UInt8] = []
    private var hasData = false
    var event: String?
    var id: String?
    var retry: Int?

    /// - Throws: If the event is longer than the limit.
    mutating func add(_ line: [UInt8], limit: Int) throws(HTTPBodyError) {
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == 0x20 { value = value.dropFirst() }
        let name = line[..<colon]
        if name.elementsEqual("data".utf8) {
            if hasData { data.append(0x0A) }
            hasData = true
            guard value.count <= limit - data.count else { throw .tooLarge(limit: limit) }
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
