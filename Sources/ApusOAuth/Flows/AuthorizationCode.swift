import ApusRuntime
import Foundation

extension Grant {
    static func authorizationCode(_ code: Secret, for request: AuthorizationRequest) -> Grant {
        let verifier = request.proofKey?.verifier
        return Grant(
            GrantType.authorizationCode,
            [Parameter("code", code), Parameter("redirect_uri", request.redirectURI)]
                + [verifier].compactMap { $0 }.map { Parameter("code_verifier", $0) },
            scopes: request.scopes, namesScopes: false, secrets: [code] + [verifier].compactMap { $0 })
    }
}

extension OAuth2Session {
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

    /// Begins as ``authorizationRequest(redirectURI:scopes:parameters:)`` does, and sends
    /// the parameters to the server first, so that none of them is seen or
    /// changed in the browser (RFC 9126).
    ///
    /// - Throws: ``OAuth2Error/missingEndpoint(_:)`` where the server has no
    ///   such endpoint.
    public func pushedAuthorizationRequest(
        redirectURI: String, scopes: [String] = [], parameters: AuthorizationParameters = AuthorizationParameters()
    ) async throws(OAuth2Error) -> AuthorizationRequest {
        let requests = try await endpoint.requests { $0.pushedAuthorizationRequestURL != nil }
        let request = try authorizationRequest(redirectURI: redirectURI, scopes: scopes, parameters: parameters)
        let response = try await endpoint.send(try requests.pushedAuthorization(request.parameters))
        guard let requestURI = response.members["request_uri"]?.string, let client, let url = scheme.authorizationURL else {
            throw .invalidResponse(status: response.status, reason: "no request_uri")
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
        let redirect = try AuthorizationRedirect(url: url, for: request)
        // Whether the server names itself in redirects is among its metadata.
        try await discover()
        try redirect.accept(by: scheme)
        guard request.responseType == .code else { return try await signIn(byImplicit: redirect, for: request) }
        // Not a child of the caller: the server takes a code once, so a response
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
            case .transport, .unavailable, .invalidResponse: request.use.giveBack()
            default: break
            }
            throw error
        }
    }

    private func exchange(_ code: Secret, for request: AuthorizationRequest) async throws(OAuth2Error) {
        try await signIn(.authorizationCode(code, for: request), key: request.key, nonce: request.nonce, maxAge: request.maxAge)
    }
}
