import Clients

extension Flow {
    static let consentRefused = Flow("The user refuses", "RFC 6749 §4.1.2.1") { server in
        let session = server.session(Registrations.refused)
        let request = try session.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: server.scopes)
        let redirect = try await FormBrowser(consents: false).redirect(from: request.url, to: request.redirectURI)
        try await expectFailure("a sign-in that the user refused") {
            try await session.signIn(redirectedTo: redirect, for: request)
        } as: {
            $0.isFromServer(.accessDenied)
        }
        try await expect(session.token == nil, "nobody is signed in")
    }
}
