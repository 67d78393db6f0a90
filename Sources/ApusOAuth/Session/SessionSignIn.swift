import ApusRuntime

extension OAuth2Session {
    /// Signs in by a grant, whichever flow has brought it. Every ID token goes
    /// through the same checks.
    ///
    /// - Parameters:
    ///   - key: What the token is to be bound to.
    ///   - nonce: What the ID token has to repeat. Where there is one and
    ///     `openid` was granted, there has to be an ID token.
    ///   - maxAge: How long ago the user may have signed in, in seconds.
    func signIn(
        _ grant: Grant, key: DPoPKey? = nil, nonce: String? = nil, maxAge: Int? = nil
    ) async throws(OAuth2Error) {
        try await prepareKeys(for: grant)
        let asked = clock.date
        let response = try await endpoint.token(for: grant, key: key ?? newKey())
        if let idToken = response.idToken {
            try validator.check(idToken, nonce: nonce, maxAge: maxAge, at: asked)
            switch await signature(of: idToken) {
            case .signed: break
            case .notSigned(let error), .unknown(let error): throw error
            }
        } else if nonce != nil, response.scopes?.contains("openid") ?? true {
            // OpenID Connect Core section 3.1.3.3.
            throw .invalidIDToken(reason: "the server sent none")
        }
        try await signedIn(with: response.token(grantType: grant.type, scopes: grant.scopes, askedAt: asked))
    }
}
