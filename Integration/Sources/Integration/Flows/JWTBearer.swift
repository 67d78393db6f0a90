import Clients

extension Flow {
    static let jwtBearer = Flow("Signed assertion", "RFC 7523 §2.1") { server in
        let client = try Registrations.keyHolder()
        let session = server.session(client) { $0.clientAuthentication = .privateKeyJWT }
        let claims = JSONWebToken.assertion(
            issuer: client.id, subject: Registrations.username, audience: server.tokenURL)
        try await session.signIn(assertion: try await claims.signed(with: try Registrations.key()))
        try await server.check(session)

        try await expectFailure("an assertion that somebody else has signed") {
            try await session.signIn(assertion: try await claims.signed(with: ES256Key()))
        } as: {
            $0.isFromServer(.invalidGrant)
        }
    }
}
