import Clients

extension Flow {
    static let pushedRequest = Flow("Pushed authorization request", "RFC 9126") { server in
        let session = server.session()
        let request = try await session.pushedAuthorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: server.scopes)
        try expect(request.url.contains("request_uri="), "the URL refers to what was pushed")
        try expect(!request.url.contains("code_challenge"), "the URL has nothing else")
        let redirect = try await server.redirect(for: request)
        try await session.signIn(redirectedTo: redirect, for: request)
        try await server.check(session)
    }
}
