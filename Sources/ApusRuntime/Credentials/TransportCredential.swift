public import HTTPTypes

/// Says that the transport proves who the client is, for the security scheme
/// `mutualTLS`: nothing is added to a request.
///
/// On Apple platforms `URLSessionTransport(clientIdentity:for:)` presents a
/// certificate. On Linux Foundation's URL loading cannot; use
/// `AsyncHTTPClientTransport` there.
public struct TransportCredential: Credential {
    /// Creates a credential.
    public init() {}

    public func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {}
}
