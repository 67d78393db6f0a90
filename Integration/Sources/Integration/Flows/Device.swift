import Clients

extension Flow {
    static let device = Flow("Device authorization", "RFC 8628") { server in
        let session = server.session(Registrations.device)
        let authorization = try await session.deviceAuthorization(scopes: server.scopes)
        async let signedIn: Void = session.signIn(with: authorization)
        try await server.enterCode(
            authorization.verificationURIComplete ?? authorization.verificationURI, authorization.userCode)
        try await signedIn
        try await server.check(session)
    }
}
