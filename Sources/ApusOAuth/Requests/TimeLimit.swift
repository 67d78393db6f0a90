import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// A limit for work as a whole, also for work that does not heed cancellation.
enum TimeLimit {
    /// Runs `work`, and cancels it when the caller is cancelled.
    ///
    /// - Throws: What `work` throws, or `URLError(.timedOut)` when the time is up.
    static func run<Value: Sendable>(
        within limit: Duration, _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await work() }
        let answered = OneUse()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                let alarm = Task {
                    try await Task.sleep(for: limit)
                    guard answered.take() else { return }
                    task.cancel()
                    continuation.resume(throwing: URLError(.timedOut))
                }
                Task {
                    let result = await task.result
                    alarm.cancel()
                    if answered.take() { continuation.resume(with: result) }
                }
            }
        } onCancel: {
            task.cancel()
        }
    }
}
