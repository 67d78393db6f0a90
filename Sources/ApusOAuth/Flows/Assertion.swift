import ApusRuntime

extension Grant {
    static func jwtBearer(_ assertion: Secret, scopes: [String]) -> Grant {
        Grant(GrantType.jwtBearer, [Parameter("assertion", assertion)], scopes: scopes, secrets: [assertion])
    }
}

extension OAuth2Session {
    /// Signs in with an assertion that somebody has signed, in most cases a
    /// JSON Web Token (RFC 7523 section 2.1).
    ///
    /// - Parameters:
    ///   - assertion: The signed token.
    ///   - scopes: What to ask for.
    public func signIn(assertion: Secret, scopes: [String] = []) async throws(OAuth2Error) {
        try await signIn(.jwtBearer(assertion, scopes: scopes))
    }
}
