import ApusOAuthRSA
import Clients

extension Flow {
    static let signedIDToken = Flow("Signature of the ID token, by the server's keys", "RFC 7517") { server in
        guard let issuer = server.issuer else { throw Unexpected("the server has no issuer identifier") }
        let metadata = try await ServerMetadata.discover(issuer, transport: URLSessionTransport())
        let session = server.session {
            ($0.issuer, $0.jwksURL) = (issuer, metadata.jwksURL)
        }
        try await signIn(session, at: server, scopes: ["openid"] + server.scopes.filter { $0 != "openid" })
        guard let idToken = await session.token?.idToken else { throw Unexpected("no ID token") }
        let claims = try await session.verifiedClaims(algorithms: [.rs256, .es256])
        try expect(claims["sub"]?.string?.isEmpty, false, "the token has no subject")

        try await expectFailure("an ID token that somebody has changed") {
            _ = try await session.verifiedClaims(
                of: Secret(try changed(idToken.exposed, subject: "somebody else")), algorithms: [.rs256, .es256])
        } as: {
            if case .invalidIDToken = $0 { true } else { false }
        }
        try await expectFailure("an algorithm that is not allowed") {
            _ = try await session.verifiedClaims(algorithms: [.edDSA])
        } as: {
            if case .invalidIDToken = $0 { true } else { false }
        }
    }
}
