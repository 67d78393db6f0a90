public import HTTPTypes

/// Sees every request of a client on its way and every response on its way back.
///
/// The first middleware of a client is the outermost. Credentials are applied
/// below the last one, so no middleware sees a token, and a request that a
/// middleware sends again is authorized again. One that a middleware sends to
/// another server goes without.
public protocol Middleware: Sendable {
    /// Handles one request.
    ///
    /// - Parameters:
    ///   - request: The request, complete but for what authorizes it.
    ///   - operation: The operation that was called.
    ///   - next: Sends a request on and returns its response. It may be called
    ///     several times, but a body can be sent again only if it
    ///     ``HTTPBody/isReplayable``.
    /// - Throws: Whatever `next` throws, or an error of its own, which the
    ///   caller gets as ``APIError/transport(_:)``.
    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody)
}
