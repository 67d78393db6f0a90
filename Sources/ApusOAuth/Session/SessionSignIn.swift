import ApusRuntime
import Foundation

extension OAuth2Session {
    /// Signs in with the user's own name and password (RFC 6749 section 4.3).
    ///
    /// - Parameters:
    ///   - username: The user's name.
    ///   - password: The user's password. It is sent and not kept.
    ///   - scopes: What to ask for.
    public func signIn(username: String, password: Secret, scopes: [String] = []) async throws(OAuth2Error) {
        try await signIn(
            .password(username: username, password, scopes: scopes), grantType: GrantType.password, scopes: scopes
        )
    }

    /// Signs in as the client itself (RFC 6749 section 4.4). When the token
    /// ends, the session signs in again by itself.
    ///
    /// - Parameter scopes: What to ask for.
    public func signInWithClientCredentials(scopes: [String] = []) async throws(OAuth2Error) {
        try await signIn(
            .clientCredentials(scopes: scopes), grantType: GrantType.clientCredentials, scopes: scopes
        )
    }

    /// Begins signing in through the authorization server's own page (RFC 6749
    /// section 4.1, with a proof key by RFC 7636). Nothing is sent; open the
    /// request's `url` in a browser.
    ///
    /// - Parameters:
    ///   - redirectURI: Where the server sends the user back to, as it is
    ///     registered there.
    ///   - scopes: What to ask for.
    ///   - parameters: What else to ask for, such as a new sign-in.
    public nonisolated func authorizationRequest(
        redirectURI: String, scopes: [String] = [], parameters: AuthorizationParameters = AuthorizationParameters()
    ) throws(OAuth2Error) -> AuthorizationRequest {
        try authorizationRequest(.code, redirectURI: redirectURI, scopes: scopes, parameters: parameters)
    }

    /// Begins signing in by the implicit grant (RFC 6749 section 4.2).
    @available(*, deprecated, message: "The implicit grant gives tokens away in URLs (RFC 9700 section 2.1.2). Use authorizationRequest(redirectURI:scopes:).")
    public nonisolated func implicitAuthorizationRequest(
        redirectURI: String, scopes: [String] = []
    ) throws(OAuth2Error) -> AuthorizationRequest {
        try authorizationRequest(.token, redirectURI: redirectURI, scopes: scopes)
    }

    nonisolated func authorizationRequest(
        _ responseType: AuthorizationRequest.ResponseType, redirectURI: String, scopes: [String],
        parameters: AuthorizationParameters = AuthorizationParameters()
    ) throws(OAuth2Error) -> AuthorizationRequest {
        guard let client else { throw .notConfigured(scheme: scheme.name) }
        try RedirectURI.check(redirectURI, schemes: scheme.redirectURISchemes)
        let implicitURL = responseType == .token ? scheme.implicitAuthorizationURL : nil
        guard let url = implicitURL ?? scheme.authorizationURL else { throw .missingEndpoint("authorizationURL") }
        // OpenID Connect Core section 3.1.2.1: without it the request is not one
        // of OpenID Connect.
        let scopes = scheme.isOpenID && !scopes.contains("openid") ? ["openid"] + scopes : scopes
        return AuthorizationRequest(
            endpoint: try Endpoint(url, serverURL: context.serverURL), scheme: scheme, client: client,
            redirectURI: redirectURI, scopes: scopes, responseType: responseType,
            // The implicit grant has no token request to prove anything in.
            key: responseType == .code ? newKey() : nil, sessionKey: storeKey, asking: parameters
        )
    }

    /// Begins as ``authorizationRequest(redirectURI:scopes:)`` does, and sends
    /// the parameters to the server first, so that none of them is seen or
    /// changed in the browser (RFC 9126).
    ///
    /// - Throws: ``OAuth2Error/missingEndpoint(_:)`` where the server has no
    ///   such endpoint.
    public func pushedAuthorizationRequest(
        redirectURI: String, scopes: [String] = [], parameters: AuthorizationParameters = AuthorizationParameters()
    ) async throws(OAuth2Error) -> AuthorizationRequest {
        let sender = try await sender()
        let request = try authorizationRequest(redirectURI: redirectURI, scopes: scopes, parameters: parameters)
        let answer = try await sender.send(try requests.pushedAuthorization(request.parameters))
        guard let requestURI = answer.members["request_uri"]?.string, let client, let url = scheme.authorizationURL else {
            throw .invalidAnswer(status: answer.status, reason: "no request_uri")
        }
        return AuthorizationRequest(
            request, pushedAs: requestURI, endpoint: try Endpoint(url, serverURL: context.serverURL), clientID: client.id)
    }

    /// Ends signing in with the URL that the server sent the user back to.
    ///
    /// A request serves once. Only where the token endpoint could not be
    /// reached, or is out of order, may the same redirect be tried again. A
    /// caller that is cancelled does not stop what has begun.
    ///
    /// - Parameters:
    ///   - url: The whole URL, with its query.
    ///   - request: The request that began it.
    public func signIn(redirectedTo url: String, for request: AuthorizationRequest) async throws(OAuth2Error) {
        guard request.sessionKey == storeKey else {
            throw .invalidRedirect(reason: "the request is of a session for another server or client")
        }
        let redirect = try AuthorizationRedirect(url: url, for: request, scheme: scheme)
        guard request.responseType == .code else {
            let answer = try redirect.answer(scopeSeparator: scheme.scopeSeparator)
            let token = answer.token(grantType: GrantType.implicit, scopes: request.scopes, askedAt: clock.now)
            return try await signedIn(with: token)
        }
        // Not a child of the caller: the server takes a code once, so an answer
        // that nobody reads would be a lost sign-in.
        let exchange = Task { () async -> Result<Void, OAuth2Error> in
            do throws(OAuth2Error) {
                return .success(try await self.exchange(try redirect.code, for: request))
            } catch {
                return .failure(error)
            }
        }
        do {
            try await exchange.value.get()
        } catch {
            switch error {
            // The server has not taken the code.
            case .transport, .unavailable, .invalidAnswer: request.use.giveBack()
            default: break
            }
            throw error
        }
    }

    private func exchange(_ code: Secret, for request: AuthorizationRequest) async throws(OAuth2Error) {
        let asked = clock.now
        let answer = try await answer(
            to: .authorizationCode(code, redirectURI: request.redirectURI, verifier: request.proofKey?.verifier),
            key: request.key)
        if let idToken = answer.idToken {
            try validator.check(idToken, nonce: request.nonce, maxAge: request.maxAge, at: asked)
        } else if request.nonce != nil, answer.scopes?.contains("openid") ?? true {
            // OpenID Connect Core section 3.1.3.3.
            throw .invalidIDToken(reason: "the server sent none")
        }
        try await signedIn(
            with: answer.token(grantType: GrantType.authorizationCode, scopes: request.scopes, askedAt: asked))
    }

    func signIn(
        _ grant: EndpointRequests.Grant, grantType: String, scopes: [String]
    ) async throws(OAuth2Error) {
        let asked = clock.now
        let answer = try await answer(to: grant, key: newKey())
        if let idToken = answer.idToken { try validator.check(idToken, at: asked) }
        try await signedIn(with: answer.token(grantType: grantType, scopes: scopes, askedAt: asked))
    }

    /// The answer of the token endpoint.
    ///
    /// - Parameter key: What the token is to be bound to.
    func answer(to grant: EndpointRequests.Grant, key: DPoPKey?) async throws(OAuth2Error) -> TokenAnswer {
        let sender = try await sender()
        let answer = try await sender.send(try requests.token(grant), key: key)
        let token = try TokenAnswer(
            answer.members, scopeSeparator: scheme.scopeSeparator, status: answer.status, key: key)
        // RFC 9449 section 5: a client that cannot do without it must not use
        // the token.
        if scheme.dpop == .required, token.key == nil {
            throw .invalidAnswer(status: answer.status, reason: "the token is not bound to the key")
        }
        return token
    }
}
