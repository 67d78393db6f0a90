import Foundation

/// A mark that can be taken once, from any thread.
final class OneUse: @unchecked Sendable {
    // Guarded by `lock`; `Mutex` would raise the deployment target.
    private var isTaken = false
    private let lock = NSLock()

    /// Takes the mark. Returns false when it is taken already.
    func take() -> Bool {
        lock.withLock {
            defer { isTaken = true }
            return !isTaken
        }
    }

    /// Gives the mark back.
    func giveBack() {
        lock.withLock { isTaken = false }
    }
}
