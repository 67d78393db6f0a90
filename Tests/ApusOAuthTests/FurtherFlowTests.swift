import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

/// Introspection, exchange, assertions, pushed requests, resources and discovery.
@Suite struct FurtherFlowTests {
    // MARK: RFC 7662

    @Test func introspection() async throws {
        let fake = FakeServer(answers: .json(
            #"{"active":true,"scope":"read write","client_id":"c","username":"mia","exp":1700003600,"aud":["a","b"],"tenant":7}"#))
        let session = session(fake) { $0.introspectionURL = "/oauth/introspect" }
        try await session.begin()
        let found = try await session.introspect()
        #expect(fake.exchanges[0].url == "https://api.example.com/oauth/introspect")
        #expect(fake.exchanges[0].body == "token=A1&client_id=client-id&client_secret=client-secret")
        #expect(found.isActive)
        #expect(found.scopes == ["read", "write"])
        #expect(found.username == "mia")
        #expect(found.audience == ["a", "b"])
        #expect(found.expiresAt == Date(timeIntervalSince1970: 1_700_003_600))
        #expect(found.additional == ["tenant": 7])
    }

    @Test func introspectionOfWhatIsGone() async throws {
        let fake = FakeServer(answers: .json(#"{"active":false}"#), .json("{}"))
        let session = session(fake) { $0.introspectionURL = "/oauth/introspect" }
        #expect(try await !session.introspect("other").isActive)
        await #expect { _ = try await session.introspect("other") } throws: {
            if case OAuth2Error.invalidResponse = $0 { true } else { false }
        }
        // Nobody is signed in, so there is no token of its own to ask about.
        await #expect { _ = try await session.introspect() } throws: {
            if case OAuth2Error.signInRequired = $0 { true } else { false }
        }
        #expect(fake.exchanges.count == 2)
    }

    // MARK: RFC 8693 and RFC 7523

    @Test func tokenExchange() async throws {
        let fake = FakeServer(answers: .token("A2"))
        let session = session(fake)
        try await session.signIn(
            exchanging: TokenExchange(
                subject: SecurityToken("S1", kind: .idToken), actor: SecurityToken("S2"), requested: .accessToken,
                resources: ["https://a.example"], audiences: ["b"], scopes: ["read"]))
        #expect(
            fake.exchanges[0].form == [
                "grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "subject_token": "S1",
                "subject_token_type": "urn:ietf:params:oauth:token-type:id_token", "actor_token": "S2",
                "actor_token_type": "urn:ietf:params:oauth:token-type:access_token",
                "requested_token_type": "urn:ietf:params:oauth:token-type:access_token",
                "resource": "https://a.example", "audience": "b", "scope": "read", "client_id": "client-id",
                "client_secret": "client-secret",
            ])
        #expect(await session.accessText == "A2")
    }

    @Test func assertion() async throws {
        let fake = FakeServer(answers: .token("A2"))
        let session = session(fake)
        try await session.signIn(assertion: "header.payload.signature", scopes: ["read"])
        #expect(fake.exchanges[0].form["grant_type"] == "urn:ietf:params:oauth:grant-type:jwt-bearer")
        #expect(fake.exchanges[0].form["assertion"] == "header.payload.signature")
        #expect(await session.accessText == "A2")
    }

    /// A server that repeats what it was sent does not make it visible.
    @Test func secretsOfTheseFlowsStayHidden() async throws {
        let fake = FakeServer(answers: .json(
            #"{"error":"invalid_grant","error_description":"what is SECRET-ONE or SECRET-TWO?"}"#, status: 400))
        let session = session(fake) { $0.introspectionURL = "/i" }
        for attempt in 0..<3 {
            do {
                switch attempt {
                case 0: try await session.signIn(assertion: "SECRET-ONE")
                case 1:
                    try await session.signIn(
                        exchanging: TokenExchange(subject: SecurityToken("SECRET-ONE"), actor: SecurityToken("SECRET-TWO")))
                default: _ = try await session.introspect("SECRET-ONE")
                }
                Issue.record("no error")
            } catch {
                #expect(!"\(error)".contains("SECRET-ONE"))
            }
        }
        let exchange = TokenExchange(subject: SecurityToken("SECRET-ONE"))
        var dumped = "\(exchange) \(String(reflecting: exchange))"
        dump(exchange, to: &dumped)
        #expect(!dumped.contains("SECRET-ONE"))
    }

    // MARK: RFC 9126 and RFC 8707

    @Test func pushedAuthorizationRequest() async throws {
        let fake = FakeServer(answers: .json(#"{"request_uri":"urn:x:1","expires_in":60}"#, status: 201), .token("A1"))
        let session = session(fake) {
            $0.pushedAuthorizationRequestURL = "/oauth/par"
            $0.pkce = .required
            $0.resources = ["https://a.example/", "https://b.example/"]
        }
        let request = try await session.pushedAuthorizationRequest(redirectURI: "https://app.example/cb", scopes: ["read"])
        #expect(request.url == "https://api.example.com/oauth/authorize?client_id=client-id&request_uri=urn%3Ax%3A1")
        let pushed = fake.exchanges[0]
        #expect(pushed.form["state"] == request.state)
        #expect(pushed.form["code_challenge"] == request.proofKey?.challenge)
        #expect(pushed.form["client_secret"] == "client-secret")
        #expect(pushed.body.components(separatedBy: "client_id=").count == 2)
        #expect(pushed.body.contains("resource=https%3A%2F%2Fa.example%2F&resource=https%3A%2F%2Fb.example%2F"))
        try await session.signIn(redirectedTo: "https://app.example/cb?code=C&state=\(request.state)", for: request)
        #expect(fake.exchanges[1].form["code_verifier"] == request.proofKey?.verifier.exposed)
        #expect(fake.exchanges[1].body.contains("resource=https%3A%2F%2Fa.example%2F&resource=https%3A%2F%2Fb.example%2F"))
    }

    // MARK: OpenID Connect

    private func idToken(_ claims: String) -> String {
        "e30." + Base64URL.encode(Data(claims.utf8)) + ".c2ln"
    }

    private func signIn(_ claims: (String) -> String) async throws -> OAuth2Session {
        let clock = ManualClock()
        let fake = FakeServer { exchange, _ in
            .json(#"{"access_token":"A1","token_type":"Bearer","id_token":"\#(exchange.form["code"] ?? "")"}"#)
        }
        let session = session(fake, clock: clock) { $0.issuer = "https://issuer.example" }
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: ["openid"])
        let nonce = try #require(request.nonce)
        #expect(request.url.contains("&nonce=\(nonce)"))
        // The fake server makes its ID token of the code.
        let code = idToken(claims(nonce))
        try await session.signIn(redirectedTo: "https://app.example/cb?code=\(code)&state=\(request.state)", for: request)
        return session
    }

    private let end = Int(ManualClock().date.timeIntervalSince1970) + 600

    @Test func nonceIsChecked() async throws {
        let session = try await signIn {
            #"{"nonce":"\#($0)","iss":"https://issuer.example","sub":"mia","iat":1,"aud":["client-id"],"exp":\#(end)}"#
        }
        #expect(await session.accessText == "A1")
    }

    @Test(arguments: [
        #"{"nonce":"other","iss":"https://issuer.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999}"#,
        #"{"iss":"https://issuer.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999}"#,
        #"{"nonce":"NONCE","iss":"https://evil.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999}"#,
        #"{"nonce":"NONCE","sub":"mia","iat":1,"aud":"client-id","exp":99999999999}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","sub":"mia","iat":1,"aud":"somebody","exp":99999999999}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","sub":"mia","iat":1,"aud":["client-id","somebody"],"exp":99999999999}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","sub":"mia","iat":1,"aud":["client-id","somebody"],"azp":"somebody","exp":99999999999}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","sub":"mia","iat":1,"aud":"client-id","azp":"somebody","exp":99999999999}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","sub":"mia","iat":1,"aud":"client-id","exp":1000}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999,"nbf":99999999990}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","iat":1,"aud":"client-id","exp":99999999999}"#,
        #"{"nonce":"NONCE","iss":"https://issuer.example","sub":"mia","aud":"client-id","exp":99999999999}"#,
        "[]",
    ])
    func wrongIDTokenSignsNobodyIn(_ claims: String) async throws {
        await #expect { _ = try await signIn { claims.replacingOccurrences(of: "NONCE", with: $0) } } throws: {
            if case OAuth2Error.invalidIDToken = $0 { true } else { false }
        }
    }

    @Test func noncesAreFreshAndOnlyForOpenID() throws {
        let session = session(FakeServer(answers: .token("A1")))
        let nonces = try (0..<50).map { _ in
            try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: ["openid"]).nonce
        }
        #expect(Set(nonces.compactMap { $0 }).count == 50)
        #expect(try session.authorizationRequest(redirectURI: "https://app.example/cb").nonce == nil)
    }

    // MARK: Discovery

    private let metadata = #"""
        {"issuer":"https://id.example/tenant","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t",
         "introspection_endpoint":"https://id.example/i","pushed_authorization_request_endpoint":"https://id.example/p",
         "scopes_supported":["openid"],"token_endpoint_auth_methods_supported":["client_secret_post"]}
        """#

    @Test func discovery() async throws {
        let body = metadata
        let fake = FakeServer { exchange, _ in
            exchange.url == "https://id.example/.well-known/oauth-authorization-server/tenant"
                ? .json(body) : .init(status: 404, body: "not here", contentType: "text/plain")
        }
        let found = try await ServerMetadata.discover("https://id.example/tenant", transport: fake)
        #expect(fake.exchanges.map(\.request.method) == [.get, .get])
        #expect(fake.exchanges[0].url == "https://id.example/tenant/.well-known/openid-configuration")
        let scheme = OAuth2Scheme(name: "oidc", metadata: found)
        #expect(scheme.tokenURL == "https://id.example/t")
        #expect(scheme.pushedAuthorizationRequestURL == "https://id.example/p")
        #expect(scheme.issuer == "https://id.example/tenant")
        #expect(scheme.clientAuthentication == .post)
        let direct = FakeServer(answers: .json(metadata))
        _ = try await ServerMetadata.discover(
            "https://id.example/tenant/.well-known/openid-configuration", transport: direct)
        #expect(direct.exchanges.count == 1)
    }

    @Test func metadataOfAnotherIssuerIsRefused() async throws {
        let fake = FakeServer(answers: .json(metadata))
        await #expect { _ = try await ServerMetadata.discover("https://other.example", transport: fake) } throws: {
            if case OAuth2Error.issuerMismatch = $0 { true } else { false }
        }
        await #expect { _ = try await ServerMetadata.discover("http://id.example", transport: fake) } throws: {
            if case OAuth2Error.insecureEndpoint = $0 { true } else { false }
        }
        #expect(fake.exchanges.count == 1)
    }
}
