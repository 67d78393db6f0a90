import Foundation

/// A clock that can be moved forward, so that nobody has to wait for a token to expire.
public final class MovableClock: @unchecked Sendable {
    // Guarded by `lock`.
    private var offset: TimeInterval = 0
    private let lock = NSLock()

    public init() {}

    /// The present time, as far as this clock goes.
    public var now: Date { lock.withLock { Date().addingTimeInterval(offset) } }

    /// Moves the clock forward.
    public func advance(seconds: TimeInterval) {
        lock.withLock { offset += seconds }
    }
}
