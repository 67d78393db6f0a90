import Dispatch
import Foundation

/// Tells when a transfer has been idle, or has gone on, for too long.
///
/// URL loading has timeouts too, but counts the time in which it waits for the
/// reader, and in corelibs it knows whole seconds only.
final class TransferClock: @unchecked Sendable {
    private let timer: any DispatchSourceTimer
    private var idleLimit: UInt64
    private let end: UInt64
    private let lock = NSLock()
    private var lastProgress: UInt64
    private var isPaused = false

    /// - Parameter onTick: Called when a limit may have been reached: ask ``isExpired(waitingForBody:)``.
    init(_ timeouts: URLSessionTransport.Timeouts, onTick: @escaping @Sendable () -> Void) {
        let now = DispatchTime.now().uptimeNanoseconds
        lastProgress = now
        idleLimit = timeouts.idle.boundedNanoseconds
        end = timeouts.total.map { now &+ $0.boundedNanoseconds } ?? .max
        timer = DispatchSource.makeTimerSource(queue: .global())
        timer.setEventHandler(handler: onTick)
        timer.schedule(deadline: .distantFuture)
        timer.activate()
    }

    deinit {
        timer.cancel()
    }

    func start() {
        lock.withLock { schedule() }
    }

    func stop() {
        timer.cancel()
    }

    /// From now on, time without progress is none.
    func endIdleLimit() {
        lock.withLock { idleLimit = UInt64.max / 2 }
    }

    /// Something was sent or received.
    func touch() {
        let now = DispatchTime.now().uptimeNanoseconds
        lock.withLock { lastProgress = now }
    }

    /// The reader is to blame from now on.
    func pause() {
        lock.withLock { isPaused = true }
    }

    func resume() {
        let now = DispatchTime.now().uptimeNanoseconds
        lock.withLock {
            isPaused = false
            lastProgress = now
        }
    }

    /// Whether a limit has been reached. If not, there will be another tick.
    func isExpired(waitingForBody: Bool) -> Bool {
        let now = DispatchTime.now().uptimeNanoseconds
        return lock.withLock {
            if now >= end { return true }
            if isPaused || waitingForBody { lastProgress = now }
            if now &- lastProgress >= idleLimit { return true }
            schedule()
            return false
        }
    }

    private func schedule() {
        let next = min(end, lastProgress &+ idleLimit, UInt64(Int64.max))
        timer.schedule(deadline: DispatchTime(uptimeNanoseconds: next), leeway: .milliseconds(1))
    }
}

extension Duration {
    /// This duration in nanoseconds, from 1 millisecond to about 31 years.
    fileprivate var boundedNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0, attoseconds >= 0 else { return 1_000_000 }
        guard seconds < 1_000_000_000 else { return 1_000_000_000_000_000_000 }
        return max(1_000_000, UInt64(seconds) &* 1_000_000_000 &+ UInt64(attoseconds / 1_000_000_000))
    }
}
