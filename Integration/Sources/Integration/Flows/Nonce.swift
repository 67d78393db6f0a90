import Clients

extension Flow {
    static let nonce = Flow("OpenID Connect with `nonce`", "OpenID Connect Core §3.1.2.1") { server in
        let session = server.session { $0.issuer = server.issuer }
        let scopes = ["openid"] + server.scopes.filter { $0 != "openid" }
        try await signIn(session, at: server, scopes: scopes)
        try await expect(session.token?.idToken != nil, "there is an ID token")
        try await server.check(session)

        // Somebody changes the nonce on its way to the server, as if the ID
        // token were that of another sign-in.
        let victim = server.session { $0.issuer = server.issuer }
        let request = try victim.authorizationRequest(redirectURI: Registrations.redirectURI, scopes: scopes)
        let changed = request.url.replacing(/&nonce=[^&]*/, with: "&nonce=another")
        try expect(changed != request.url, "the request has a nonce")
        let redirect = try await server.signIn(changed, request.redirectURI)
        try await expectFailure("an ID token with another nonce") {
            try await victim.signIn(redirectedTo: redirect, for: request)
        } as: {
            if case .invalidIDToken = $0 { true } else { false }
        }
        try await expect(victim.token == nil, "nobody is signed in")
    }
}
