import Foundation

/// Bytes that have arrived and have not been read yet.
///
/// A task of URL loading can be paused, and then ``isFull`` is the time to do
/// it. In corelibs a paused task starts again from the beginning, so there the
/// buffer goes on in a file: the server is not slowed down, but memory is bounded.
struct ReceiveBuffer {
    /// The most bytes that are meant to be in memory.
    static let limit = 262_144

    private var chunks: [Data] = []
    private var next = 0

    /// How many bytes are in memory.
    private(set) var countInMemory = 0

    #if canImport(FoundationNetworking)
        private var spool: SpoolFile?
    #endif

    var isFull: Bool { countInMemory >= Self.limit }
    var isHalfEmpty: Bool { countInMemory < Self.limit / 2 }

    mutating func append(_ data: Data) throws {
        #if canImport(FoundationNetworking)
            if spool != nil || countInMemory + data.count > Self.limit {
                let file = try spool ?? SpoolFile()
                spool = file
                return try file.append(data)
            }
        #endif
        chunks.append(data)
        countInMemory += data.count
    }

    /// The next bytes; `nil` if there are none at present.
    mutating func take() throws -> Data? {
        if next < chunks.count {
            let chunk = chunks[next]
            chunks[next] = Data()
            next += 1
            countInMemory -= chunk.count
            if next == chunks.count {
                chunks.removeAll(keepingCapacity: true)
                next = 0
            }
            return chunk
        }
        #if canImport(FoundationNetworking)
            guard let spool else { return nil }
            let chunk = try spool.read(upTo: 65_536)
            if spool.isRead { self.spool = nil }
            return chunk
        #else
            return nil
        #endif
    }

    mutating func removeAll() {
        chunks = []
        next = 0
        countInMemory = 0
        #if canImport(FoundationNetworking)
            spool = nil
        #endif
    }
}
