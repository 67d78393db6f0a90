/// How a client's calls are made, as far as whoever generates it decides that. `nil`,
/// and what is empty, is left to the runtime.
public struct CallDefaults: Hashable, Sendable {
    /// The longest time for a call, in milliseconds.
    public var deadline: Int?
    /// The longest time for an attempt, in milliseconds.
    public var attemptTimeout: Int?
    /// The most retries of a call.
    public var maximumRetries: Int?
    /// The longest time that a server may ask to wait, in milliseconds.
    public var longestRetryAfter: Int?
    /// The field for the idempotency keys of `POST` and `PATCH`.
    public var idempotencyKeyHeader: String?
    /// The `User-Agent` field.
    public var userAgent: String?
    /// Fields that are added to each request, in the order of their names.
    public var headerFields: [Field] = []
    /// Other origins that get the client's credentials.
    public var credentialOrigins: [String] = []

    /// A header field.
    public struct Field: Hashable, Sendable {
        public var name: String
        public var value: String

        /// Creates a field.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Leaves everything to the runtime.
    public init() {}
}
