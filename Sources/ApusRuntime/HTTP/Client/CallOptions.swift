public import HTTPTypes

/// How calls of a client are made. Change them for some calls with
/// ``APIClient/with(_:_:)``.
public struct CallOptions: Sendable {
    /// The longest time for a call: all attempts, the waiting between them,
    /// and the body of a response that is read into memory. A stream goes on
    /// after its head has come. `nil`, unless set, for no limit.
    public var deadline: Duration?

    /// The longest time for one attempt. A quarter of the deadline unless set,
    /// or no limit if there is no deadline.
    public var attemptTimeout: Duration?

    /// The longest time without a byte of a streamed response: server-sent events, with
    /// the comments between them, JSON Lines, JSON text sequences. `nil`, unless set, for no limit.
    public var streamIdleLimit: Duration?

    /// When a call is made again.
    public var retries = RetryPolicy()

    /// Fields that are added to each request, or stand in for those it has.
    public var headerFields = HTTPFields()

    /// Parameters that are added to the query of each request, by name and value.
    public var query: [(name: String, value: String)] = []

    /// The idempotency key of the call, for instance one that was kept from a
    /// ``TransportFailure``. It is for one call; the next one needs another.
    public var idempotencyKey: String?

    /// The field for idempotency keys of `POST` and `PATCH` where the
    /// description has none for the operation. If it is set, each such call gets a key.
    public var idempotencyKeyHeader: HTTPField.Name?

    /// Another base URL than the client's. It gets the client's credentials.
    public var serverURL: String?

    /// Origins beside the client's own that get its credentials, such as
    /// `https://uploads.example.com`: operations may have servers of their own.
    public var credentialOrigins: Set<String> = []

    /// The `User-Agent` field (RFC 9110 section 10.1.5): the name of the
    /// process, Apus and the platform, unless set. `nil` leaves it to the transport.
    public var userAgent: String? = UserAgent.standard

    /// The most pages that one walk over the pages of an operation asks for; one more
    /// is an error. 10,000 unless set.
    public var maximumPages = 10_000

    /// How JSON is read that is not as described. Strictly unless set.
    public var reading = JSONReading.strict

    /// Told of what was not as described and was read all the same, by clients that read
    /// tolerantly: for a log or a metric that shows where an API and its description
    /// drift apart.
    public var onDeviation: (@Sendable (JSONDeviation) -> Void)?

    /// Told what happens to each call. It runs in the call's task, which waits for it.
    public var onEvent: (@Sendable (CallEvent) -> Void)?

    /// Stands around each call and each attempt, for spans and metrics: see
    /// `ApusObservability`.
    public var observer: (any CallObserver)?

    /// Creates options.
    public init() {}
}

extension CallOptions: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // Fields and parameters may be secret.
    public var description: String { "CallOptions" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension APIClient {
    /// A copy of the client for which one option is another. It shares all else
    /// with this one: connections, tokens, the budget of retries.
    ///
    ///     try await client.with(\.deadline, .seconds(5)).getUser(id: 1)
    public func with<Value>(_ option: WritableKeyPath<CallOptions, Value>, _ value: Value) -> Self {
        var copy = self
        copy.core.options[keyPath: option] = value
        return copy
    }

    /// A copy of the client for which several options are others.
    public func with(_ change: (inout CallOptions) -> Void) -> Self {
        var copy = self
        change(&copy.core.options)
        return copy
    }
}

/// What happens to a call. No case holds anything that may be secret.
public enum CallEvent: Sendable, Hashable {
    /// An attempt begins.
    case attemptBegan(OperationContext)

    /// An attempt is over.
    case attemptEnded(OperationContext, Attempt.Outcome, Duration)

    /// There will be another attempt after a while.
    case retrying(OperationContext, after: Duration)

    /// The server did not keep to the description: what was found.
    case deviation(operation: String, String)
}
