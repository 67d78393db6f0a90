import Foundation

@testable import ApusRuntime

/// A clock that goes on only while somebody waits for it, and then at once.
final class VirtualClock: CallClock, @unchecked Sendable {
    private let lock = NSLock()
    private var time = Duration.zero
    private var waited: [Duration] = []
    private var alarms: [(end: Duration, alarm: CheckedContinuation<Void, any Error>)] = []

    /// The moment of RFC 9110's example of a date.
    var date: Date { Date(timeIntervalSince1970: 784_111_777 + now.secondsAsDouble) }
    var now: Duration { lock.withLock { time } }

    /// How long was waited between attempts.
    var delays: [Double] { lock.withLock { waited.map(\.secondsAsDouble) } }

    func sleep(for duration: Duration) async throws {
        lock.withLock {
            waited.append(duration)
            time += duration
        }
        try Task.checkCancellation()
    }

    func alarm(after duration: Duration) async throws {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                lock.withLock { alarms.append((time + duration, continuation)) }
                if Task.isCancelled { cancelAlarms() }
            }
        } onCancel: {
            cancelAlarms()
        }
    }

    /// Nothing happens any more until the next alarm.
    func letTimePass() async {
        while true {
            let alarm = lock.withLock {
                guard let first = alarms.min(by: { $0.end < $1.end }) else { return nil as CheckedContinuation<Void, any Error>? }
                alarms.removeAll { $0.end == first.end }
                time = max(time, first.end)
                return first.alarm
            }
            if let alarm { return alarm.resume() }
            await Task.yield()
        }
    }

    // One call is made at a time, and it has one alarm.
    private func cancelAlarms() {
        let cancelled = lock.withLock {
            defer { alarms = [] }
            return alarms
        }
        for (_, alarm) in cancelled { alarm.resume(throwing: CancellationError()) }
    }
}
