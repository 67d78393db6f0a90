import Foundation

/// What the methods of a client share.
public struct ClientCore: Sendable {
    /// The server's base URL, which the operations' paths are appended to.
    public var serverURL: String {
        didSet { server = ServerURL(serverURL) }
    }

    /// Credentials by the name of their security scheme.
    public var credentials: [String: any Credential]

    /// What operations require that have no security requirement of their own.
    public var security: SecurityRequirements

    /// What carries requests.
    public var transport: any Transport

    /// What sees each request on its way, the first one first.
    public var middleware: [any Middleware]

    /// The most bytes of an error response that are read. Longer content is dropped.
    public var maximumErrorBody = 1 << 20

    /// The most bytes of a successful response that are read into memory.
    /// Longer content makes ``APIError/transport(_:)`` of ``HTTPBodyError/tooLarge(limit:)``.
    public var maximumBody = Int.max

    var server: ServerURL?
    var recorder: ResponseRecorder?

    /// Creates what a client needs.
    public init(
        serverURL: String,
        credentials: [String: any Credential] = [:],
        security: SecurityRequirements = [],
        transport: any Transport,
        middleware: [any Middleware] = []
    ) {
        self.serverURL = serverURL
        self.credentials = credentials
        self.security = security
        self.transport = transport
        self.middleware = middleware
        server = ServerURL(serverURL)
    }
}

/// A server URL that requests cannot be sent to.
public struct InvalidServerURL: Error, Sendable, Hashable, CustomStringConvertible {
    public var description: String {
        "the server's URL is not an absolute http or https URL without user information"
    }
}
