/// JSON values that arrive one after the other: JSON Lines
/// (`application/jsonl`, `application/x-ndjson`) or a JSON text sequence
/// (`application/json-seq`, RFC 7464).
///
/// Iterating throws ``JSONError`` for an item that is not such a value,
/// ``HTTPBodyError/tooLarge(limit:)`` for one longer than
/// ``ClientLimits/maximumItemBytes``, ``CallTimeout/idle(_:)``, and what the transport
/// throws. Blank lines are skipped. Which of the two forms it is shows in the first byte.
public struct ItemStream<Item: JSONCoding>: ResponseStream {
    public static var accept: String { "application/jsonl" }

    private let body: HTTPBody
    private let connection: StreamConnection

    /// The body that nobody has begun to read: what a stub answers with.
    package var unreadBody: HTTPBody { body }

    public init(reading body: HTTPBody, by connection: StreamConnection) {
        self.body = body
        self.connection = connection
    }

    /// Reads the items one after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var records: RecordReader
        private var isSequence: Bool?
        private var tolerance: TolerantItems?

        init(_ body: HTTPBody, _ connection: StreamConnection) {
            records = RecordReader(body, connection)
            tolerance = connection.tolerance
        }

        public mutating func next() async throws -> Item? {
            while let record = try await nextRecord() {
                let text = record.drop { $0 == 0x1E || $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0D }
                if text.isEmpty { continue }
                if tolerance == nil { return try JSON.decode(Item.self, from: Array(text)) }
                if let item = try tolerance?.item(Item.self, from: Array(text)) { return item }
            }
            return nil
        }

        private mutating func nextRecord() async throws -> [UInt8]? {
            if isSequence == nil { isSequence = try await records.firstByte() == 0x1E }
            return isSequence == true ? try await records.sequenceElement() : try await records.line()
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(body, connection)
    }
}
