import Clients

extension Flow {
    static let metadataURL = Flow("Endpoints from `oauth2MetadataUrl`", "OpenAPI 3.2, RFC 8414 §3") { server in
        guard let issuer = server.issuer else { throw Unexpected("the server has no issuer identifier") }
        // RFC 8414 section 3.1: before the issuer's path.
        let path = issuer.dropFirst(server.url.count)
        let session = server.session(Registrations.discoverer) {
            $0 = OAuth2Scheme(
                name: "oauth2", discoveryURL: server.url + "/.well-known/oauth-authorization-server" + path)
        }
        try await session.discover()
        try expect(session.scheme.issuer, issuer, "the issuer")
        try await signIn(session, at: server)
        try await server.check(session)
    }
}
