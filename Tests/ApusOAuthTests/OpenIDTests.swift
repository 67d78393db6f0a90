import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

/// What one request asks for, who the user is, and the end of the session at
/// the provider.
@Suite struct OpenIDTests {
    private func query(_ url: String) -> [String: [String]] {
        Dictionary(grouping: PercentEncoding.parameters(url.drop { $0 != "?" }.dropFirst()), by: \.name)
            .mapValues { $0.map(\.value) }
    }

    private static func token(_ claims: String) -> String {
        "e30.\(Base64URL.encode(Data("{\(claims)}".utf8))).e30"
    }

    @Test func parametersOfOneRequest() throws {
        let session = session(FakeServer(answers: .init())) { $0.extraParameters = ["audience": "a", "prompt": "consent"] }
        let wishes = AuthorizationParameters(
            prompt: [.login, .selectAccount], loginHint: "mia@example.com", maxAge: 60, uiLocales: ["de-CH", "de"],
            acrValues: ["gold"],
            additional: ["audience": "b", "state": "evil", "nonce": "evil", "redirect_uri": "https://evil.example", "hd": "x"])
        let request = try session.authorizationRequest(
            redirectURI: "https://app.example/cb", scopes: ["openid"], parameters: wishes)
        let query = query(request.url)
        #expect(query["prompt"] == ["login select_account"])
        #expect(query["login_hint"] == ["mia@example.com"])
        #expect(query["max_age"] == ["60"])
        #expect(query["ui_locales"] == ["de-CH de"])
        #expect(query["acr_values"] == ["gold"])
        #expect(query["audience"] == ["b"])
        #expect(query["hd"] == ["x"])
        #expect(query["state"] == [request.state])
        #expect(query["nonce"] == [try #require(request.nonce)])
        #expect(query["redirect_uri"] == ["https://app.example/cb"])
        #expect(!"\(wishes) \(String(reflecting: wishes))".contains("mia"))
    }

    /// They are for the authorization request alone.
    @Test func parametersAreNotSentWithTheCode() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake)
        let request = try session.authorizationRequest(
            redirectURI: "https://app.example/cb", parameters: AuthorizationParameters(loginHint: "mia"))
        try await session.signIn(redirectedTo: "https://app.example/cb?code=C&state=\(request.state)", for: request)
        #expect(fake.exchanges[0].form["login_hint"] == nil)
    }

    @Test(arguments: [(0, true), (-300, true), (-3600, false), (nil, false)] as [(Double?, Bool)])
    func maximumAge(signedIn: Double?, isGood: Bool) async throws {
        let clock = ManualClock()
        let time = signedIn.map { #","auth_time":\#(Int(clock.date.timeIntervalSince1970 + $0))"# } ?? ""
        let fake = FakeServer { exchange, _ in
            let nonce = exchange.form["code"] ?? ""
            let idToken = Self.token(
                #""iss":"https://i","sub":"mia","iat":1,"aud":"client-id","exp":99999999999,"nonce":"\#(nonce)"\#(time)"#)
            return .json(#"{"access_token":"A1","token_type":"Bearer","id_token":"\#(idToken)"}"#)
        }
        let session = session(fake, clock: clock)
        let request = try session.authorizationRequest(
            redirectURI: "https://app.example/cb", scopes: ["openid"], parameters: AuthorizationParameters(maxAge: 60))
        // The fake server takes the nonce from the code.
        let url = "https://app.example/cb?code=\(try #require(request.nonce))&state=\(request.state)"
        if isGood {
            try await session.signIn(redirectedTo: url, for: request)
            #expect(await session.accessText == "A1")
        } else {
            await #expect { try await session.signIn(redirectedTo: url, for: request) } throws: {
                if case OAuth2Error.invalidIDToken = $0 { true } else { false }
            }
        }
    }

    @Test(arguments: ["mia", "tom"]) func userInformation(subject: String) async throws {
        let idToken = Self.token(#""iss":"https://i","sub":"mia","iat":1,"aud":"client-id","exp":99999999999"#)
        let fake = FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/userinfo") { return .json(#"{"sub":"\#(subject)","name":"M"}"#) }
            return .json(#"{"access_token":"A1","token_type":"Bearer","id_token":"\#(idToken)"}"#)
        }
        let session = session(fake) { $0.userInfoURL = "/userinfo" }
        try await session.signIn(username: "mia", password: "pw")
        if subject == "mia" {
            #expect(try await session.userInfo()["name"] == .string("M"))
            #expect(fake.exchanges[1].request.headerFields[.authorization] == "Bearer A1")
        } else {
            await #expect { _ = try await session.userInfo() } throws: {
                if case OAuth2Error.invalidIDToken = $0 { true } else { false }
            }
        }
    }

    @Test func endOfTheSessionAtTheProvider() async throws {
        let idToken = Self.token(#""iss":"https://id.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999"#)
        let fake = FakeServer { exchange, _ in
            if exchange.url.contains(".well-known") {
                return .json(#"{"issuer":"https://id.example","token_endpoint":"https://id.example/t","end_session_endpoint":"https://id.example/end?x=1"}"#)
            }
            return .json(#"{"access_token":"A1","token_type":"Bearer","id_token":"\#(idToken)"}"#)
        }
        let session = session(fake) {
            $0.tokenURL = nil
            $0.discoveryURL = "https://id.example/.well-known/openid-configuration"
        }
        try await session.signIn(username: "mia", password: "pw")
        let url = try await session.endSessionURL(redirectURI: "https://app.example/bye", state: "s")
        #expect(url.hasPrefix("https://id.example/end?x=1&"))
        #expect(
            query(url) == [
                "x": ["1"], "id_token_hint": [idToken], "client_id": ["client-id"],
                "post_logout_redirect_uri": ["https://app.example/bye"], "state": ["s"],
            ])
        let without = ApusOAuthTests.session(fake)
        await #expect { _ = try await without.endSessionURL() } throws: {
            if case OAuth2Error.missingEndpoint("endSessionURL") = $0 { true } else { false }
        }
    }

    /// `oauth2MetadataUrl` of OpenAPI 3.2: no OpenID Connect in it.
    @Test(arguments: ["https://id.example/tenant", "https://evil.example/tenant"])
    func metadataURL(issuer: String) async throws {
        let fake = FakeServer { exchange, _ in
            guard exchange.url.contains(".well-known") else { return .token("A1") }
            return .json(#"{"issuer":"\#(issuer)","authorization_endpoint":"https://id.example/a","token_endpoint":"https://id.example/t"}"#)
        }
        let session = session(fake) {
            ($0.tokenURL, $0.authorizationURL) = (nil, nil)
            $0.discoveryURL = "https://id.example/.well-known/oauth-authorization-server/tenant"
        }
        guard issuer.hasPrefix("https://id.") else {
            await #expect { try await session.signInWithClientCredentials() } throws: {
                if case OAuth2Error.issuerMismatch = $0 { true } else { false }
            }
            return
        }
        try await session.signInWithClientCredentials()
        #expect(
            fake.exchanges.map(\.url) == [
                "https://id.example/.well-known/oauth-authorization-server/tenant", "https://id.example/t",
            ])
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: ["read"])
        #expect(request.scopes == ["read"])
    }

    /// Where the description says all that a sign-in needs, the server is asked
    /// for the rest once that is wanted, and not before.
    @Test func endpointsThatTheDescriptionLeavesOut() async throws {
        let idToken = Self.token(#""iss":"https://id.example","sub":"mia","iat":1,"aud":"client-id","exp":99999999999"#)
        let fake = FakeServer { exchange, _ in
            if exchange.url.contains(".well-known") {
                return .json(
                    #"{"issuer":"https://id.example","token_endpoint":"https://evil.example/t","userinfo_endpoint":"https://id.example/u","revocation_endpoint":"https://id.example/r"}"#)
            }
            if exchange.url.hasSuffix("/u") { return .json(#"{"sub":"mia"}"#) }
            return .json(#"{"access_token":"A1","refresh_token":"R1","token_type":"Bearer","id_token":"\#(idToken)"}"#)
        }
        let session = session(fake) {
            $0.discoveryURL = "https://id.example/.well-known/openid-configuration"
            ($0.issuer, $0.clientAuthentication, $0.revocationURL) = ("https://id.example", .post, nil)
        }
        try await session.signIn(username: "mia", password: "pw")
        #expect(fake.exchanges.map(\.url) == ["https://api.example.com/oauth/token"])
        #expect(try await session.userInfo() == ["sub": "mia"])
        await #expect { _ = try await session.endSessionURL() } throws: {
            if case OAuth2Error.missingEndpoint("endSessionURL") = $0 { true } else { false }
        }
        try await session.refreshToken()
        try await session.signOut()
        #expect(
            fake.exchanges.dropFirst().map(\.url) == [
                "https://id.example/.well-known/openid-configuration", "https://id.example/u",
                "https://api.example.com/oauth/token", "https://id.example/r",
            ])
    }

    /// RFC 9207: that a server names itself in redirects is in its metadata, and
    /// counts also where the description says where the user is sent.
    @Test func issuerOfARedirectOfADescribedEndpoint() async throws {
        let fake = FakeServer { exchange, _ in
            if exchange.url.contains(".well-known") {
                return .json(#"{"issuer":"https://id.example","authorization_response_iss_parameter_supported":true}"#)
            }
            return .token("A1")
        }
        let session = session(fake) { $0.discoveryURL = "https://id.example/.well-known/oauth-authorization-server" }
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
        await #expect { try await session.signIn(redirectedTo: "https://app.example/cb?code=C&state=evil", for: request) } throws: {
            if case OAuth2Error.stateMismatch = $0 { true } else { false }
        }
        #expect(fake.exchanges.isEmpty)
        let redirect = "https://app.example/cb?code=C&state=\(request.state)"
        for url in [redirect, redirect + "&iss=https%3A%2F%2Fevil.example"] {
            await #expect { try await session.signIn(redirectedTo: url, for: request) } throws: {
                if case OAuth2Error.issuerMismatch = $0 { true } else { false }
            }
        }
        try await session.signIn(redirectedTo: redirect + "&iss=https%3A%2F%2Fid.example", for: request)
        #expect(await session.accessText == "A1")
    }
}
