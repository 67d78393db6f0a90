public import ApusRuntime
public import Foundation

extension APIClient {
    /// Sends a file, and tells how far it is.
    ///
    ///     let upload = try client.upload(file) { try await $0.uploadPhoto($1) }
    ///     for await step in upload.progress { print(step.fraction ?? 0) }
    ///     let photo = try await upload.value
    ///
    /// The file is read while it is sent, 64 KiB at a time, and read again where the call is repeated.
    ///
    /// - Parameters:
    ///   - operation: Calls an operation with the file as its body, or as a part of a form: `FilePart($1)`.
    /// - Throws: If the file does not exist.
    public func upload<Value: Sendable>(
        _ file: URL, _ operation: @escaping @Sendable (Self, HTTPBody) async throws -> Value
    ) throws -> FileTransfer<Value> {
        let body = try HTTPBody(file: file)
        return FileTransfer { continuation in
            try await operation(self, HTTPBody(TrackedChunks(body: body, progress: continuation), length: body.length, isReplayable: true))
        }
    }
}

/// A body that tells how much of it has been read.
private struct TrackedChunks: AsyncSequence, Sendable {
    let body: HTTPBody
    let progress: AsyncStream<TransferProgress>.Continuation

    struct AsyncIterator: AsyncIteratorProtocol {
        var chunks: HTTPBody.AsyncIterator
        let total: Int64?
        let progress: AsyncStream<TransferProgress>.Continuation
        var bytes: Int64 = 0

        mutating func next() async throws -> [UInt8]? {
            let chunk = try await chunks.next()
            bytes += Int64(chunk?.count ?? 0)
            progress.yield(TransferProgress(bytes: bytes, total: total))
            return chunk
        }
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(chunks: body.makeAsyncIterator(), total: body.length, progress: progress)
    }
}
