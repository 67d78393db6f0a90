import Clients

extension Flow {
    static let clientCredentials = Flow("Client credentials", "RFC 6749 §4.4") { server in
        let session = server.session(Registrations.machine)
        try await session.signInWithClientCredentials(scopes: ["profile"])
        try await server.check(session, isSignedInAs: nil)

        let wrong = server.session(OAuth2Client(id: Registrations.machine.id, secret: "wrong"))
        try await expectFailure("a wrong client secret") {
            try await wrong.signInWithClientCredentials(scopes: ["profile"])
        } as: {
            $0.isRefusal
        }
    }
}
