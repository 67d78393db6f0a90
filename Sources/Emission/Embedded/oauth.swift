// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `oauth` = #"""
extension {{namespace}} {
    {{> documentation}}
    {{access}}struct {{typeName}}: {{Sendable}} {
{{#hasScopes}}
        /// A scope of an access token (RFC 6749 section 3.3).
        {{access}}struct Scope: {{OAuth2Scope}} {
            {{access}}let rawValue: {{String}}

            {{access}}init(rawValue: {{String}}) {
                self.rawValue = rawValue
            }
{{#scopes}}

            {{> documentation}}
            {{access}}static var {{name}}: Scope { Scope(rawValue: {{literal}}) }
{{/scopes}}
        }

{{/hasScopes}}
        /// The session that stores, refreshes and revokes the tokens.
        {{access}}let session: {{OAuth2Session}}

        init(_ registration: {{OAuth2Registration}}?, context: {{CredentialContext}}) {
            session = {{OAuth2Session}}(scheme: Self.scheme, registration: registration, context: context)
        }
{{#hasPassword}}

        /// Signs in with the user's own name and password (RFC 6749 section
        /// 4.3). For first-party clients only.
        {{access}}func signIn(
            username: {{String}},
            password: {{Secret}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) async throws({{OAuth2Error}}) {
            try await session.signIn(username: username, password: password, scopes: {{scopeList}})
        }
{{/hasPassword}}
{{#hasAuthorizationCode}}

        /// Begins signing in through the authorization server's own page (RFC
        /// 6749 section 4.1): open the returned request's `url`.
        ///
        /// - Parameters:
        ///   - redirectURI: The URI that the server redirects the user to.
{{#hasScopes}}
        ///   - scopes: The scopes to request.
{{/hasScopes}}
        ///   - parameters: Further request parameters, such as `prompt`.
        {{access}}func authorizationRequest(
            redirectURI: {{String}},
{{#hasScopes}}
            scopes: [Scope] = [],
{{/hasScopes}}
            parameters: {{AuthorizationParameters}} = .init()
        ) {{#isDiscovered}}async {{/isDiscovered}}throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
{{#isDiscovered}}
            try await session.discover()
            return try session.authorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}}, parameters: parameters)
{{/isDiscovered}}
{{^isDiscovered}}
            try session.authorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}}, parameters: parameters)
{{/isDiscovered}}
        }

        #if os(macOS) || os(Linux)
        /// Signs in through the user's browser, and waits for the redirect on this
        /// machine (RFC 8252 section 7.3).
        ///
        /// - Parameters:
        ///   - path: The path of the registered redirect URI.
        ///   - host: The host of the redirect URI, which means this machine.
        ///   - port: The port, where the server compares it; 0 for one of the
        ///     system's choice.
{{#hasScopes}}
        ///   - scopes: The scopes to request.
{{/hasScopes}}
        ///   - parameters: Further request parameters, such as `prompt`.
        ///   - limit: How long to wait for the user.
        ///   - open: Opens the page. It returns without waiting for the redirect.
        {{access}}func signInWithBrowser(
            path: {{String}} = "/callback",
            host: {{LoopbackReceiver}}.Host = .ipv4,
            port: {{UInt16}} = 0,
{{#hasScopes}}
            scopes: [Scope] = [],
{{/hasScopes}}
            parameters: {{AuthorizationParameters}} = .init(),
            within limit: {{Duration}} = .seconds(300),
            open: @{{Sendable}} (_ url: {{String}}) async throws -> Void = { try {{SystemBrowser}}.open($0) }
        ) async throws({{OAuth2Error}}) {
            try await session.signInWithBrowser(
                path: path, host: host, port: port, scopes: {{scopeList}}, parameters: parameters, within: limit,
                open: open)
        }
        #endif
{{/hasAuthorizationCode}}
{{#hasPushedRequest}}

        /// Begins as `authorizationRequest` does, and sends the parameters to
        /// the server first (RFC 9126).
        ///
        /// - Parameters:
        ///   - redirectURI: The URI that the server redirects the user to.
{{#hasScopes}}
        ///   - scopes: The scopes to request.
{{/hasScopes}}
        ///   - parameters: Further request parameters, such as `prompt`.
        {{access}}func pushedAuthorizationRequest(
            redirectURI: {{String}},
{{#hasScopes}}
            scopes: [Scope] = [],
{{/hasScopes}}
            parameters: {{AuthorizationParameters}} = .init()
        ) async throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
            try await session.pushedAuthorizationRequest(
                redirectURI: redirectURI, scopes: {{scopeList}}, parameters: parameters)
        }
{{/hasPushedRequest}}
{{#hasImplicit}}

        /// Begins signing in by the implicit grant (RFC 6749 section 4.2): open
        /// the returned request's `url`.
        ///
        /// - Parameter redirectURI: The URI that the server redirects the user to.
        @available(*, deprecated, message: "The implicit grant gives tokens away in URLs (RFC 9700 section 2.1.2).")
        {{access}}func implicitAuthorizationRequest(
            redirectURI: {{String}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
            try session.implicitAuthorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
        }
{{/hasImplicit}}
{{#hasRedirect}}

        /// Finishes signing in with the URL that the server redirected the user to.
        {{access}}func signIn(
            redirectedTo url: {{String}},
            for request: {{AuthorizationRequest}}
        ) async throws({{OAuth2Error}}) {
            try await session.signIn(redirectedTo: url, for: request)
        }
{{/hasRedirect}}
{{#hasClientCredentials}}

        /// Signs in as the client itself (RFC 6749 section 4.4).
        {{access}}func signInWithClientCredentials({{#hasScopes}}scopes: [Scope] = []{{/hasScopes}}) async throws({{OAuth2Error}}) {
            try await session.signInWithClientCredentials(scopes: {{scopeList}})
        }
{{/hasClientCredentials}}
{{#hasDeviceAuthorization}}

        /// Begins signing in on another device (RFC 8628). Show the user the code and the
        /// URL.
        {{access}}func deviceAuthorization({{#hasScopes}}scopes: [Scope] = []{{/hasScopes}}) async throws({{OAuth2Error}}) -> {{DeviceAuthorization}} {
            try await session.deviceAuthorization(scopes: {{scopeList}})
        }

        /// Waits until the user has signed in on the other device.
        {{access}}func signIn(with authorization: {{DeviceAuthorization}}) async throws({{OAuth2Error}}) {
            try await session.signIn(with: authorization)
        }
{{/hasDeviceAuthorization}}

        /// A valid access token, refreshed first if it expires soon. For use outside of
        /// this API.
        {{access}}func validToken() async throws({{OAuth2Error}}) -> {{OAuth2Token}} {
            try await session.validToken()
        }
{{#hasUserInfo}}

        /// The user's claims from the UserInfo endpoint (OpenID Connect Core section 5.3).
        {{access}}func userInfo() async throws({{OAuth2Error}}) -> [{{String}}: {{JSONValue}}] {
            try await session.userInfo()
        }
{{/hasUserInfo}}
{{#hasPublishedKeys}}

        /// The claims of the ID token, after its signature was verified (RFC 7515). For ID
        /// tokens that are handed on.
        {{access}}func verifiedClaims(
            algorithms: [any {{SignatureAlgorithm}}] = [.es256, .edDSA]
        ) async throws({{OAuth2Error}}) -> [{{String}}: {{JSONValue}}] {
            try await session.verifiedClaims(algorithms: algorithms)
        }
{{/hasPublishedKeys}}
{{#hasEndOfSession}}

        /// The URL to open in a browser, so that the server signs the user out too (OpenID
        /// Connect RP-Initiated Logout 1.0). Ask for it before `signOut()`.
        {{access}}func endSessionURL(
            redirectURI: {{String}}? = nil,
            state: {{String}}? = nil
        ) async throws({{OAuth2Error}}) -> {{String}} {
            try await session.endSessionURL(redirectURI: redirectURI, state: state)
        }
{{/hasEndOfSession}}

        /// Deletes the tokens, and revokes them if the server supports it (RFC 7009).
        {{access}}func signOut() async throws({{OAuth2Error}}) {
            try await session.signOut()
        }

        /// Revokes tokens that a sign-out could not revoke, for instance without a network.
        {{access}}func revokePending() async throws({{OAuth2Error}}) {
            try await session.revokePending()
        }

        /// The security scheme, as the description declares it.
        private static var scheme: {{OAuth2Scheme}} {
            {{OAuth2Scheme}}({{[}}
                {{#properties}}
                {{name}}: {{literal}}{{,}}
                {{/properties}}
            {{]}})
        }
    }
}

"""#
}
