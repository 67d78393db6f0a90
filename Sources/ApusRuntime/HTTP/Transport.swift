public import HTTPTypes

/// Carries one HTTP request to a server and its response back.
///
/// A transport follows no redirect and repeats no request; both are decided
/// above it. It checks for task cancellation. One that can tell that not a byte
/// of a request was sent throws an ``UnsentRequestError``.
///
/// Only ``send(_:body:)`` has to be written.
public protocol Transport: Sendable {
    /// Sends `request`, whose scheme, authority and path are set.
    ///
    /// - Returns: The head of the response, and its body, which may still be
    ///   arriving.
    /// - Throws: Whatever the network reports. `CancellationError` when the
    ///   calling task is cancelled.
    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody)

    /// Sends `request`, of which more is known.
    ///
    /// - Parameter context: What the request is for. Unless a transport has
    ///   this method, it is left out.
    func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody)
}

extension Transport {
    public func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        try await send(request, body: body)
    }
}

/// What a transport may want to know of a request beside the request.
public struct TransportContext: Sendable, Hashable {
    /// The operation that the request belongs to.
    public let operation: OperationContext

    /// Whether the response is read as values that arrive when they arrive,
    /// such as server-sent events. Such a response has no limit on the time
    /// between two bytes, once its head is there.
    public let isEventStream: Bool

    /// Creates a context, for instance for a test.
    public init(operation: OperationContext, isEventStream: Bool = false) {
        self.operation = operation
        self.isEventStream = isEventStream
    }
}

/// An error of a transport that can tell whether the server may have seen the request.
///
/// A request of which nothing was sent can be repeated whatever its method is.
public protocol UnsentRequestError: Error {
    /// Whether surely not a byte of the request has left this machine, or the server has
    /// said that it did not look at any.
    var isUnsent: Bool { get }
}
