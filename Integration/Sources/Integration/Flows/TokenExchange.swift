import Clients

extension Flow {
    static let tokenExchange = Flow("Token exchange", "RFC 8693") { server in
        let first = server.session()
        try await signIn(first, at: server)
        guard let token = await first.token else { throw Unexpected("no token") }
        let session = server.session(Registrations.machine)
        let subject = SecurityToken(token.accessToken, kind: .accessToken)
        try await session.signIn(exchanging: TokenExchange(subject: subject))
        try await server.check(session)
    }
}
