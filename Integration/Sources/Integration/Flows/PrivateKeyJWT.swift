import Clients

extension Flow {
    static let privateKeyJWT = Flow("Client that authenticates with a key", "RFC 7523 §2.2") { server in
        let session = server.session(try Registrations.keyHolder()) { $0.clientAuthentication = .privateKeyJWT }
        try await session.signInWithClientCredentials(scopes: ["profile"])
        try await server.check(session, isSignedInAs: nil)
        // Each request has an assertion of its own, so a second one is as good.
        try await session.signInWithClientCredentials(scopes: ["profile"])

        let stranger = OAuth2Client(id: try Registrations.keyHolder().id, key: ES256Key())
        try await expectFailure("another key") {
            try await server.session(stranger) { $0.clientAuthentication = .privateKeyJWT }.signInWithClientCredentials(scopes: ["profile"])
        } as: {
            $0.isRefusal
        }
    }
}
