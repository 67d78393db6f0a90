import Foundation
import HTTPTypes

/// What every generated client holds: where the server is, what authorizes
/// requests and what carries them.
public struct ClientCore: Sendable {
    /// The base URL of the server, without a slash at the end.
    public let serverURL: String

    /// Credentials by the name of their security scheme.
    public let credentials: [String: any Credential]

    /// What operations need that do not say so themselves.
    public let security: SecurityRequirements

    /// What carries requests.
    public let transport: any Transport

    /// What sees requests on their way, the outermost first.
    public package(set) var middleware: [any Middleware]

    /// The most that is read into memory.
    public var limits: ClientLimits

    /// How JSON is read that is not as described: ``CallOptions/reading``.
    public var reading: JSONReading {
        get { storedOptions.reading }
        set { storedOptions.reading = newValue }
    }

    /// Told of what was read though it was not as described: ``CallOptions/onDeviation``.
    public var onDeviation: (@Sendable (JSONDeviation) -> Void)? {
        get { storedOptions.onDeviation }
        set { storedOptions.onDeviation = newValue }
    }

    /// How calls are made.
    public var options: CallOptions {
        _read { yield storedOptions }
        _modify { yield &storedOptions }
    }

    @CopyOnWrite private var storedOptions: CallOptions

    /// Clock, chance and the budget of retries, which copies share.
    package var environment: CallEnvironment

    let location: Result<ServerLocation, ServerURLError>
    /// Where responses are recorded, during `withResponse`.
    var recorder: ResponseRecorder?
    /// Which page is asked for, where an operation is called for one.
    var pageTurn: PageTurn?

    /// Creates a client's core.
    ///
    /// - Parameters:
    ///   - serverURL: An absolute http or https URL. Calls throw a ``ServerURLError`` if
    ///     it is none.
    ///   - product: The API and its version, for the field `User-Agent` (RFC 9110 section
    ///     10.1.5).
    public init(
        serverURL: String, credentials: [String: any Credential] = [:], security: SecurityRequirements = [],
        transport: any Transport, middleware: [any Middleware] = [], product: String? = nil, limits: ClientLimits = ClientLimits(),
        options: CallOptions = CallOptions()
    ) {
        var options = options
        if let product, options.userAgent == UserAgent.standard { options.userAgent = UserAgent.standard(product: product) }
        storedOptions = options
        environment = CallEnvironment()
        let location = Result { () throws(ServerURLError) in try ServerLocation(serverURL) }
        self.location = location
        self.serverURL = (try? location.get())?.url ?? serverURL
        self.credentials = credentials
        self.security = security
        self.transport = transport
        self.middleware = middleware
        self.limits = limits
    }
}

/// The most that a client reads into memory.
public struct ClientLimits: Sendable, Hashable {
    /// The most bytes of an error response that are kept; what is after them
    /// is not read. 1 MiB unless set.
    public var maximumErrorBodyBytes: Int

    /// The most bytes of a response that is read as JSON, text or data. A
    /// longer one is an error, also where the description has no content for it.
    /// 64 MiB unless set. Streams have no limit.
    public var maximumJSONBodyBytes: Int

    /// The most bytes of one value of a stream, such as the data of a server-sent event
    /// or a line of JSON. 64 MiB unless set.
    public var maximumItemBytes: Int

    /// Creates limits.
    public init(maximumErrorBodyBytes: Int = 1 << 20, maximumJSONBodyBytes: Int = 1 << 26, maximumItemBytes: Int = 1 << 26) {
        self.maximumErrorBodyBytes = maximumErrorBodyBytes
        self.maximumJSONBodyBytes = maximumJSONBodyBytes
        self.maximumItemBytes = maximumItemBytes
    }
}

extension ClientCore: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "ClientCore" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// An ``APIError`` without what a response is needed for.
enum CallFailure: Error {
    case encoding(JSONError)
    case transport(any Error)
    case authorization(AuthorizationError)
    case cancelled

    /// Sorts an error of the transport, a middleware or a credential.
    init(_ error: any Error) {
        if Task.isCancelled || UnderlyingError(error).isCancellation {
            self = .cancelled
        } else if let error = error as? CallFailure {
            self = error
        } else if let error = error as? AuthorizationError {
            if case .failed(_, let cause) = error, UnderlyingError(cause).isCancellation {
                self = .cancelled
            } else {
                self = .authorization(error)
            }
        } else {
            self = .transport(error)
        }
    }
}

extension APIError {
    init(_ failed: FailedCall) {
        switch failed.failure {
        case .encoding(let error): self = .encoding(error)
        case .transport(let error): self = .transport(
            TransportFailure(
                error, attempts: failed.record?.attempts ?? [], idempotencyKey: failed.record?.idempotencyKey))
        case .authorization(let error): self = .authorization(error)
        case .cancelled: self = .cancelled
        }
    }
}
