import Clients

extension Flow {
    static let authorizationCode = Flow("Authorization code", "RFC 6749 §4.1") { server in
        let session = server.session { $0.pkce = .none }
        let request = try session.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: server.scopes)
        let redirect = try await server.redirect(for: request)
        try await session.signIn(redirectedTo: redirect, for: request)
        try await server.check(session)
        try await expectFailure("the same redirect again") {
            try await session.signIn(redirectedTo: redirect, for: request)
        } as: {
            if case .requestAlreadyUsed = $0 { true } else { false }
        }
        // Another session does not know that the code was used; the server does.
        let other = try server.session { $0.pkce = .none }.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: server.scopes)
        let replayed = redirect.replacing(request.state, with: other.state)
        try await expectFailure("a used code") {
            try await server.session { $0.pkce = .none }.signIn(redirectedTo: replayed, for: other)
        } as: {
            server.refusesGrant($0)
        }
    }
}
