import Clients

extension Flow {
    static let issuer = Flow("Issuer of the redirect", "RFC 9207") { server in
        let session = server.session { $0.issuer = server.issuer }
        let request = try session.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: server.scopes)
        let redirect = try await server.redirect(for: request)
        try expect(redirect.contains("iss="), "the redirect names its issuer")
        try await session.signIn(redirectedTo: redirect, for: request)
        try await server.check(session)

        let mistaken = server.session { $0.issuer = "https://issuer.example" }
        let other = try mistaken.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: server.scopes)
        let answer = try await server.redirect(for: other)
        try await expectFailure("a redirect of another issuer") {
            try await mistaken.signIn(redirectedTo: answer, for: other)
        } as: {
            if case .issuerMismatch = $0 { true } else { false }
        }
    }
}
