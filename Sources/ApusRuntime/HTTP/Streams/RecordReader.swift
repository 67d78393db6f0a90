/// Cuts a streamed body into lines or records, whatever chunks it comes in.
struct RecordReader {
    /// The most bytes of a record.
    let limit: Int

    private var chunks: StreamChunks
    private var chunk: ArraySlice<UInt8> = []
    private var record: [UInt8] = []
    private var skipsLineFeed = false
    private var isAtEnd = false

    init(_ body: HTTPBody, _ connection: StreamConnection) {
        limit = connection.maximumItemBytes
        chunks = StreamChunks(body, connection)
    }

    /// The first byte of what comes next, which stays there.
    ///
    /// - Throws: What reading the body throws.
    mutating func firstByte() async throws -> UInt8? {
        while chunk.isEmpty {
            guard !isAtEnd, let more = try await chunks.next() else {
                isAtEnd = true
                return nil
            }
            chunk = more[...]
        }
        return chunk.first
    }

    /// The next line without its end (line feed, carriage return or both), or
    /// nil at the end. A last line without an end counts.
    ///
    /// - Throws: What reading the body throws, and ``HTTPBodyError/tooLarge(limit:)``.
    mutating func line() async throws -> [UInt8]? {
        try await next { $0 == 0x0A || $0 == 0x0D }
    }

    /// The next part that ends where a record separator begins (RFC 7464).
    ///
    /// - Throws: What reading the body throws, and ``HTTPBodyError/tooLarge(limit:)``.
    mutating func sequenceElement() async throws -> [UInt8]? {
        try await next { $0 == 0x1E }
    }

    private mutating func next(endingAt isEnd: (UInt8) -> Bool) async throws -> [UInt8]? {
        while true {
            if skipsLineFeed, let first = chunk.first {
                skipsLineFeed = false
                if first == 0x0A { chunk = chunk.dropFirst() }
            }
            if let end = chunk.firstIndex(where: isEnd) {
                try keep(chunk[..<end])
                skipsLineFeed = chunk[end] == 0x0D
                chunk = chunk[(end + 1)...]
                return take()
            }
            try keep(chunk)
            chunk = []
            guard !isAtEnd, let more = try await chunks.next() else {
                isAtEnd = true
                return record.isEmpty ? nil : take()
            }
            chunk = more[...]
        }
    }

    private mutating func keep(_ bytes: ArraySlice<UInt8>) throws {
        guard bytes.count <= limit - record.count else { throw HTTPBodyError.tooLarge(limit: limit) }
        record += bytes
    }

    private mutating func take() -> [UInt8] {
        defer { record = [] }
        return record
    }
}
