public import HTTPTypes

/// Sees each request on its way to the transport, and its response on the way back.
///
/// The first middleware of a client is the outermost. Credentials are added
/// after the last one, so that none of them sees a token; and they are added
/// only where the request still goes to the client's server.
public protocol Middleware: Sendable {
    /// Passes a request on, changed or not, once, several times or not at all.
    ///
    /// - Parameter next: The next middleware, or the transport.
    func intercept(
        _ request: HTTPRequest,
        body: HTTPBody?,
        operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody)
}

/// What a middleware knows about the operation.
public struct OperationContext: Sendable, Hashable {
    /// The operation's `operationId`, or its method and path where it has none.
    public let id: String
}
