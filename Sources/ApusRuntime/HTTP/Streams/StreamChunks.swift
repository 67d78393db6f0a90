/// The chunks of a streamed body, each of which has to come in time.
struct StreamChunks {
    private enum Source {
        case plain(HTTPBody.AsyncIterator)
        case watched(WatchedChunks, limit: Duration)
    }

    private var source: Source
    private let environment: CallEnvironment

    init(_ body: HTTPBody, _ connection: StreamConnection) {
        environment = connection.environment
        let iterator = body.makeAsyncIterator()
        if let limit = connection.idleLimit {
            source = .watched(WatchedChunks(iterator), limit: limit)
        } else {
            source = .plain(iterator)
        }
    }

    /// - Throws: What reading the body throws, and ``CallTimeout/idle(_:)``.
    mutating func next() async throws -> [UInt8]? {
        switch source {
        case .plain(var iterator):
            let chunk = try await iterator.next()
            source = .plain(iterator)
            return chunk
        case .watched(let chunks, let limit):
            return try await TimeLimit.run(within: limit, environment.clock, orThrow: CallTimeout.idle(limit)) {
                try await chunks.next()
            }
        }
    }
}

/// An iterator that another task reads from. One chunk is asked for at a time, and none
/// after one that did not come: that is what makes it safe to hand over.
private final class WatchedChunks: @unchecked Sendable {
    private var iterator: HTTPBody.AsyncIterator

    init(_ iterator: HTTPBody.AsyncIterator) {
        self.iterator = iterator
    }

    func next() async throws -> [UInt8]? {
        try await iterator.next()
    }
}
