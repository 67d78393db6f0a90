public import ApusRuntime
public import HTTPTypes

/// A fault, and which requests have it.
public struct ChaosRule: Sendable {
    /// What goes wrong.
    public enum Fault: Sendable, Hashable {
        /// The server answers with a status, and nothing reaches it.
        ///
        /// - Parameter retryAfter: Seconds for the field `Retry-After`.
        case status(Int, retryAfter: Int? = nil)
        /// The connection is reset before anything was sent.
        case refused
        /// The request arrives, and the connection is reset before the answer.
        case resetBeforeAnswer
        /// The body of the answer ends with an error after so many bytes.
        case resetAfter(bytes: Int)
        /// The body of the answer ends after so many bytes as if that were all.
        case truncatedAfter(bytes: Int)
        /// The body of the answer arrives in pieces, with a pause before each.
        case slow(bytesAtOnce: Int, pause: Duration)
        /// The answer is late.
        case late(Duration)
        /// The request arrives twice; the second answer is the one that is seen.
        case duplicate
        /// The token has expired: 401, as RFC 6750 section 3 has it.
        case expiredToken
    }

    let fault: Fault
    let probability: Double
    let isMeant: @Sendable (HTTPRequest, String?) -> Bool

    /// Creates a rule.
    ///
    /// - Parameters:
    ///   - probability: From 0 to 1.
    ///   - operations: Names of operations in the description; all requests without it.
    public init(_ fault: Fault, probability: Double, operations: [String]? = nil) {
        self.init(fault, probability: probability) { _, operation in
            operations.map { names in operation.map(names.contains) ?? false } ?? true
        }
    }

    /// Creates a rule for some requests.
    ///
    /// - Parameter isMeant: Gets the request and the name of its operation.
    public init(_ fault: Fault, probability: Double, where isMeant: @escaping @Sendable (HTTPRequest, String?) -> Bool) {
        self.fault = fault
        self.probability = probability
        self.isMeant = isMeant
    }
}

/// The fault of a connection that chaos made.
public struct ChaosError: RetryableError, UnsentRequestError, Hashable {
    /// Whether not a byte of the request was sent.
    public let isUnsent: Bool

    /// As a fault of the network is.
    public var isRetryable: Bool { true }

    public var description: String { "the connection was reset (by chaos)" }
}
