import Foundation

/// Remembers which messages have been taken, so that none is taken twice.
///
/// It holds for one process and remembers so many of them, the newest: choose at least as
/// many as may come within the verifier's tolerance.
public final class ReplayGuard: @unchecked Sendable {
    private let lock = NSLock()
    private let capacity: Int
    private var known: Set<String> = []
    /// In the order of their coming, from `next` on and then from the start.
    private var order: [String?] = []
    private var next = 0

    /// - Parameter capacity: How many messages are remembered.
    public init(capacity: Int = 1_000) {
        self.capacity = max(capacity, 1)
    }

    /// Takes a message.
    ///
    /// - Returns: Whether it has not been taken before.
    public func take(_ message: VerifiedWebhook) -> Bool {
        lock.withLock {
            guard known.insert(message.id).inserted else { return false }
            guard order.count == capacity else {
                order.append(message.id)
                return true
            }
            if let oldest = order[next] { known.remove(oldest) }
            order[next] = message.id
            next = (next + 1) % capacity
            return true
        }
    }

    /// Forgets a message that could not be dealt with, so that the sender's next try is taken.
    public func forget(_ message: VerifiedWebhook) {
        lock.withLock {
            guard known.remove(message.id) != nil, let index = order.firstIndex(of: message.id) else { return }
            order[index] = nil
        }
    }
}
