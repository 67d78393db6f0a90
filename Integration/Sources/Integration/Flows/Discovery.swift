import Clients

extension Flow {
    static let discovery = Flow("Discovery", "RFC 8414, OpenID Connect Discovery") { server in
        guard let issuer = server.issuer else { throw Unexpected("the server has no issuer identifier") }
        let metadata = try await ServerMetadata.discover(issuer, transport: URLSessionTransport())
        try expect(metadata.issuer, issuer, "the issuer")
        let scheme = OAuth2Scheme(name: "discovered", metadata: metadata)
        let session = server.session(Registrations.discoverer) { $0 = scheme }
        try await signIn(session, at: server)
        try await server.check(session)

        // As a scheme of the type openIdConnect does it.
        let url = issuer + "/.well-known/openid-configuration"
        let asking = server.session(Registrations.discoverer) {
            $0 = OAuth2Scheme(name: "openIdConnect", discoveryURL: url, clientAuthentication: .automatic)
        }
        try await asking.discover()
        try await signIn(asking, at: server)
        try await expect(asking.token?.idToken != nil, "there is an ID token")
        try await server.check(asking)
    }
}
