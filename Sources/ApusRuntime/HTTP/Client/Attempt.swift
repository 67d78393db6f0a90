import Foundation

/// One attempt of a call: a request and what came of it.
public struct Attempt: Sendable, Hashable {
    /// What came of an attempt.
    public enum Outcome: Sendable, Hashable {
        /// The server answered with this status.
        case status(Int)

        /// There was no answer; the text says why, without anything secret.
        case failure(String)
    }

    /// 1 for the first one.
    public let number: Int

    /// What came of it.
    public let outcome: Outcome

    /// How long it took: of a response that is read into memory with its body.
    public let duration: Duration

    /// How long was waited after it; `nil` after the last one.
    public let delay: Duration?
}

/// What is known of a call beside its response.
final class CallRecord: Sendable {
    let attempts: [Attempt]
    let duration: Duration
    let url: String
    let idempotencyKey: String?

    init(attempts: [Attempt], duration: Duration, url: String, idempotencyKey: String?) {
        self.attempts = attempts
        self.duration = duration
        self.url = url
        self.idempotencyKey = idempotencyKey
    }
}

/// Why there was no response, and what was tried.
public struct TransportFailure: Error {
    /// What the transport or a middleware threw, a ``ServerURLError``, an
    /// ``HTTPBodyError``, a ``RedirectError`` or a ``CallTimeout``.
    public let underlying: any Error

    /// What was tried, in order.
    public let attempts: [Attempt]

    /// The idempotency key that was sent. With it, the call can be made again
    /// later without being done twice: see ``CallOptions/idempotencyKey``.
    public let idempotencyKey: String?

    /// Creates a failure, for instance for a test.
    public init(_ underlying: any Error, attempts: [Attempt] = [], idempotencyKey: String? = nil) {
        self.underlying = underlying
        self.attempts = attempts
        self.idempotencyKey = idempotencyKey
    }

    /// Whether surely not a byte of the request was sent in the last attempt.
    public var isUnsent: Bool { UnderlyingError(underlying).isUnsent }
}

extension TransportFailure: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        "\(UnderlyingError(underlying))" + (attempts.count > 1 ? " (\(attempts.count) attempts)" : "")
    }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["description": description], displayStyle: .struct) }
}

/// A limit of the caller's was reached.
public enum CallTimeout: RetryableError, Hashable {
    /// One attempt took longer than ``CallOptions/attemptTimeout``.
    case attempt(Duration)

    /// The call took longer than ``CallOptions/deadline``.
    case deadline(Duration)

    /// Nothing of a stream came for longer than ``CallOptions/streamIdleLimit``.
    case idle(Duration)

    public var isRetryable: Bool { if case .deadline = self { false } else { true } }

    public var description: String {
        switch self {
        case .attempt(let limit): "an attempt took longer than \(limit)"
        case .deadline(let limit): "the call took longer than \(limit)"
        case .idle(let limit): "the stream was silent for \(limit)"
        }
    }
}
