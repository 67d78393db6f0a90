extension Grant {
    static func clientCredentials(scopes: [String]) -> Grant { Grant(GrantType.clientCredentials, scopes: scopes) }
}

extension OAuth2Session {
    /// Signs in as the client itself (RFC 6749 section 4.4). When the token
    /// ends, the session signs in again by itself.
    ///
    /// - Parameter scopes: What to ask for.
    public func signInWithClientCredentials(scopes: [String] = []) async throws(OAuth2Error) {
        try await signIn(.clientCredentials(scopes: scopes))
    }
}
