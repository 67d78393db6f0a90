import Clients

extension Flow {
    static let revocation = Flow("Revocation", "RFC 7009") { server in
        let session = server.session(store: PresetStore(try await refreshable(at: server)))
        try await server.check(session)
        guard let token = await session.token else { throw Unexpected("no token") }
        try await session.signOut()
        try await expect(session.token == nil, "the session is signed out")

        try await expectFailure("the revoked refresh token") {
            try await server.session(store: PresetStore(token)).refreshToken()
        } as: {
            server.refusesGrant($0)
        }
    }
}
