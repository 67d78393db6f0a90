import HTTPTypes

/// A token that is sent as it is: `Authorization: Bearer …` (RFC 6750 section 2.1).
public struct BearerToken: Credential {
    /// The token.
    public var token: Secret

    public init(_ token: Secret) {
        self.token = token
    }

    public func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        request.headerFields[.authorization] = "Bearer " + token.exposed
    }
}
