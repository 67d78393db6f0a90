import Clients

extension Flow {
    static let endOfSession = Flow("Sign-out at the provider", "RP-Initiated Logout 1.0 §2") { server in
        guard let issuer = server.issuer else { throw Unexpected("the server has no issuer identifier") }
        let metadata = try await ServerMetadata.discover(issuer, transport: URLSessionTransport())
        let session = server.session { $0.endSessionURL = metadata.endSessionURL }
        // One browser for all of it, as it has to forget who is signed in.
        let tab = Tab()
        defer { tab.close() }
        let browser = FormBrowser()
        let request = try session.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: ["openid"] + server.scopes.filter { $0 != "openid" })
        let redirect = try await browser.redirect(from: request.url, to: request.redirectURI, in: tab)
        try await session.signIn(redirectedTo: redirect, for: request)
        try await server.check(session)

        // Somebody who cannot sign in gets on only where the server still knows who it is.
        var stranger = browser
        stranger.signsIn = false
        let again = try session.authorizationRequest(redirectURI: Registrations.redirectURI, scopes: request.scopes)
        let still = try await stranger.redirect(from: again.url, to: again.redirectURI, in: tab)
        try expect(still.contains("code="), "the browser is signed in before")

        let end = try await session.endSessionURL(redirectURI: Registrations.redirectURIAfterSignOut, state: "the-end")
        let signedOut = try await browser.redirect(from: end, to: Registrations.redirectURIAfterSignOut, in: tab)
        try expect(signedOut, Registrations.redirectURIAfterSignOut + "?state=the-end", "where the browser is sent")

        let after = try session.authorizationRequest(redirectURI: Registrations.redirectURI, scopes: request.scopes)
        let redirectAfter = try? await stranger.redirect(from: after.url, to: after.redirectURI, in: tab)
        try expect(redirectAfter, nil, "where a browser is sent that is signed out")
    }
}
