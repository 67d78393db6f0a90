// Written by Scripts/embed-templates from Templates/. Do not edit.

extension EmbeddedTemplates {
    static let `oauth` = #"""
extension {{namespace}} {
    {{> documentation}}
    {{access}}struct {{typeName}}: {{Sendable}} {
{{#hasScopes}}
        /// What an access token allows (RFC 6749 section 3.3).
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
        /// The tokens, and everything that is done with them.
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
        /// - Parameter redirectURI: Where the server sends the user back to.
        {{access}}func authorizationRequest(
            redirectURI: {{String}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) {{#isDiscovered}}async {{/isDiscovered}}throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
{{#isDiscovered}}
            try await session.discover()
            return try session.authorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
{{/isDiscovered}}
{{^isDiscovered}}
            try session.authorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
{{/isDiscovered}}
        }
{{/hasAuthorizationCode}}
{{#hasPushedRequest}}

        /// Begins as `authorizationRequest` does, and sends the parameters to
        /// the server first (RFC 9126).
        ///
        /// - Parameter redirectURI: Where the server sends the user back to.
        {{access}}func pushedAuthorizationRequest(
            redirectURI: {{String}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) async throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
            try await session.pushedAuthorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
        }
{{/hasPushedRequest}}
{{#hasImplicit}}

        /// Begins signing in by the implicit grant (RFC 6749 section 4.2): open
        /// the returned request's `url`.
        ///
        /// - Parameter redirectURI: Where the server sends the user back to.
        @available(*, deprecated, message: "The implicit grant gives tokens away in URLs (RFC 9700 section 2.1.2).")
        {{access}}func implicitAuthorizationRequest(
            redirectURI: {{String}}{{#hasScopes}},
            scopes: [Scope] = []{{/hasScopes}}
        ) throws({{OAuth2Error}}) -> {{AuthorizationRequest}} {
            try session.implicitAuthorizationRequest(redirectURI: redirectURI, scopes: {{scopeList}})
        }
{{/hasImplicit}}
{{#hasRedirect}}

        /// Ends signing in with the URL that the server sent the user back to.
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

        /// Begins signing in on another device (RFC 8628): show the user the
        /// code and the address.
        {{access}}func deviceAuthorization({{#hasScopes}}scopes: [Scope] = []{{/hasScopes}}) async throws({{OAuth2Error}}) -> {{DeviceAuthorization}} {
            try await session.deviceAuthorization(scopes: {{scopeList}})
        }

        /// Waits until the user has signed in on the other device.
        {{access}}func signIn(with authorization: {{DeviceAuthorization}}) async throws({{OAuth2Error}}) {
            try await session.signIn(with: authorization)
        }
{{/hasDeviceAuthorization}}

        /// Forgets the tokens, and revokes them where the server can (RFC 7009).
        {{access}}func signOut() async throws({{OAuth2Error}}) {
            try await session.signOut()
        }

        /// The scheme as the description has it.
        private static var scheme: {{OAuth2Scheme}} {
            {{OAuth2Scheme}}(
{{#properties}}
                {{name}}: {{literal}}{{comma}}
{{/properties}}
            )
        }
    }
}

"""#
}
