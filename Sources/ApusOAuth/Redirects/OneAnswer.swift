import Foundation

/// An answer that comes once, from whoever is first and from any thread. Those
/// that come later are dropped.
final class OneAnswer<Value: Sendable>: @unchecked Sendable {
    // Guarded by `lock`.
    private var answer: Value?
    private var waiting: CheckedContinuation<Value, Never>?
    private let lock = NSLock()

    /// Gives the answer, if there is none yet.
    func give(_ value: Value) {
        let waiter: CheckedContinuation<Value, Never>? = lock.withLock {
            guard answer == nil else { return nil }
            answer = value
            defer { waiting = nil }
            return waiting
        }
        waiter?.resume(returning: value)
    }

    /// Waits for the answer. One task may.
    func value() async -> Value {
        await withCheckedContinuation { continuation in
            let present: Value? = lock.withLock {
                if answer == nil { waiting = continuation }
                return answer
            }
            if let present { continuation.resume(returning: present) }
        }
    }
}
