/// How far a file is on its way.
public struct TransferProgress: Sendable, Hashable {
    /// How many bytes there are, or have been sent. It goes back where a transfer has to begin anew.
    public let bytes: Int64

    /// How many there will be, where that is known.
    public let total: Int64?

    /// From 0 to 1, where the total is known.
    public var fraction: Double? {
        total.map { $0 > 0 ? min(Double(bytes) / Double($0), 1) : 1 }
    }

    /// Creates a step.
    public init(bytes: Int64, total: Int64?) {
        self.bytes = bytes
        self.total = total
    }
}

/// A file on its way, whichever.
///
/// The transfer goes on by itself and is cancelled when this object is gone, when
/// ``cancel()`` says so, or when a task is cancelled that waits for ``value``.
public final class FileTransfer<Value: Sendable>: Sendable {
    /// How far it is. Steps that nobody has looked at yet make way for the newest; it ends
    /// when the transfer does, whatever came of it.
    public let progress: AsyncStream<TransferProgress>

    private let task: Task<Value, any Error>

    init(_ run: @escaping @Sendable (AsyncStream<TransferProgress>.Continuation) async throws -> Value) {
        let (stream, continuation) = AsyncStream.makeStream(of: TransferProgress.self, bufferingPolicy: .bufferingNewest(1))
        progress = stream
        task = Task {
            defer { continuation.finish() }
            return try await run(continuation)
        }
    }

    deinit {
        task.cancel()
    }

    /// What came of it.
    ///
    /// - Throws: What the call threw, and of a download ``DownloadError``.
    public var value: Value {
        get async throws {
            try await withTaskCancellationHandler {
                try await task.value
            } onCancel: {
                task.cancel()
            }
        }
    }

    /// Ends the transfer.
    public func cancel() {
        task.cancel()
    }
}
