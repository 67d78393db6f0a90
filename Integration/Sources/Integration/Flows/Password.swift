import Clients

extension Flow {
    static let password = Flow("Password", "RFC 6749 §4.3") { server in
        let session = server.session(Registrations.firstParty)
        try await expectFailure("a wrong password") {
            try await session.signIn(username: Registrations.username, password: "wrong", scopes: server.scopes)
        } as: {
            $0.isRefusal
        }
        try await session.signIn(
            username: Registrations.username, password: Registrations.password, scopes: server.scopes)
        try await server.check(session)
    }
}
