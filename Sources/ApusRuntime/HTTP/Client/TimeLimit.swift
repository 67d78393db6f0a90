import Foundation

/// A limit for work as a whole, also for work that does not heed cancellation.
package enum TimeLimit {
    /// Runs `work`, and cancels it when the caller is cancelled.
    ///
    /// - Throws: What `work` throws, or `timeout` when the time is up.
    package static func run<Value: Sendable>(
        within limit: Duration, _ clock: any CallClock = SystemCallClock(), orThrow timeout: any Error,
        _ work: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let task = Task { try await work() }
        let answer = FirstAnswer()
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
                let alarm = Task {
                    try await clock.alarm(after: max(limit, .zero))
                    guard answer.take() else { return }
                    task.cancel()
                    continuation.resume(throwing: timeout)
                }
                Task {
                    let result = await task.result
                    alarm.cancel()
                    if answer.take() { continuation.resume(with: result) }
                }
            }
        } onCancel: {
            task.cancel()
        }
    }

    /// Lets one of two win.
    private final class FirstAnswer: @unchecked Sendable {
        private let lock = NSLock()
        private var isTaken = false

        func take() -> Bool {
            lock.withLock {
                defer { isTaken = true }
                return !isTaken
            }
        }
    }
}
