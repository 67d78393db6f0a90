import ApusOAuth
import Foundation

/// A clock that stands still, and that whoever sleeps puts forward.
final class ManualClock: OAuth2Clock, @unchecked Sendable {
    private let lock = NSLock()
    private var time = Date(timeIntervalSince1970: 1_700_000_000)
    private var slept: [Double] = []

    var now: Date { lock.withLock { time } }

    /// How long each sleep was.
    var sleeps: [Double] { lock.withLock { slept } }

    func advance(_ seconds: Double) {
        lock.withLock { time.addTimeInterval(seconds) }
    }

    func sleep(seconds: Double) async throws {
        try Task.checkCancellation()
        lock.withLock {
            slept.append(seconds)
            time.addTimeInterval(seconds)
        }
        await Task.yield()
    }
}
