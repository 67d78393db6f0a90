import Clients

extension Flow {
    static let proofKey = Flow("Authorization code with a proof key", "RFC 7636") { server in
        let session = server.session(Registrations.public) { $0.pkce = .required }
        try await signIn(session, at: server)
        try await server.check(session)

        // A code that was stolen serves nobody who has another verifier.
        let victim = try session.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: server.scopes)
        let redirect = try await server.redirect(for: victim)
        let thief = server.session(Registrations.public) { $0.pkce = .required }
        let other = try thief.authorizationRequest(redirectURI: Registrations.redirectURI, scopes: server.scopes)
        try await expectFailure("a code with another verifier") {
            try await thief.signIn(redirectedTo: redirect.replacing(victim.state, with: other.state), for: other)
        } as: {
            server.refusesGrant($0)
        }
    }
}
