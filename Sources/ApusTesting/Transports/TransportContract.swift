public import ApusRuntime

/// What a `Transport` owes the client above it, as checks over real sockets.
///
///     @Test(arguments: TransportContract.checks)
///     func contract(_ check: TransportCheck) async throws {
///         try await check.run { idle in MyTransport(idleTimeout: idle) }
///     }
///
/// Apus' own transports are tested by the same checks.
public enum TransportContract {
    /// What every transport has to do. Each check starts a server of its own on 127.0.0.1.
    public static var checks: [TransportCheck] {
        AnswerRow.all.map(\.check) + FaultRow.all.map(\.check) + requestChecks + connectionChecks
    }

    /// Answers that no server should send, and that some do. A transport gets over each: it
    /// gives the answer or throws. They are apart because Foundation on Linux ends the
    /// process at some of them, which no test survives.
    public static var hostileChecks: [TransportCheck] {
        hostileAnswers.map(hostileCheck) + [trailers, earlyAnswer]
    }
}

/// One thing that a transport has to do.
public struct TransportCheck: Sendable, CustomStringConvertible {
    /// What it is about, such as `a body in chunks`.
    public let name: String

    private let work: @Sendable (_ make: (Duration) -> any Transport) async throws -> Void

    init(_ name: String, _ work: @escaping @Sendable (_ make: (Duration) -> any Transport) async throws -> Void) {
        self.name = name
        self.work = work
    }

    public var description: String { name }

    /// Runs the check.
    ///
    /// - Parameter make: A new transport with connections of its own, which waits for the
    ///   given time for a server that sends nothing.
    /// - Throws: A ``TransportViolation`` where the transport does not do what it has to,
    ///   and what the transport itself throws where it must not.
    public func run(on make: (_ idle: Duration) -> any Transport) async throws {
        try await work(make)
    }
}

/// What a transport did not do.
public struct TransportViolation: Error, Sendable, Hashable, CustomStringConvertible {
    /// What it should have done, and what it did.
    public let description: String

    init(_ description: String) {
        self.description = description
    }
}

// MARK: - What the checks have in common

func require(_ condition: Bool, _ violation: @autoclosure () -> String) throws {
    if !condition { throw TransportViolation(violation()) }
}

/// The error that `work` throws.
func fault(_ expected: String, of work: () async throws -> Void) async throws -> any Error {
    do {
        try await work()
    } catch {
        return error
    }
    throw TransportViolation("\(expected) has to be an error, and none was thrown")
}

/// Waits for what a server sees, for long enough on a busy machine.
func wait<Value>(for seen: Seen<Value>, orThrow violation: String) async throws {
    for _ in 0..<6_000 {
        if !seen.all.isEmpty { return }
        try await Task.sleep(nanoseconds: 10_000_000)
    }
    throw TransportViolation(violation)
}

extension Duration {
    /// A time that no check waits for.
    static var patient: Duration { .seconds(60) }
}
