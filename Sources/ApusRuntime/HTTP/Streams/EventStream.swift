/// Server-sent events (`text/event-stream`, HTML Living Standard section 9.2)
/// as they arrive.
///
/// Iterating throws ``JSONError`` where an event's data is not such a value,
/// ``HTTPBodyError/tooLarge(limit:)`` for an event longer than
/// ``ClientLimits/maximumItemBytes``, ``CallTimeout/idle(_:)`` where nothing came for
/// longer than ``CallOptions/streamIdleLimit``, and what the transport throws. An event whose data is
/// `[DONE]` ends the stream, as several APIs have it. With `String` for its content, an
/// event's data is taken as it is, else it is JSON. A connection that ends is not opened
/// again, unless with ``resuming(_:)``. Leaving the loop closes the connection.
public struct EventStream<Content: JSONCoding>: ResponseStream {
    public static var accept: String { "text/event-stream" }

    /// A browser refuses anything else, too (HTML Living Standard, section 9.2.3).
    public static var onlyMediaType: String? { accept }

    private let body: HTTPBody
    private let connection: StreamConnection

    /// The body that nobody has begun to read: what a stub answers with.
    package var unreadBody: HTTPBody { body }

    public init(reading body: HTTPBody, by connection: StreamConnection) {
        self.body = body
        self.connection = connection
    }

    /// Reads the events one after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var reader: EventReader
        private var tolerance: TolerantItems?

        init(_ body: HTTPBody, _ connection: StreamConnection) {
            reader = EventReader(body, connection, lastID: connection.requestedEventID)
            tolerance = connection.tolerance
        }

        public mutating func next() async throws -> ServerSentEvent<Content>? {
            while let event = try await reader.next() {
                if let event = try ServerSentEvent<Content>(event, &tolerance) { return event }
            }
            return nil
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body, connection)
    }

    /// The same events, over as many connections as they need: where one ends, the next
    /// goes on after the last event that had an ID (`Last-Event-ID`).
    ///
    ///     for try await event in try await client.watchDesk().resuming() { … }
    public func resuming(_ policy: ReconnectionPolicy = ReconnectionPolicy()) -> ResumingEventStream<Content> {
        ResumingEventStream(body, connection, policy)
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

extension ServerSentEvent where Content: JSONCoding {
    /// Text is the data as it is; anything else is written in it as JSON.
    ///
    /// - Parameter tolerance: How it is read where that is tolerantly. `nil` comes of what is
    ///   left out then.
    // Not `throws(JSONError)`: Swift 6.3's optimizer crashes over that in the iterators' `next()`.
    init?(_ raw: RawEvent, _ tolerance: inout TolerantItems?) throws {
        let content: Content?
        if let text = raw.data as? Content {
            content = text
        } else if tolerance == nil {
            content = try JSON.decode(Content.self, from: Array(raw.data.utf8))
        } else {
            content = try tolerance?.item(Content.self, from: Array(raw.data.utf8))
        }
        guard let content else { return nil }
        self.init(content: content, event: raw.event, id: raw.id, retry: raw.retry)
    }
}
