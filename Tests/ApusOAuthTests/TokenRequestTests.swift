import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct TokenRequestTests {
    private func exchange(
        secret: Secret? = "client-secret", scheme: (inout OAuth2Scheme) -> Void = { _ in },
        _ use: (OAuth2Session) async throws -> Void
    ) async throws -> FakeServer.Exchange {
        let fake = FakeServer(answers: .token("A1", refresh: "R1"))
        try await use(session(fake, secret: secret, scheme: scheme))
        return try #require(fake.exchanges.last)
    }

    @Test func passwordAsForm() async throws {
        let sent = try await exchange { try await $0.signIn(username: "me@example.com", password: "p w+ü") }
        #expect(sent.url == "https://api.example.com/oauth/token")
        #expect(sent.request.method == .post)
        #expect(sent.request.headerFields[.contentType] == "application/x-www-form-urlencoded")
        #expect(sent.request.headerFields[.accept] == "application/json")
        #expect(sent.request.headerFields[.authorization] == nil)
        #expect(
            sent.body
                == "grant_type=password&username=me%40example.com&password=p+w%2B%C3%BC&client_id=client-id&client_secret=client-secret"
        )
    }

    @Test func passwordAsJSON() async throws {
        let sent = try await exchange {
            $0.tokenRequest = .json
        } _: {
            try await $0.signIn(username: "me@example.com", password: "p\"w")
        }
        #expect(sent.request.headerFields[.contentType] == "application/json")
        #expect(
            sent.body
                == #"{"client_id":"client-id","client_secret":"client-secret","grant_type":"password","password":"p\"w","username":"me@example.com"}"#
        )
    }

    @Test func grantTypeInQuery() async throws {
        let sent = try await exchange {
            $0.tokenRequest = .json
            $0.grantTypeIn = .query
        } _: {
            try await $0.signIn(username: "me", password: "pw")
        }
        #expect(sent.url == "https://api.example.com/oauth/token?grant_type=password")
        #expect(
            sent.body
                == #"{"client_id":"client-id","client_secret":"client-secret","password":"pw","username":"me"}"#
        )
        let second = try await exchange {
            $0.tokenURL = "/oauth/token?tenant=1"
            $0.grantTypeIn = .query
        } _: {
            try await $0.signInWithClientCredentials()
        }
        #expect(second.url == "https://api.example.com/oauth/token?tenant=1&grant_type=client_credentials")
        #expect(second.body == "client_id=client-id&client_secret=client-secret")
    }

    @Test func authorizationCode() async throws {
        let sent = try await exchange {
            $0.tokenRequest = .json
        } _: { session in
            let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
            try await session.signIn(redirectedTo: "https://app.example/cb?code=C1&state=\(request.state)", for: request)
        }
        #expect(
            sent.body
                == #"{"client_id":"client-id","client_secret":"client-secret","code":"C1","grant_type":"authorization_code","redirect_uri":"https://app.example/cb"}"#
        )
    }

    @Test func authorizationCodeWithProofKey() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = session(fake, secret: nil) { $0.pkce = .required }
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb")
        try await session.signIn(redirectedTo: "https://app.example/cb?code=C1&state=\(request.state)", for: request)
        let verifier = try #require(fake.exchanges[0].form["code_verifier"])
        #expect(request.url.contains("&code_challenge=\(ProofKey(verifier: Secret(verifier)).challenge)&"))
        #expect(
            fake.exchanges[0].body
                == "grant_type=authorization_code&code=C1&redirect_uri=https%3A%2F%2Fapp.example%2Fcb&code_verifier=\(verifier)&client_id=client-id"
        )
    }

    @Test func refresh() async throws {
        let sent = try await exchange {
            $0.tokenRequest = .json
        } _: {
            try await $0.begin()
            try await $0.refreshToken()
        }
        #expect(
            sent.body
                == #"{"client_id":"client-id","client_secret":"client-secret","grant_type":"refresh_token","refresh_token":"R1"}"#
        )
        let elsewhere = try await exchange {
            $0.refreshURL = "https://auth.example.com/refresh"
        } _: {
            try await $0.begin()
            try await $0.refreshToken()
        }
        #expect(elsewhere.url == "https://auth.example.com/refresh")
    }

    @Test func clientCredentialsWithScopes() async throws {
        let sent = try await exchange {
            $0.scopeSeparator = ","
            $0.extraParameters = ["audience": "x y", "client_id": "another"]
        } _: {
            try await $0.signInWithClientCredentials(scopes: ["a", "b"])
        }
        #expect(
            sent.body
                == "grant_type=client_credentials&scope=a%2Cb&audience=x+y&client_id=client-id&client_secret=client-secret"
        )
    }

    /// RFC 6749 section 2.3.1: id and secret are form-encoded before base64. A
    /// space is written so that a server which only percent-decodes reads it
    /// too.
    @Test func basicAuthentication() async throws {
        let sent = try await exchange(secret: "s:e c%r") {
            $0.clientAuthentication = .basic
        } _: {
            try await $0.signInWithClientCredentials()
        }
        let expected = Data("client-id:s%3Ae%20c%25r".utf8).base64EncodedString()
        #expect(sent.request.headerFields[.authorization] == "Basic \(expected)")
        #expect(sent.body == "grant_type=client_credentials")
    }

    /// The client of RFC 6749 section 2.3.1, and the text of appendix B.
    @Test func vectorsOfTheCoreSpecification() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let session = OAuth2Session(
            scheme: fullScheme { $0.clientAuthentication = .basic },
            client: OAuth2Client(id: "s6BhdRkqt3", secret: "7Fjfp0ZBr1KtDRbnfVdmIw"),
            context: CredentialContext(serverURL: server, transport: fake), clock: ManualClock())
        try await session.signInWithClientCredentials()
        #expect(
            fake.exchanges[0].request.headerFields[.authorization] == "Basic czZCaGRSa3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3")
        #expect(PercentEncoding.form(" %&+\u{A3}\u{20AC}") == "+%25%26%2B%C2%A3%E2%82%AC")
    }

    @Test func publicClient() async throws {
        let sent = try await exchange {
            $0.clientAuthentication = .none
        } _: {
            try await $0.signIn(username: "me", password: "pw")
        }
        #expect(sent.body == "grant_type=password&username=me&password=pw&client_id=client-id")
        let withoutSecret = try await exchange(secret: nil) {
            $0.clientAuthentication = .basic
        } _: {
            try await $0.signIn(username: "me", password: "pw")
        }
        #expect(withoutSecret.request.headerFields[.authorization] == nil)
        #expect(withoutSecret.body == "grant_type=password&username=me&password=pw&client_id=client-id")
    }

    @Test func plainHTTPIsRefusedBeforeAnythingIsSent() async throws {
        for url in ["http://auth.example.com/token", "http://127.0.0.1.example.com/token", "http://localhost.example/t"] {
            let fake = FakeServer(answers: .token("A1"))
            let session = session(fake) { $0.tokenURL = url }
            await #expect { try await session.signInWithClientCredentials() } throws: {
                if case OAuth2Error.insecureEndpoint = $0 { true } else { false }
            }
            #expect(fake.exchanges.isEmpty)
        }
        for url in ["http://127.0.0.1:8080/token", "http://[::1]:8080/token", "http://localhost/token"] {
            let fake = FakeServer(answers: .token("A1"))
            try await session(fake) { $0.tokenURL = url }.signInWithClientCredentials()
            #expect(fake.exchanges.map(\.url) == [url])
        }
    }

    @Test(arguments: [
        ("/oauth/token", "https://h.example:8443/api/v1", "https://h.example:8443/oauth/token"),
        ("oauth/token", "https://h.example/api/v1", "https://h.example/api/v1/oauth/token"),
        ("oauth/token", "https://h.example/api/v1/", "https://h.example/api/v1/oauth/token"),
        ("//auth.example/token", "https://h.example/api", "https://auth.example/token"),
        ("https://auth.example", "https://h.example", "https://auth.example/"),
        ("https://auth.example?x=1", "https://h.example", "https://auth.example/?x=1"),
        ("HTTPS://auth.example/t", "https://h.example", "https://auth.example/t"),
    ])
    func endpointURLs(url: String, server: String, expected: String) throws {
        #expect(try Endpoint(url, serverURL: server).url == expected)
    }

    @Test(arguments: [
        "ftp://h.example/token", "https://", "https://api.example.com@evil.example/", "https://h.example/a b",
        "https://h.example/#f", "https://h.example:x/", "https://h\\.example/", "https:///token", "javascript:alert(1)",
        "https://[::1/token",
    ])
    func badEndpointURLs(url: String) {
        // With a server that is none, so that relative forms fail too.
        #expect(throws: OAuth2Error.self) { try Endpoint(url, serverURL: "") }
    }

    @Test func withoutRegistrationOrEndpoint() async throws {
        let fake = FakeServer(answers: .token("A1"))
        let bare = OAuth2Session(
            scheme: fullScheme(), client: nil, store: .memory,
            context: CredentialContext(serverURL: server, transport: fake)
        )
        #expect(!bare.isConfigured)
        await #expect { try await bare.signInWithClientCredentials() } throws: {
            if case OAuth2Error.notConfigured("oauth2") = $0 { true } else { false }
        }
        #expect(throws: OAuth2Error.self) { try bare.authorizationRequest(redirectURI: "https://app.example/") }
        let endless = session(fake) { $0.tokenURL = nil }
        await #expect { try await endless.signInWithClientCredentials() } throws: {
            if case OAuth2Error.missingEndpoint("tokenURL") = $0 { true } else { false }
        }
        #expect(fake.exchanges.isEmpty)
    }
}
