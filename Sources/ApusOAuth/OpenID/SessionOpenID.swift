import ApusRuntime
import Foundation
import HTTPTypes

extension OAuth2Session {
    /// What an ID token says, once it is certain that the authorization server
    /// has signed it and that it is for this client. For ID tokens that are
    /// handed on, to a backend for instance: the session itself needs no
    /// signature, as its ID tokens come from the token endpoint over TLS. A `nonce`
    /// in a token from elsewhere is for the caller to compare.
    ///
    /// - Parameters:
    ///   - token: Any ID token; the session's own where it is left out.
    ///   - algorithms: Those that the server may have used.
    /// - Throws: ``OAuth2Error/invalidIDToken(reason:)``, or why the server's
    ///   keys could not be had.
    public func verifiedClaims(
        of token: Secret? = nil, algorithms: [any SignatureAlgorithm] = [.es256, .edDSA]
    ) async throws(OAuth2Error) -> [String: JSONValue] {
        var asked = token
        if asked == nil { asked = try await restore()?.idToken }
        guard let token = asked else { throw .signInRequired }
        try await endpoint.discover { $0.jwksURL != nil && $0.isComplete }
        let claims = try validator.claims(of: token, at: clock.date)
        switch await signature(of: token, algorithms) {
        case .signed: return claims
        case .notSigned(let error), .unknown(let error): throw error
        }
    }

    /// Gets the server's keys, where the ID token that a grant will bring has to be
    /// signed by one: before the grant is spent.
    func prepareKeys(for grant: Grant) async throws(OAuth2Error) {
        guard !idTokenAlgorithms.isEmpty, grant.scopes.contains("openid") else { return }
        try await keys.prepare(at: try await keyLocation(), transport: context.transport, within: endpoint.timeout)
    }

    /// Who has signed an ID token, where the registration wants to know.
    func signature(of token: Secret) async -> ServerKeys.Verdict {
        if idTokenAlgorithms.isEmpty { return .signed }
        return await signature(of: token, idTokenAlgorithms)
    }

    private func signature(of token: Secret, _ algorithms: [any SignatureAlgorithm]) async -> ServerKeys.Verdict {
        let location: String
        do { location = try await keyLocation() } catch { return .unknown(error) }
        return await keys.verdict(
            on: token, at: location, algorithms: algorithms, transport: context.transport, within: endpoint.timeout)
    }

    private func keyLocation() async throws(OAuth2Error) -> String {
        try await endpoint.discover { $0.jwksURL != nil }
        guard let url = scheme.jwksURL else { throw .missingEndpoint("jwksURL") }
        return try Endpoint(url, serverURL: context.serverURL).url
    }

    /// What the authorization server tells of the user (OpenID Connect Core
    /// section 5.3), by the claims' names.
    ///
    /// - Throws: ``OAuth2Error/missingEndpoint(_:)`` where the server has no such
    ///   endpoint, ``OAuth2Error/invalidIDToken(reason:)`` where the response is
    ///   about another user than the ID token.
    public func userInfo() async throws(OAuth2Error) -> [String: JSONValue] {
        try await endpoint.discover { $0.userInfoURL != nil }
        guard let url = scheme.userInfoURL else { throw .missingEndpoint("userInfoURL") }
        let endpoint = try Endpoint(url, serverURL: context.serverURL)
        let token = try await validToken()
        var request = EndpointRequest(endpoint: endpoint, parameters: [], isJSON: false, secrets: [token.accessToken])
        if let key = token.key {
            request.authorization = Secret("DPoP " + token.accessToken.exposed)
            request.proof = try key.proof(
                .get, endpoint.url, token: token.accessToken, nonce: resourceNonces.nonce(for: endpoint.origin),
                now: clock.date)
        } else {
            request.authorization = Secret("Bearer " + token.accessToken.exposed)
        }
        let claims = try await request.get(by: context.transport, within: self.endpoint.timeout).members
        // Section 5.3.2: it could be about anybody else.
        if let idToken = token.idToken, let subject = IDTokenValidator.subject(of: idToken),
            claims["sub"]?.string != subject
        {
            throw .invalidIDToken(reason: "the user information is about another user")
        }
        return claims
    }

    /// Where the user's browser is to go, so that the user is signed out at the
    /// authorization server too (OpenID Connect RP-Initiated Logout 1.0). Ask for
    /// it before ``signOut(revoke:)``: it names the ID token.
    ///
    /// - Parameters:
    ///   - redirectURI: Where the server sends the user back to, as it is
    ///     registered there for this.
    ///   - state: What the redirect repeats.
    /// - Returns: A URL that holds the ID token, so not for logs.
    /// - Throws: ``OAuth2Error/missingEndpoint(_:)`` where the server has no such
    ///   endpoint.
    public func endSessionURL(
        redirectURI: String? = nil, state: String? = nil
    ) async throws(OAuth2Error) -> String {
        guard let client else { throw .notConfigured(scheme: scheme.name) }
        try await endpoint.discover { $0.endSessionURL != nil }
        guard let url = scheme.endSessionURL else { throw .missingEndpoint("endSessionURL") }
        if let redirectURI { try RedirectURI.check(redirectURI, schemes: scheme.redirectURISchemes) }
        var parameters: [(name: String, value: String)] = []
        if let idToken = try await restore()?.idToken { parameters.append(("id_token_hint", idToken.exposed)) }
        parameters.append(("client_id", client.id))
        if let redirectURI { parameters.append(("post_logout_redirect_uri", redirectURI)) }
        if let state { parameters.append(("state", state)) }
        return try Endpoint(url, serverURL: context.serverURL).adding(parameters).url
    }
}
