import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

/// OpenID Connect Core sections 3.1.3.7 and 12.2, for every grant.
@Suite struct IDTokenTests {
    private static let good = #""iss":"https://issuer.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999"#

    private static func token(_ claims: String) -> String {
        "e30.\(Base64URL.encode(Data("{\(claims)}".utf8))).e30"
    }

    private static func answer(_ access: String, _ claims: String) -> FakeServer.Answer {
        .json(#"{"access_token":"\#(access)","refresh_token":"R","token_type":"Bearer","expires_in":3600,"id_token":"\#(token(claims))"}"#)
    }

    private func isInvalid(_ error: any Error) -> Bool {
        if case OAuth2Error.invalidIDToken = error { true } else { false }
    }

    @Test func openIDWithoutAnIDToken() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: ["openid"])
        await #expect {
            try await session.signIn(redirectedTo: "https://app.example/cb?code=C&state=\(request.state)", for: request)
        } throws: { isInvalid($0) }
        #expect(await session.token == nil)
    }

    /// A server may grant less, which the program sees in the scopes.
    @Test func openIDThatWasNotGranted() async throws {
        let fake = FakeServer(answers: .json(#"{"access_token":"A1","token_type":"Bearer","scope":"read"}"#))
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: ["openid", "read"])
        try await session.signIn(redirectedTo: "https://app.example/cb?code=C&state=\(request.state)", for: request)
        #expect(await session.token?.scopes == ["read"])
    }

    @Test(arguments: [
        #""iss":"https://evil.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999"#,
        #""iss":"https://issuer.example","sub":"mia","iat":1,"aud":"somebody","exp":99999999999"#,
        #""iss":"https://issuer.example","sub":"mia","iat":1,"aud":"client-id","exp":1"#,
        #""iss":"https://issuer.example","iat":1,"aud":"client-id","exp":99999999999"#,
    ])
    func otherGrants(claims: String) async throws {
        let session = session(FakeServer(answers: Self.answer("A1", claims))) { $0.issuer = "https://issuer.example" }
        await #expect { try await session.signIn(username: "mia", password: "pw") } throws: { isInvalid($0) }
        await #expect { try await session.signIn(assertion: "x") } throws: { isInvalid($0) }
        #expect(await session.token == nil)
        let devices = FakeServer { exchange, _ in
            exchange.url.hasSuffix("/device")
                ? .json(#"{"device_code":"D","user_code":"U","verification_uri":"https://x","expires_in":600}"#)
                : Self.answer("A1", claims)
        }
        let other = ApusOAuthTests.session(devices) { $0.issuer = "https://issuer.example" }
        let authorization = try await other.deviceAuthorization()
        await #expect { try await other.signIn(with: authorization) } throws: { isInvalid($0) }
    }

    @Test(arguments: [
        #""iss":"https://issuer.example","sub":"tom","iat":1,"aud":"client-id","exp":99999999999"#,
        #""iss":"https://evil.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999"#,
        #""iss":"https://issuer.example","sub":"mia","iat":1,"aud":["client-id","x"],"azp":"client-id","exp":99999999999"#,
    ])
    func refreshIsOfTheSameUser(claims: String) async throws {
        let fake = FakeServer { exchange, index in
            exchange.url.hasSuffix("/revoke") ? .init() : Self.answer("A\(index + 1)", index == 0 ? Self.good : claims)
        }
        let session = session(fake)
        try await session.signIn(username: "mia", password: "pw")
        var states = session.states.makeAsyncIterator()
        await #expect { try await session.refreshToken() } throws: { isInvalid($0) }
        #expect(await session.token == nil)
        #expect(fake.exchanges.last?.form["token"] == "R")
        guard case .signedOut(.refused(.invalidIDToken))? = await states.next() else {
            Issue.record("not told")
            return
        }
    }

    @Test func refreshOfTheSameUser() async throws {
        let fake = FakeServer { _, index in Self.answer("A\(index + 1)", Self.good) }
        let session = session(fake)
        try await session.signIn(username: "mia", password: "pw")
        try await session.refreshToken()
        #expect(await session.accessText == "A2")
    }

    /// Microsoft's issuer for all organisations.
    @Test(arguments: [
        ("https://login.example/T1/v2.0", "T1", true), ("https://login.example/T2/v2.0", "T1", false),
        ("https://login.example/{tenantid}/v2.0", "", false), ("https://evil.example/T1/v2.0", "T1", false),
    ])
    func issuerOfManyTenants(issuer: String, tenant: String, isGood: Bool) async throws {
        let fake = FakeServer { exchange, _ in
            if exchange.url.contains(".well-known") {
                return .json(
                    #"{"issuer":"https://login.example/{tenantid}/v2.0","authorization_endpoint":"https://login.example/a","token_endpoint":"https://login.example/t"}"#)
            }
            return Self.answer(
                "A1", #""iss":"\#(issuer)","tid":"\#(tenant)","sub":"mia","iat":1,"aud":"client-id","exp":99999999999"#)
        }
        let session = session(fake) {
            $0.discoveryURL = "https://login.example/common/v2.0/.well-known/openid-configuration"
            $0.tokenURL = nil
        }
        if isGood {
            try await session.signIn(username: "mia", password: "pw")
            #expect(await session.accessText == "A1")
        } else {
            await #expect { try await session.signIn(username: "mia", password: "pw") } throws: { isInvalid($0) }
        }
    }

    /// Where all is known there is nothing to ask for.
    @Test func discoveryThatIsNotNeeded() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake) {
            $0.discoveryURL = "https://login.example/common/v2.0/.well-known/openid-configuration"
            $0.issuer = "https://login.example/{tenantid}/v2.0"
            $0.clientAuthentication = .post
        }
        try await session.signIn(username: "mia", password: "pw")
        #expect(fake.exchanges.map(\.url) == ["https://api.example.com/oauth/token"])
    }

    @Test func implicitIDTokenIsDropped() async throws {
        let session = session(FakeServer(answers: .init()))
        let request = try session.authorizationRequest(.token, redirectURI: "https://app.example/cb", scopes: [])
        try await session.signIn(
            redirectedTo: "https://app.example/cb#access_token=A1&id_token=\(Self.token(Self.good))&state=\(request.state)",
            for: request)
        #expect(await session.token?.idToken == nil)
    }
}
