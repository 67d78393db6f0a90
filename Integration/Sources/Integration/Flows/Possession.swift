import Clients

extension Flow {
    static let possession = Flow("Tokens bound to a key (DPoP)", "RFC 9449") { server in
        let session = server.session { $0.dpop = .required }
        try await signIn(session, at: server)
        try await server.check(session)
        try await session.refreshToken()
        try await server.check(session)

        // The token without its key is of no use.
        guard let token = await session.token else { throw Unexpected("no token") }
        do {
            _ = try await server.whoAmI(BearerToken(token.accessToken), URLSessionTransport())
        } catch let error as any AnyAPIError where error.status == .unauthorized {
            return
        }
        throw Unexpected("the token was good without a proof")
    }
}
