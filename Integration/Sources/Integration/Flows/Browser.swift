import Clients

extension Flow {
    static let browser = Flow("Headless Chromium to the loopback receiver", "RFC 8252 §7.3") { server in
        let receiver = try LoopbackReceiver()
        let session = server.session(Registrations.public) { $0.pkce = .required }
        let request = try session.authorizationRequest(
            redirectURI: receiver.redirectURI, scopes: server.scopes)
        async let redirect = receiver.redirect(for: request, within: .seconds(60))
        try await Chromium.signIn(at: request.url)
        try await session.signIn(redirectedTo: try await redirect, for: request)
        try await server.check(session)
    }
}
