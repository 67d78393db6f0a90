public import ApusRuntime
public import Foundation
import HTTPTypes

/// A clock in a test's hand. It stands still; whoever sleeps puts it forward, so that no
/// test waits.
///
///     let clock = TestClock()
///     let client = stub.client.with(clock: clock)     // retries wait by it
public final class TestClock: Sendable {
    private struct State {
        var elapsed = Duration.zero
        var sleeps: [Duration] = []
        var alarms: [Int: (end: Duration, alarm: CheckedContinuation<Void, any Error>)] = [:]
        var nextAlarm = 0
    }

    private let state = Locked(State())
    private let start: Date

    /// Creates a clock that shows a date.
    public init(_ date: Date = Date(timeIntervalSince1970: 1_700_000_000)) {
        start = date
    }

    /// The date that the clock shows.
    public var now: Date { start.addingTimeInterval(Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18) }

    /// How long each sleep was, in order.
    public var sleeps: [Duration] { state.withValue { $0.sleeps } }

    /// Puts the clock forward.
    public func advance(by duration: Duration) {
        let due = state.withValue { state in
            state.elapsed += duration
            let due = state.alarms.filter { $0.value.end <= state.elapsed }
            for key in due.keys { state.alarms[key] = nil }
            return due.values.map(\.alarm)
        }
        for alarm in due { alarm.resume() }
    }

    /// Puts the clock forward, and notes that somebody slept.
    ///
    /// - Throws: `CancellationError` when the task is cancelled.
    public func sleep(seconds: Double) async throws {
        try await sleep(for: .milliseconds(Int64(seconds * 1_000)))
    }

    /// A transport by which sessions of OAuth 2.0 have the time of this clock: tokens end
    /// when it is put forward, and whoever asks for a device's token does not wait. A
    /// ``FakeAuthorizationServer`` is one by itself, and what it protects.
    public func timing(_ transport: any Transport) -> any Transport {
        TransportOfClock(base: transport, clock: self)
    }

    var forCalls: any CallClock { ClockForCalls(clock: self) }

    var elapsed: Duration { state.withValue { $0.elapsed } }

    func sleep(for duration: Duration) async throws {
        try Task.checkCancellation()
        state.withValue { $0.sleeps.append(duration) }
        advance(by: duration)
        await Task.yield()
    }

    /// Returns when somebody has put the clock forward far enough.
    func alarm(after duration: Duration) async throws {
        let key = state.withValue { state in
            state.nextAlarm += 1
            return state.nextAlarm
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                state.withValue { $0.alarms[key] = ($0.elapsed + duration, continuation) }
                if Task.isCancelled { cancelAlarm(key) }
            }
        } onCancel: {
            cancelAlarm(key)
        }
    }

    private func cancelAlarm(_ key: Int) {
        state.withValue { $0.alarms.removeValue(forKey: key) }?.alarm.resume(throwing: CancellationError())
    }
}

extension APIClient {
    /// A copy of the client that waits, and times its attempts, by a clock in hand. Waits
    /// are as long as they can be, and idempotency keys are `key-1`, `key-2` and so on.
    public func with(clock: TestClock) -> Self {
        var copy = self
        let count = Locked(0)
        copy.core.environment = CallEnvironment(
            clock: clock.forCalls, random: { 0.999 },
            makeKey: {
                count.withValue { count in
                    count += 1
                    return "key-\(count)"
                }
            })
        return copy
    }
}

private struct TransportOfClock: TimedTransport {
    let base: any Transport
    let clock: TestClock

    var callClock: (any CallClock)? { clock.forCalls }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await base.send(request, body: body)
    }

    func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        try await base.send(request, body: body, context: context)
    }
}

private struct ClockForCalls: CallClock {
    let clock: TestClock

    var now: Duration { clock.elapsed }
    var date: Date { clock.now }

    func sleep(for duration: Duration) async throws { try await clock.sleep(for: duration) }
    func alarm(after duration: Duration) async throws { try await clock.alarm(after: duration) }
}
