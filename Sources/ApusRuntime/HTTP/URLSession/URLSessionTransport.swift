import Foundation
import HTTPTypes

#if canImport(Security)
    import Security
#endif
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Sends requests with Foundation's `URLSession`.
///
/// - Bodies stream in both directions, and at most 256 KiB of either are held
///   in memory. Reading a response slowly makes the server wait. On Linux, where
///   URL loading cannot wait, the transport sends a request when its body is
///   complete, and long bodies go through a temporary file that only it can open.
/// - Redirects are not followed; a client follows those within an origin.
/// - A request whose method is not idempotent is sent once. Where a connection
///   that was used before turns out to be closed, such a request fails.
/// - Cookies, caches and stored passwords are never used.
/// - `Content-Length`, `Transfer-Encoding` and `Host` in a request are
///   ignored: the transport derives them from the body and the authority.
/// - Path and query are sent byte for byte. Bytes that RFC 3986 does not allow
///   there, such as `[`, are percent-encoded where Foundation insists on it.
///
/// On Linux, URL loading itself ends the process when a server breaks off within
/// the head of a response, adds trailer fields to a chunked body, or claims a
/// `Content-Length` near 2^63 (seen with Swift 6.3). No code outside of it can
/// prevent that. For servers that are not trusted, use another transport there.
/// It also fails on responses whose header fields have no space after the colon.
///
/// Network faults are thrown as `URLError` without any `userInfo` that could
/// hold the URL, requests that cannot be sent as ``URLSessionTransportError``.
public final class URLSessionTransport: Transport {
    /// How long a request may take.
    public struct Timeouts: Sendable, Hashable {
        /// The longest time without any progress: no byte sent and none
        /// received. Time spent waiting for the reader of the response or for
        /// the source of the request's body does not count. Between the values
        /// of an event stream there is no limit.
        public var idle: Duration

        /// The longest time from start to the end of the response's body; `nil` for no limit.
        public var total: Duration?

        /// Creates timeouts.
        public init(idle: Duration = .seconds(60), total: Duration? = nil) {
            self.idle = idle
            self.total = total
        }
    }

    let session: TransferSession
    #if canImport(FoundationNetworking)
        /// libcurl repeats a request without a body on its own where the server
        /// closes a connection that was used before: here none is used twice.
        private let onceSession: TransferSession
    #else
        private var onceSession: TransferSession { session }
    #endif
    private let timeouts: Timeouts

    private let maximumBufferedBytes: Int64

    private static let sharedSession = TransferSession(.ephemeral)
    #if canImport(FoundationNetworking)
        private static let sharedOnceSession = TransferSession(.ephemeral, closesConnections: true)
    #endif

    /// A transport with default timeouts. All such transports share their connections.
    public convenience init() {
        self.init(timeouts: Timeouts())
    }

    /// A transport that shares its connections with all others that have no configuration of their own.
    ///
    /// - Parameter maximumBufferedBytes: On Linux, the most bytes of a response
    ///   that wait for their reader, in memory and in a temporary file, as the
    ///   server cannot be made to wait; of a compressed response, from which
    ///   little data can make much, at most 64 MiB. A response that comes to
    ///   more fails with `URLError(.dataLengthExceedsMaximum)`.
    public init(timeouts: Timeouts, maximumBufferedBytes: Int64 = 1 << 30) {
        session = Self.sharedSession
        #if canImport(FoundationNetworking)
            onceSession = Self.sharedOnceSession
        #endif
        self.timeouts = timeouts
        self.maximumBufferedBytes = maximumBufferedBytes
    }

    /// A transport with connections of its own.
    ///
    /// - Parameter configuration: Proxies, TLS versions, network access and
    ///   the like. Its cookie, cache, credential and timeout settings are not used.
    public init(
        configuration: URLSessionConfiguration, timeouts: Timeouts = Timeouts(), maximumBufferedBytes: Int64 = 1 << 30
    ) {
        session = TransferSession(configuration)
        #if canImport(FoundationNetworking)
            onceSession = TransferSession(configuration, closesConnections: true)
        #endif
        self.timeouts = timeouts
        self.maximumBufferedBytes = maximumBufferedBytes
    }

    #if canImport(Security)
        /// A transport that presents a certificate where a server asks for one,
        /// for the security scheme `mutualTLS`. It has connections of its own.
        ///
        /// - Parameters:
        ///   - clientIdentity: The certificate and its private key.
        ///   - hosts: The hosts that get to see it; `nil` for every one that asks,
        ///     an authorization server too.
        public convenience init(
            clientIdentity: SecIdentity, for hosts: Set<String>?, configuration: URLSessionConfiguration = .ephemeral,
            timeouts: Timeouts = Timeouts()
        ) {
            self.init(configuration: configuration, timeouts: timeouts)
            session.delegate.clientCredential = URLCredential(
                identity: clientIdentity, certificates: nil, persistence: .none)
            session.delegate.clientHosts = hosts.map { Set($0.map { $0.lowercased() }) }
        }

        /// A transport that decides by itself whom it trusts: with keys that are
        /// pinned, or authorities of one's own. It has connections of its own.
        ///
        /// - Parameter evaluateTrust: Gets a host and what it shows, and tells
        ///   whether to go on. It stands in for the system's check, so it has
        ///   to call `SecTrustEvaluateWithError` where that should count.
        public convenience init(
            configuration: URLSessionConfiguration = .ephemeral, timeouts: Timeouts = Timeouts(),
            evaluateTrust: @escaping @Sendable (_ host: String, SecTrust) -> Bool
        ) {
            self.init(configuration: configuration, timeouts: timeouts)
            session.delegate.evaluateTrust = evaluateTrust
        }
    #endif

    /// Sends `request`.
    ///
    /// - Throws: `URLError` for network faults and timeouts,
    ///   ``URLSessionTransportError`` for a request that cannot be sent,
    ///   `CancellationError` when the task is cancelled, or what the source of the body throws.
    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await send(request, body: body, isEventStream: false)
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        try await send(request, body: body, isEventStream: context.isEventStream)
    }

    private func send(
        _ request: HTTPRequest, body: HTTPBody?, isEventStream: Bool
    ) async throws -> (HTTPResponse, HTTPBody) {
        let outgoing = try OutgoingRequest(request, body: body)
        let mayRepeat = request.method.isIdempotent
        let upload: BodyUpload? =
            if let body = outgoing.body { try await BodyUpload(body, mayRepeat: mayRepeat) } else { nil }
        let transfer = Transfer(
            outgoing, upload, timeouts: timeouts, isEventStream: isEventStream, limit: maximumBufferedBytes,
            session: mayRepeat || upload != nil ? session : onceSession)
        let response = try await transfer.start()
        return (response, transfer.responseBody(to: request.method, response))
    }
}
