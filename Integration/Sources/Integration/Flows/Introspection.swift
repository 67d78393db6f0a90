import Clients

extension Flow {
    static let introspection = Flow("Introspection", "RFC 7662") { server in
        let session = server.session()
        try await signIn(session, at: server)
        let answer = try await session.introspect()
        try expect(answer.isActive, "the token is active")
        try expect(answer.clientID, Registrations.confidential.id, "the client")
        try expect(server.scopes.allSatisfy(answer.scopes.contains), "the scopes \(answer.scopes)")
        try expect(try await session.introspect("not-a-token").isActive, false, "whether another token is active")
    }
}
