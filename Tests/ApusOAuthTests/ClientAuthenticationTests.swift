import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

/// Clients that authenticate with a signed token (RFC 7523 section 2.2, OpenID
/// Connect Core section 9).
@Suite struct ClientAuthenticationTests {
    private func session(
        _ fake: FakeServer, secret: Secret? = nil, key: (any SigningKey)? = nil,
        scheme: (inout OAuth2Scheme) -> Void
    ) -> OAuth2Session {
        OAuth2Session(
            scheme: fullScheme(scheme), client: OAuth2Client(id: "client-id", secret: secret, key: key),
            context: CredentialContext(serverURL: server, transport: fake), clock: ManualClock())
    }

    @Test(arguments: [0, 1]) func privateKey(kind: Int) async throws {
        let fake = FakeServer(answers: .token("A1"))
        let curve = ES256Key(keyID: "k1")
        let edwards = EdDSAKey(keyID: "k1")
        let session = session(fake, key: kind == 0 ? curve : edwards) { $0.clientAuthentication = .privateKeyJWT }
        try await session.signInWithClientCredentials(scopes: ["a"])
        let form = fake.exchanges[0].form
        #expect(form["client_id"] == "client-id" && form["scope"] == "a" && form["client_secret"] == nil)
        #expect(form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
        #expect(fake.exchanges[0].request.headerFields[.authorization] == nil)
        let assertion = try SignedToken(try #require(form["client_assertion"]))
        #expect(try assertion.isSigned(by: kind == 0 ? curve.publicKey : edwards.publicKey))
        #expect(assertion.header("kid") == "k1")
        #expect(assertion.claim("iss") == "client-id" && assertion.claim("sub") == "client-id")
        #expect(assertion.claim("aud") == "https://api.example.com/oauth/token")
        #expect(assertion.number("exp") == 1_700_000_060 && assertion.number("iat") == 1_700_000_000)
    }

    @Test func secretKey() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake, secret: "a long enough client secret") {
            $0.clientAuthentication = .clientSecretJWT
            $0.assertionAudience = "https://issuer.example"
            $0.tokenRequest = .json
        }
        try await session.signInWithClientCredentials()
        let sent = fake.exchanges[0].body
        #expect(!sent.contains("a long enough"))
        let members = try JSONDecoder().decode([String: String].self, from: Data(sent.utf8))
        let assertion = try SignedToken(try #require(members["client_assertion"]))
        #expect(assertion.isSigned(with: "a long enough client secret"))
        #expect(!assertion.isSigned(with: "another"))
        #expect(assertion.claim("aud") == "https://issuer.example")
        #expect(assertion.header("kid") == nil)
    }

    /// An assertion serves once, also where the same request is repeated.
    @Test func everyRequestHasItsOwn() async throws {
        let fake = FakeServer { _, index in
            index == 1 || index == 2 ? .init(status: 503) : .token("A\(index)", refresh: "R\(index)")
        }
        let session = session(fake, key: ES256Key()) {
            $0.clientAuthentication = .privateKeyJWT
            $0.introspectionURL = "/oauth/introspect"
        }
        try await session.signInWithClientCredentials()
        try await session.refreshToken()
        try await session.signOut()
        #expect(fake.exchanges.count == 5)
        let assertions = try fake.exchanges.map { try SignedToken(try #require($0.form["client_assertion"])) }
        #expect(Set(assertions.map { $0.claim("jti") ?? "" }).count == 5)
        // The revocation endpoint gets one for the token endpoint's audience.
        #expect(Set(assertions.map { $0.claim("aud") ?? "" }) == ["https://api.example.com/oauth/token"])
    }

    @Test func pushedRequestsAuthenticateToo() async throws {
        let fake = FakeServer(answers: .json(#"{"request_uri":"urn:x:1","expires_in":60}"#, status: 201))
        let session = session(fake, key: ES256Key()) {
            $0.clientAuthentication = .privateKeyJWT
            $0.pushedAuthorizationRequestURL = "/oauth/par"
        }
        _ = try await session.pushedAuthorizationRequest(redirectURI: "https://app.example/cb")
        #expect(fake.exchanges[0].form["client_assertion"] != nil)
        #expect(fake.exchanges[0].body.components(separatedBy: "client_id=").count == 2)
    }

    @Test func withoutKeyNothingIsSent() async throws {
        let fake = FakeServer(answers: .token("A1"))
        for method in [OAuth2Scheme.ClientAuthentication.privateKeyJWT, .clientSecretJWT] {
            await #expect {
                try await session(fake, secret: method == .privateKeyJWT ? "secret" : nil) { $0.clientAuthentication = method }
                    .signInWithClientCredentials()
            } throws: {
                if case OAuth2Error.notConfigured("oauth2") = $0 { true } else { false }
            }
        }
        #expect(fake.exchanges.isEmpty)
    }

    /// A key service that is down costs no session.
    @Test func keyThatCannotSign() async throws {
        struct Broken: SigningKey {
            struct Down: Error, CustomStringConvertible { var description: String { "SECRET" } }
            var algorithm: String { "ES256" }
            var keyID: String? { nil }
            func signature(for data: Data) async throws -> Data { throw Down() }
        }
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake, key: Broken()) { $0.clientAuthentication = .privateKeyJWT }
        try await session.begin()
        do {
            try await session.refreshToken()
            Issue.record("no error")
        } catch {
            guard case .signingFailed(is Broken.Down) = error else { throw error }
            #expect(!"\(error)".contains("SECRET"))
        }
        #expect(await session.refreshText == "R1")
        #expect(fake.exchanges.isEmpty)
    }
}
