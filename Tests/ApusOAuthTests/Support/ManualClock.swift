import ApusRuntime
import Foundation

/// A clock that stands still, and that whoever sleeps puts forward.
final class ManualClock: CallClock, @unchecked Sendable {
    private let lock = NSLock()
    private let start = Date(timeIntervalSince1970: 1_700_000_000)
    private var passed = 0.0
    private var slept: [Double] = []

    var date: Date { lock.withLock { start.addingTimeInterval(passed) } }
    var now: Duration { .seconds(lock.withLock { passed }) }

    /// How long each sleep was, in seconds.
    var sleeps: [Double] { lock.withLock { slept } }

    func advance(_ seconds: Double) {
        lock.withLock { passed += seconds }
    }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        lock.withLock {
            slept.append(duration / .seconds(1))
            passed += duration / .seconds(1)
        }
        await Task.yield()
    }

    /// What waits for sockets has the machine's time.
    func alarm(after duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}
