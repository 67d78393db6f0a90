import Foundation

/// What a call takes from outside of the program: time and chance.
package protocol CallClock: Sendable {
    /// Time since a moment that does not change, unaffected by changes of the date.
    var now: Duration { get }

    /// The date, to compare a server's with.
    var date: Date { get }

    /// Waits between two attempts.
    func sleep(for duration: Duration) async throws

    /// Returns when the time of an attempt is up.
    func alarm(after duration: Duration) async throws
}

/// A transport that has a time of its own, as those of tests do.
package protocol TimedTransport: Transport {
    /// `nil` for the machine's.
    var callClock: (any CallClock)? { get }
}

extension CredentialContext {
    /// What a credential tells the time by.
    package var callClock: any CallClock {
        (transport as? any TimedTransport)?.callClock ?? SystemCallClock()
    }
}

/// The machine's.
package struct SystemCallClock: CallClock {
    private static let start = ContinuousClock.now

    package init() {}

    package var now: Duration { ContinuousClock.now - Self.start }
    package var date: Date { Date() }

    package func alarm(after duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }

    package func sleep(for duration: Duration) async throws {
        try await Task.sleep(for: duration)
    }
}

/// What all copies of a client share beside their transport.
package final class CallEnvironment: Sendable {
    package let clock: any CallClock
    /// From 0 up to, but not, 1.
    package let random: @Sendable () -> Double
    /// A new idempotency key.
    package let makeKey: @Sendable () -> String
    package let budget = RetryBudget()

    package init(
        clock: any CallClock = SystemCallClock(), random: @escaping @Sendable () -> Double = { .random(in: 0..<1) },
        makeKey: @escaping @Sendable () -> String = { UUID().uuidString.lowercased() }
    ) {
        self.clock = clock
        self.random = random
        self.makeKey = makeKey
    }
}
