extension OAuth2Session {
    /// Begins signing in by the implicit grant (RFC 6749 section 4.2).
    @available(*, deprecated, message: "The implicit grant gives tokens away in URLs (RFC 9700 section 2.1.2). Use authorizationRequest(redirectURI:scopes:).")
    public nonisolated func implicitAuthorizationRequest(
        redirectURI: String, scopes: [String] = []
    ) throws(OAuth2Error) -> AuthorizationRequest {
        try authorizationRequest(.token, redirectURI: redirectURI, scopes: scopes)
    }

    func signIn(byImplicit redirect: AuthorizationRedirect, for request: AuthorizationRequest) async throws(OAuth2Error) {
        let response = try redirect.response(scopeSeparator: scheme.scopeSeparator)
        try await signedIn(
            with: response.token(grantType: GrantType.implicit, scopes: request.scopes, askedAt: clock.date))
    }
}
