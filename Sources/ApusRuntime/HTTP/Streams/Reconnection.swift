/// When a stream of events is connected to again.
public struct ReconnectionPolicy: Sendable, Hashable {
    /// How many connections in a row may bring nothing, not even a comment, before
    /// the stream ends with an error: 5 unless set.
    public var maximumFailures: Int

    /// The upper bound of the wait before the first new connection where the server does
    /// not say how long to wait (`retry`). It doubles with each failure in a row; the
    /// wait itself is random below the bound. 1 s unless set.
    public var baseDelay: Duration

    /// The most that the bound grows to. 30 s unless set.
    public var maximumDelay: Duration

    /// Creates a policy.
    public init(maximumFailures: Int = 5, baseDelay: Duration = .seconds(1), maximumDelay: Duration = .seconds(30)) {
        self.maximumFailures = maximumFailures
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
    }

    /// How long to wait before the next connection.
    ///
    /// The server's `retry` is the least, as the standard has it, and the random part
    /// is added: clients that lost one server must not come back together.
    ///
    /// - Parameters:
    ///   - failures: How many connections in a row brought nothing.
    ///   - retry: What the server said, in milliseconds.
    ///   - random: From 0 up to, but not, 1.
    func delay(failures: Int, retry: Int?, random: Double) -> Duration {
        let asked = retry.map { Double($0) / 1_000 }
        // Also a server that asks for no wait at all is not asked without a pause.
        let base = max(asked ?? baseDelay.secondsAsDouble, 0.1)
        let bound = min(maximumDelay.secondsAsDouble, base * Double(1 << UInt64(min(max(failures, 0), 62))))
        return .seconds(min((asked ?? 0) + bound * random, 3_155_760_000))
    }
}

/// Why a stream of events could not be gone on with.
public struct EventStreamError: ReportableError {
    /// What stood in the way.
    public enum Reason: Sendable {
        /// Only a `GET` is made again: anything else may have its effect twice.
        case notRepeatable

        /// The connection broke after events that had no ID, so the server cannot know
        /// where to go on.
        case noEventID

        /// The last event ID cannot be written in a header field.
        case unusableEventID

        /// So many connections in a row brought nothing.
        case failures(Int)

        /// The server answered the new request with a status, or a kind of content, that
        /// another try would not change.
        case refused(Response)

        /// The new request could not be made, for instance as nobody is signed in any more.
        case impossible
    }

    /// What stood in the way.
    public let reason: Reason

    /// The ID to go on from, in a `Last-Event-ID` field of a new call.
    public let lastEventID: String?

    /// What ended the last connection, where it was an error.
    public let underlying: (any Error)?

    public var description: String {
        let text =
            switch reason {
            case .notRepeatable: "the stream broke off, and only a GET is repeated"
            case .noEventID: "the stream broke off after events without an ID"
            case .unusableEventID: "the stream broke off, and the last event ID cannot be sent"
            case .failures(let count): "the stream broke off, and \(count) connections in a row sent nothing"
            case .refused(let response): "the stream broke off, and the server refused to continue it: \(response)"
            case .impossible: "the stream broke off, and the request cannot be repeated"
            }
        return text + (underlying.map { " (\(UnderlyingError($0)))" } ?? "")
    }
}

extension EventStreamError: CustomDebugStringConvertible, CustomReflectable {
    public var debugDescription: String { description }
    // An event ID may be anything.
    public var customMirror: Mirror { Mirror(self, children: ["description": description], displayStyle: .struct) }
}
