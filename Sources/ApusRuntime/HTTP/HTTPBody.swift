public import Foundation

/// The content of a request or of a response, in chunks of bytes.
///
/// Content that is already in memory is passed on as one chunk and never
/// copied. Content from a file or from a sequence is read as it is consumed.
public struct HTTPBody: Sendable {
    enum Storage: Sendable {
        case data(Data)
        case stream(@Sendable () -> any ChunkIterator)
    }

    let storage: Storage

    /// The length in bytes, where it is known (`Content-Length`, RFC 9110 section 8.6).
    public let length: Int64?

    /// Whether the content can be read more than once, as a request that is sent again needs.
    public let isReplayable: Bool

    /// Content that is in memory.
    public init(_ data: Data) {
        storage = .data(data)
        length = Int64(data.count)
        isReplayable = true
    }

    /// Content that is in memory.
    public init(_ bytes: [UInt8]) {
        self.init(Data(bytes))
    }

    /// The text in UTF-8.
    public init(_ text: String) {
        self.init(Data(text.utf8))
    }

    /// Content that is produced while it is read.
    ///
    /// - Parameters:
    ///   - chunks: The bytes, in chunks of any size.
    ///   - length: The sum of the chunks' sizes in bytes, where it is known.
    ///   - isReplayable: Whether `chunks` can be iterated more than once. If
    ///     not, a second iteration throws ``HTTPBodyError/alreadyRead``.
    public init<Chunks: AsyncSequence & Sendable>(
        _ chunks: Chunks, length: Int64? = nil, isReplayable: Bool = false
    ) where Chunks.Element == [UInt8] {
        self.init(length: length, isReplayable: isReplayable) {
            ErasedIterator(chunks.makeAsyncIterator())
        }
    }

    /// The content of a file, read in chunks of 64 KiB when it is sent.
    ///
    /// - Throws: If the file does not exist or its size cannot be told.
    public init(file url: URL) throws {
        let attributes = try FileManager.default.attributesOfItem(atPath: url.path)
        self.init(length: (attributes[.size] as? NSNumber)?.int64Value, isReplayable: true) {
            FileIterator(url: url)
        }
    }

    init(
        length: Int64?, isReplayable: Bool,
        makeIterator: @escaping @Sendable () -> any ChunkIterator
    ) {
        self.length = length
        self.isReplayable = isReplayable
        guard !isReplayable else {
            storage = .stream(makeIterator)
            return
        }
        let wasRead = OneRead()
        storage = .stream { wasRead.first() ? makeIterator() : ExhaustedIterator() }
    }

    /// No content.
    public static let empty = HTTPBody(Data())

    /// Reads everything into memory.
    ///
    /// - Parameter limit: The most bytes that are accepted.
    /// - Throws: ``HTTPBodyError/tooLarge(limit:)`` if there are more, and what the source throws.
    public func collect(upTo limit: Int) async throws -> Data {
        if let length, length > Int64(limit) { throw HTTPBodyError.tooLarge(limit: limit) }
        switch storage {
        case .data(let data):
            return data
        case .stream(let makeIterator):
            var collected = Data()
            var iterator = makeIterator()
            while let chunk = try await iterator.next() {
                guard chunk.count <= limit - collected.count else { throw HTTPBodyError.tooLarge(limit: limit) }
                collected.append(contentsOf: chunk)
            }
            return collected
        }
    }
}

extension HTTPBody: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// How long it is. What it holds may be secret.
    public var description: String { length.map { "HTTPBody of \($0) bytes" } ?? "HTTPBody" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["length": length as Any], displayStyle: .struct) }
}

extension HTTPBody: AsyncSequence {
    /// Reads the chunks one after the other.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var iterator: any ChunkIterator

        init(_ iterator: any ChunkIterator) {
            self.iterator = iterator
        }

        public mutating func next() async throws -> [UInt8]? {
            try await iterator.next()
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        switch storage {
        case .data(let data): AsyncIterator(SingleIterator(chunk: data.isEmpty ? nil : [UInt8](data)))
        case .stream(let makeIterator): AsyncIterator(makeIterator())
        }
    }
}

/// Why content could not be read.
public enum HTTPBodyError: ReportableError, Hashable {
    /// There are more than `limit` bytes.
    case tooLarge(limit: Int)

    /// The content can be read only once and has been.
    case alreadyRead
}

/// Produces the chunks of one reading.
protocol ChunkIterator {
    mutating func next() async throws -> [UInt8]?
}

/// Tells the first reading from all later ones.
private final class OneRead: @unchecked Sendable {
    private let lock = NSLock()
    private var isRead = false

    func first() -> Bool {
        lock.withLock {
            defer { isRead = true }
            return !isRead
        }
    }
}

private struct SingleIterator: ChunkIterator {
    var chunk: [UInt8]?

    mutating func next() async throws -> [UInt8]? {
        defer { chunk = nil }
        return chunk
    }
}

private struct ExhaustedIterator: ChunkIterator {
    mutating func next() async throws -> [UInt8]? {
        throw HTTPBodyError.alreadyRead
    }
}

private struct ErasedIterator<Base: AsyncIteratorProtocol>: ChunkIterator where Base.Element == [UInt8] {
    var base: Base

    init(_ base: Base) {
        self.base = base
    }

    mutating func next() async throws -> [UInt8]? {
        try await base.next()
    }
}

private struct FileIterator: ChunkIterator {
    let url: URL
    private var handle: FileHandle?

    init(url: URL) {
        self.url = url
    }

    mutating func next() async throws -> [UInt8]? {
        try Task.checkCancellation()
        let open = try handle ?? FileHandle(forReadingFrom: url)
        handle = open
        guard let chunk = try open.read(upToCount: 65_536), !chunk.isEmpty else {
            try open.close()
            return nil
        }
        return [UInt8](chunk)
    }
}

extension HTTPBodyError {
    public var description: String {
        switch self {
        case .tooLarge(let limit): "the body is longer than \(limit) bytes"
        case .alreadyRead: "the body has been read already"
        }
    }
}
