import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct AuthorizationCodeTests {
    private let callback = "https://app.example/cb"

    private func query(of url: String) -> [URLQueryItem] {
        URLComponents(string: url)?.queryItems ?? []
    }

    /// RFC 7636 appendix B.
    @Test func proofKeyVector() {
        #expect(
            ProofKey(verifier: "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").challenge
                == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
        )
    }

    @Test func verifiersAreFreshAndWellFormed() {
        let verifiers = (0..<200).map { _ in ProofKey().verifier.exposed }
        #expect(Set(verifiers).count == 200)
        for verifier in verifiers {
            #expect(verifier.count == 43)
            #expect(verifier.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") })
        }
    }

    @Test func exactParameters() throws {
        let session = session(FakeServer(answers: .token("A1")))
        let request = try session.authorizationRequest(redirectURI: callback)
        #expect(
            request.url
                == "https://api.example.com/oauth/authorize?client_id=client-id&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&response_type=code&scope=&state=\(request.state)"
        )
    }

    @Test func exactParametersWithProofKey() throws {
        let session = session(FakeServer(answers: .token("A1"))) {
            $0.pkce = .supported
            $0.authorizationURL = "https://auth.example/authorize?tenant=a"
            $0.extraParameters = ["prompt": "login", "state": "fixed"]
        }
        let request = try session.authorizationRequest(redirectURI: callback, scopes: ["a b", "c&d"])
        #expect(request.url.hasPrefix("https://auth.example/authorize?tenant=a&client_id=client-id&"))
        #expect(request.url.contains("&scope=a%20b%20c%26d&"))
        let items = query(of: request.url)
        #expect(
            items.map(\.name) == [
                "tenant", "client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge",
                "code_challenge_method", "prompt",
            ]
        )
        #expect(items[5].value == request.state)
        #expect(items[6].value == request.proofKey?.challenge)
        #expect(items[7].value == "S256")
    }

    @Test func statesAndVerifiersAreFreshPerRequest() throws {
        let session = session(FakeServer(answers: .token("A1"))) { $0.pkce = .required }
        let requests = try (0..<50).map { _ in try session.authorizationRequest(redirectURI: callback) }
        #expect(Set(requests.map(\.state)).count == 50)
        #expect(Set(requests.compactMap { $0.proofKey?.verifier }).count == 50)
    }

    @Test func wrongStateSendsNothing() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: callback)
        for query in ["code=C1&state=\(request.state)x", "code=C1", "code=C1&state=", "error=access_denied&state=no"] {
            await #expect { try await session.signIn(redirectedTo: "\(callback)?\(query)", for: request) } throws: {
                if case OAuth2Error.stateMismatch = $0 { true } else { false }
            }
        }
        #expect(fake.exchanges.isEmpty)
        // A forged redirect does not use up the request.
        try await session.signIn(redirectedTo: "\(callback)?code=C1&state=\(request.state)", for: request)
        #expect(fake.exchanges.count == 1)
    }

    @Test func requestServesOnce() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: callback)
        let url = "\(callback)?code=C1&state=\(request.state)"
        try await session.signIn(redirectedTo: url, for: request)
        await #expect { try await session.signIn(redirectedTo: url, for: request) } throws: {
            if case OAuth2Error.requestAlreadyUsed = $0 { true } else { false }
        }
        #expect(fake.exchanges.count == 1)
    }

    @Test func unreachableServerLeavesTheRequestUsable() async throws {
        let fake = FakeServer { _, index in
            if index == 0 { throw FakeServer.Unreachable() }
            return .token("A1")
        }
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: callback)
        let url = "\(callback)?code=C1&state=\(request.state)"
        await #expect(throws: OAuth2Error.self) { try await session.signIn(redirectedTo: url, for: request) }
        try await session.signIn(redirectedTo: url, for: request)
        #expect(await session.accessText == "A1")
    }

    @Test func errorRedirect() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake)
        let request = try session.authorizationRequest(redirectURI: callback)
        let url = "\(callback)?error=access_denied&error_description=The+user%20said+no&state=\(request.state)"
        await #expect { try await session.signIn(redirectedTo: url, for: request) } throws: {
            if case OAuth2Error.server(.accessDenied, "The user said no", nil, nil) = $0 { true } else { false }
        }
        #expect(fake.exchanges.isEmpty)
    }

    @Test(arguments: ["", "https://app.example/cb", "nonsense", "?a=b", "https://app.example/cb#code=1"])
    func noRedirectAtAll(url: String) async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let request = try session.authorizationRequest(redirectURI: callback)
        await #expect { try await session.signIn(redirectedTo: url, for: request) } throws: {
            if case OAuth2Error.invalidRedirect = $0 { true } else { false }
        }
    }

    @Test func parametersThatOccurTwice() async throws {
        let session = session(FakeServer(answers: .token("A1")))
        let request = try session.authorizationRequest(redirectURI: callback)
        let url = "\(callback)?code=C1&code=C2&state=\(request.state)"
        await #expect { try await session.signIn(redirectedTo: url, for: request) } throws: {
            if case OAuth2Error.invalidRedirect = $0 { true } else { false }
        }
    }

    /// RFC 9207.
    @Test func issuer() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake) { $0.issuer = "https://auth.example" }
        let request = try session.authorizationRequest(redirectURI: callback)
        let url = "\(callback)?code=C1&state=\(request.state)&iss="
        await #expect { try await session.signIn(redirectedTo: url + "https%3A%2F%2Fevil.example", for: request) } throws: {
            if case OAuth2Error.issuerMismatch("https://auth.example", "https://evil.example") = $0 { true } else { false }
        }
        #expect(fake.exchanges.isEmpty)
        try await session.signIn(redirectedTo: url + "https%3A%2F%2Fauth.example", for: request)
        #expect(fake.exchanges.count == 1)
    }

    @Test(arguments: [
        "https://app.example/cb", "https://app.example", "com.example.app:/cb", "http://127.0.0.1:4000/cb",
        "http://localhost/cb", "http://[::1]:4000/cb",
    ])
    func redirectURIsThatAreAllowed(uri: String) throws {
        _ = try session(FakeServer(answers: .token("A1"))).authorizationRequest(redirectURI: uri)
    }

    @Test(arguments: [
        "", "cb", "/cb", "http://app.example/cb", "http://127.0.0.1.example/cb", "http://127.0.0.1@evil.example/cb",
        "https:///cb", "https:cb", "https://app.example/cb#f", "https://app.example/c b", "myapp://cb", "javascript:alert(1)",
        "https://app.example/\r\nX: y",
    ])
    func redirectURIsThatAreRefused(uri: String) {
        let session = session(FakeServer(answers: .token("A1")))
        #expect { _ = try session.authorizationRequest(redirectURI: uri) } throws: {
            if case OAuth2Error.redirectURINotAllowed(let reason) = $0 { !reason.isEmpty } else { false }
        }
    }

    @Test func schemesOfTheServer() throws {
        let strict = session(FakeServer(answers: .token("A1"))) { $0.redirectURISchemes = ["https"] }
        _ = try strict.authorizationRequest(redirectURI: "https://app.example/cb")
        for uri in ["http://127.0.0.1/cb", "com.example.app:/cb"] {
            #expect { _ = try strict.authorizationRequest(redirectURI: uri) } throws: {
                "\($0)".contains("demands https")
            }
        }
        let own = session(FakeServer(answers: .token("A1"))) { $0.redirectURISchemes = ["MyApp", "http"] }
        _ = try own.authorizationRequest(redirectURI: "myapp://cb")
        #expect(throws: OAuth2Error.self) { _ = try own.authorizationRequest(redirectURI: "http://app.example/") }
    }

    @Test func implicitGrant() async throws {
        let fake = FakeServer(answers: .token("no"))
        let session = session(fake)
        // By the function that the deprecated one calls.
        let request = try session.authorizationRequest(.token, redirectURI: callback, scopes: ["a"])
        #expect(request.url.contains("response_type=token"))
        #expect(!request.url.contains("code_challenge"))
        let fragment = "access_token=A1&token_type=bearer&expires_in=60&refresh_token=R1&state=\(request.state)"
        await #expect(throws: OAuth2Error.self) {
            try await session.signIn(redirectedTo: "\(callback)?\(fragment)x", for: request)
        }
        try await session.signIn(redirectedTo: "\(callback)#\(fragment)", for: request)
        let token = try #require(await session.token)
        #expect(token.accessToken.exposed == "A1")
        #expect(token.refreshToken == nil)
        #expect(token.scopes == ["a"])
        #expect(token.expiresAt == token.issuedAt.addingTimeInterval(60))
        #expect(fake.exchanges.isEmpty)
    }
}
