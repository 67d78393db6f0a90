import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Brings requests and what a session reports of them together.
///
/// `URLSession.data(for:)` cannot be used: on Linux it never returns where the answer is 401 with a `Basic` challenge and
/// there is no credential (swift-corelibs-foundation issue 5456).
final class Exchanges: NSObject, URLSessionDataDelegate, @unchecked Sendable {
    private struct Exchange {
        var data = Data()
        var isChallenged = false
        let continuation: CheckedContinuation<(Data, HTTPURLResponse), any Error>
    }

    // Guarded by `lock`.
    private var exchanges: [Int: Exchange] = [:]
    private let lock = NSLock()

    func run(_ task: URLSessionDataTask) async throws -> (Data, HTTPURLResponse) {
        try await withCheckedThrowingContinuation { continuation in
            lock.withLock { exchanges[task.taskIdentifier] = Exchange(continuation: continuation) }
            task.resume()
        }
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        lock.withLock { exchanges[dataTask.taskIdentifier]?.data.append(data) }
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, didReceive challenge: URLAuthenticationChallenge,
        completionHandler: @escaping @Sendable (URLSession.AuthChallengeDisposition, URLCredential?) -> Void
    ) {
        lock.withLock { exchanges[task.taskIdentifier]?.isChallenged = true }
        completionHandler(.rejectProtectionSpace, nil)
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard let exchange = lock.withLock({ exchanges.removeValue(forKey: task.taskIdentifier) }) else { return }
        // On Linux a task whose challenge is rejected ends as if it were cancelled, with the answer in hand.
        if let response = task.response as? HTTPURLResponse, error == nil || exchange.isChallenged {
            exchange.continuation.resume(returning: (exchange.data, response))
        } else {
            exchange.continuation.resume(throwing: error ?? URLError(.badServerResponse))
        }
    }

    /// Redirects are shown, not followed.
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }
}
