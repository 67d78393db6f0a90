public import HTTPTypes

/// Authorizes requests for one security scheme of the description
/// (OpenAPI Security Scheme Object).
public protocol Credential: Sendable {
    /// Adds to `request` what the scheme asks for: a header field, a query
    /// parameter or a cookie.
    ///
    /// - Parameters:
    ///   - request: The request about to be sent to `request.scheme` and
    ///     `request.authority`.
    ///   - scopes: The scopes the operation's security requirement names.
    ///   - context: How to reach the network: the server the client talks to
    ///     and its transport.
    func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError)

    /// Called with every response to a request that this credential authorized,
    /// so that it learns what the server wants to see the next time.
    func receive(_ response: HTTPResponse, to request: HTTPRequest)

    /// Called once when a request that this credential authorized is answered
    /// with 401. Returns whether it is worth sending the request again with a
    /// new call to ``authorize(_:scopes:context:)``.
    ///
    /// - Parameters:
    ///   - request: The request as it was sent, so that the token in it can be
    ///     compared with the present one.
    ///   - response: The 401 response, with its `WWW-Authenticate` fields
    ///     (RFC 9110 section 11.6.1).
    func recover(
        _ request: HTTPRequest, response: HTTPResponse, context: CredentialContext
    ) async throws(AuthorizationError) -> Bool
}

extension Credential {
    public func receive(_ response: HTTPResponse, to request: HTTPRequest) {}

    public func recover(
        _ request: HTTPRequest, response: HTTPResponse, context: CredentialContext
    ) async throws(AuthorizationError) -> Bool {
        false
    }
}

/// What a credential may use to reach its own endpoints.
public struct CredentialContext: Sendable {
    /// The base URL of the API's server, without a trailing slash. Endpoint
    /// URLs of a scheme that are relative are resolved against it.
    public var serverURL: String

    /// The client's transport.
    public var transport: any Transport

    /// Creates a context.
    public init(serverURL: String, transport: any Transport) {
        self.serverURL = serverURL
        self.transport = transport
    }
}

extension CredentialContext: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // A transport is whatever its author made of it.
    public var description: String { "CredentialContext(\(serverURL))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["serverURL": serverURL]) }
}

/// Why a request could not be authorized. Nothing was sent, or what was sent
/// was refused.
public enum AuthorizationError: Error, Sendable {
    /// The operation needs one of these security schemes, and the client has a
    /// credential for none of them.
    case missingCredential(schemes: [String])

    /// The scheme has no token: sign in first.
    case signInRequired(scheme: String)

    /// What the credential allows is not enough (RFC 6750 section 3.1,
    /// `insufficient_scope`). `required` is what would be, where the server
    /// says it.
    case insufficientScope(required: [String])

    /// A credential is not sent over plain http except to a loopback address.
    case insecureConnection(host: String)

    /// The operation has a server of its own, on another origin than the
    /// client's. It gets credentials if ``CallOptions/credentialOrigins`` has it.
    case foreignServer(host: String)

    /// The scheme's own error; for OAuth 2.0 an `OAuth2Error`.
    case failed(scheme: String, any Error)
}
