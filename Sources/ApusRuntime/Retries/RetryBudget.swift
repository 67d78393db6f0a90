import Foundation

/// What retries cost, so that a server that is down is not asked ever more.
///
/// All copies of a client share one: a bucket of 500 tokens. A retry takes 14, one
/// of a throttled request 5, and a call that succeeds gives 1 back.
package final class RetryBudget: @unchecked Sendable {
    package static let capacity = 500
    static let cost = 14
    static let throttledCost = 5

    private let lock = NSLock()
    private var tokens = RetryBudget.capacity

    package init() {}

    /// How many tokens are left.
    package var left: Int { lock.withLock { tokens } }

    /// - Returns: Whether there were enough.
    func take(_ count: Int) -> Bool {
        lock.withLock {
            guard tokens >= count else { return false }
            tokens -= count
            return true
        }
    }

    func succeeded() {
        lock.withLock { if tokens < Self.capacity { tokens += 1 } }
    }
}
