import Clients

extension Flow {
    static let resource = Flow("Resource indicators", "RFC 8707") { server in
        let resource = server.url + "/api"
        let session = server.session { $0.resources = [resource] }
        try await signIn(session, at: server)
        let answer = try await session.introspect()
        try expect(answer.audience, [resource], "the audience of the token")
        try await server.check(session)
    }
}
