/// When a call is made again that got no answer, or one that says "later".
///
/// An attempt is repeated only if that is safe, worth it and possible:
/// - Safe: the operation is idempotent by its method (RFC 9110 section 9.2.2)
///   or by the description, or the request has an idempotency key, or not a
///   byte of it was sent, or the server says that it did nothing (425).
/// - Worth it: the status is one of ``statuses``, or the connection failed, or
///   the attempt took too long. A server's `x-should-retry` field overrules this.
/// - Possible: the body can be read again, there are attempts and time left,
///   and the client has not retried too much already.
public struct RetryPolicy: Sendable, Hashable {
    /// The most retries of a call: 2 unless set, so three attempts.
    public var maximumRetries: Int

    /// The upper bound of the first delay, which doubles with each retry; the
    /// delay itself is random below the bound. 250 ms unless set.
    public var baseDelay: Duration

    /// The most that ``baseDelay`` grows to. 8 s unless set.
    public var maximumDelay: Duration

    /// As ``baseDelay``, where the server says that it is asked too often (429). 1 s unless set.
    public var throttledBaseDelay: Duration

    /// The most that ``throttledBaseDelay`` grows to. 20 s unless set.
    public var maximumThrottledDelay: Duration

    /// The longest time that a server may ask to wait (`Retry-After`, RFC 9110
    /// section 10.2.3). If it asks for more, the call fails at once, and the
    /// error says how long. 60 s unless set.
    public var longestRetryAfter: Duration

    /// The statuses that are worth another attempt. 500 only counts for
    /// operations that are idempotent.
    public var statuses: Set<Int>

    /// Whether a request that is not safe to repeat is repeated after a 429 with
    /// `Retry-After`. Most servers have done nothing then; none promises it.
    public var retriesThrottledWrites: Bool

    /// Creates a policy.
    public init(
        maximumRetries: Int = 2, baseDelay: Duration = .milliseconds(250), maximumDelay: Duration = .seconds(8),
        throttledBaseDelay: Duration = .seconds(1), maximumThrottledDelay: Duration = .seconds(20),
        longestRetryAfter: Duration = .seconds(60), statuses: Set<Int> = RetryPolicy.standardStatuses,
        retriesThrottledWrites: Bool = false
    ) {
        self.maximumRetries = maximumRetries
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.throttledBaseDelay = throttledBaseDelay
        self.maximumThrottledDelay = maximumThrottledDelay
        self.longestRetryAfter = longestRetryAfter
        self.statuses = statuses
        self.retriesThrottledWrites = retriesThrottledWrites
    }

    /// 408, 425, 429, 500, 502, 503 and 504.
    public static let standardStatuses: Set<Int> = [408, 425, 429, 500, 502, 503, 504]

    /// Each call is one attempt.
    public static let never = RetryPolicy(maximumRetries: 0)
}
