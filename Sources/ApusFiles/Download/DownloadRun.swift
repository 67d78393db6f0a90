import ApusRuntime
import Foundation
import HTTPTypes

/// One download, over as many calls as it needs.
struct DownloadRun<Client: APIClient>: Sendable {
    let client: Client
    let destination: DownloadDestination
    let options: DownloadOptions
    let operation: @Sendable (Client) async throws -> HTTPBody
    let progress: AsyncStream<TransferProgress>.Continuation

    func run() async throws -> DownloadedFile {
        let part = try PartialFile(for: destination)
        var failures = 0
        var hasBegun = false
        while true {
            let exchange = RangedExchange(from: part.progress)
            var client = client
            client.core.middleware.append(exchange)
            let before = part.length
            do {
                let body: HTTPBody
                do {
                    body = try await operation(client)
                } catch {
                    // Of a download that has begun, a server that is away is one more break.
                    guard hasBegun, exchange.isLost else { throw NoBody(cause: error) }
                    throw error
                }
                hasBegun = true
                let answer = exchange.answer
                if let answer, answer.isUnexpected { throw DownloadError.unexpectedRange }
                try part.begin(answer)
                try await write(body, to: part)
                return try finish(part, answer)
            } catch let error as NoBody {
                part.close()
                throw error.cause
            } catch let error as DownloadError {
                // Nothing of it is worth keeping.
                part.discard()
                throw error
            } catch {
                if Task.isCancelled || error is CancellationError {
                    part.close()
                    throw CancellationError()
                }
                failures = part.progress != nil && part.length > before ? 1 : failures + 1
                // Only a GET is made again.
                guard exchange.answer?.isRepeatable ?? exchange.isLost, failures <= options.maximumFailures else {
                    part.close()
                    throw DownloadError.interrupted(error)
                }
                do {
                    try await client.core.environment.clock.sleep(for: delay(failures))
                    try Task.checkCancellation()
                } catch {
                    part.close()
                    throw error
                }
            }
        }
    }

    /// The call failed; what the caller gets is its error.
    private struct NoBody: Error {
        let cause: any Error
    }

    private func delay(_ failures: Int) -> Duration {
        let bound = min(options.baseDelay * Double(1 << min(failures - 1, 20)), .seconds(30))
        return bound * client.core.environment.random()
    }

    private func write(_ body: HTTPBody, to part: PartialFile) async throws {
        report(part)
        for try await chunk in body {
            if let limit = options.maximumBytes, Int64(chunk.count) > limit - part.length { throw DownloadError.tooLarge(limit: limit) }
            try part.write(chunk)
            report(part)
        }
        try Task.checkCancellation()
        // A server that closes the connection early, and a transport that lets it.
        if let total = part.total, part.length < total { throw URLErrorOfBreak.error }
    }

    private func report(_ part: PartialFile) {
        progress.yield(TransferProgress(bytes: part.length, total: part.total))
    }

    private func finish(_ part: PartialFile, _ answer: RangedAnswer?) throws -> DownloadedFile {
        let fields = answer?.headerFields ?? [:]
        var checked: [String] = []
        if answer?.isEncoded == false {
            // That of the content is of what this answer brought, that of the representation of the whole.
            for (name, offset) in [("Content-Digest", answer?.offset ?? 0), ("Repr-Digest", 0)] {
                for digest in DigestField.values(of: name, in: fields) {
                    guard try part.digest(digest.algorithm, from: offset) == digest.value else {
                        throw DownloadError.wrongDigest(digest.algorithm.rawValue)
                    }
                    if !checked.contains(digest.algorithm.rawValue) { checked.append(digest.algorithm.rawValue) }
                }
            }
        }
        let url = try part.finish(named: fields[.contentDisposition].flatMap { ContentDisposition($0)?.safeFilename })
        return DownloadedFile(url: url, bytes: part.length, headerFields: fields, checkedDigests: checked.sorted())
    }
}
