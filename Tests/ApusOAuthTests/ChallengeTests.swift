import ApusRuntime
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct ChallengeTests {
    @Test func challenges() {
        #expect(Challenge.parse("Bearer") == [Challenge(scheme: "bearer")])
        #expect(
            Challenge.parse(#"Bearer realm="a, \"b\"", error=invalid_token , Scope = "x y""#)
                == [Challenge(scheme: "bearer", parameters: ["realm": #"a, "b""#, "error": "invalid_token", "scope": "x y"])]
        )
        #expect(
            Challenge.parse(#"Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple""#)
                == [
                    Challenge(scheme: "newauth", parameters: ["realm": "apps", "type": "1", "title": #"Login to "apps""#]),
                    Challenge(scheme: "basic", parameters: ["realm": "simple"]),
                ]
        )
    }

    @Test(arguments: [
        "", ",", "=", "\"", "a=", "Bearer \"", "Bearer error=\"x", "Bearer error=\"x\\", "Bearer ==", "\u{7F}\u{0}", "Bearer é=ü",
        "Negotiate YWJj==", "Bearer ,,,, error", "Bearer error =",
    ])
    func anythingIsRead(text: String) {
        // Reaching the end is the point; what is there is at least a scheme.
        #expect(Challenge.parse(text).allSatisfy { !$0.scheme.isEmpty })
    }

    @Test func severalFields() {
        var response = HTTPResponse(status: .forbidden)
        #expect(!Challenge.all(in: response).contains { $0.scheme == "bearer" })
        response.headerFields.append(HTTPField(name: .wwwAuthenticate, value: "Basic realm=x"))
        response.headerFields.append(HTTPField(name: .wwwAuthenticate, value: "BEARER error=insufficient_scope"))
        #expect(
            Challenge.all(in: response) == [
                Challenge(scheme: "basic", parameters: ["realm": "x"]),
                Challenge(scheme: "bearer", parameters: ["error": "insufficient_scope"]),
            ])
    }

    /// RFC 6750 section 3.1: a new token of the same kind would not help, so
    /// none is asked for, and the caller learns what would.
    @Test(arguments: [
        (403, #"Bearer error="insufficient_scope", scope="read write""#, ["read", "write"]),
        (401, #"Basic realm="x, Bearer", Bearer realm=a, error="insufficient_scope", scope="read""#, ["read"]),
        (403, #"DPoP error="insufficient_scope""#, []),
    ])
    func insufficientScope(status: Int, challenge: String, required: [String]) async throws {
        var answer = FakeServer.Answer.json("{}", status: status)
        answer.headerFields[.wwwAuthenticate] = challenge
        let fake = FakeServer(answers: answer)
        let session = session(fake)
        try await session.begin()
        await #expect { try await BareClient(session).call() } throws: {
            guard case APIError<Never>.authorization(.insufficientScope(required)) = $0 else { return false }
            return required.isEmpty || "\($0)".contains(required.joined(separator: " "))
        }
        #expect(fake.exchanges.count == 1)
        #expect(await session.accessText == "A1")
    }

    /// A 403 for another reason is the server's own answer.
    @Test func otherRefusals() async throws {
        for challenge in [nil, "Bearer", #"Basic error="insufficient_scope""#] as [String?] {
            var answer = FakeServer.Answer.json("{}", status: 403)
            if let challenge { answer.headerFields[.wwwAuthenticate] = challenge }
            let session = session(FakeServer(answers: answer))
            try await session.begin()
            await #expect { try await BareClient(session).call() } throws: {
                if case APIError<Never>.undocumented = $0 { true } else { false }
            }
        }
    }

    /// `invalid_token` renews the token, once: what is refused then is refused.
    @Test func invalidToken() async throws {
        let fake = FakeServer { exchange, index in
            if exchange.url.hasSuffix("/oauth/token") { return .token("A\(index)", refresh: "R\(index)") }
            var answer = FakeServer.Answer(status: 401)
            answer.headerFields[.wwwAuthenticate] = #"Bearer error="invalid_token", error_description="expired""#
            return answer
        }
        let session = session(fake)
        try await session.begin("A0", refresh: "R0")
        await #expect { try await BareClient(session).call() } throws: {
            (($0 as? APIError<Never>)?.status?.code) == 401
        }
        #expect(fake.exchanges.map(\.request.path) == ["/things", "/oauth/token", "/things"])
        #expect(fake.exchanges[2].request.headerFields[.authorization] == "Bearer A1")
    }

    @Test func plainHTTPGetsNoToken() async throws {
        let session = session(FakeServer(answers: .token("A2")))
        try await session.begin()
        var request = HTTPRequest(method: .get, scheme: "http", authority: "api.example.com", path: "/")
        await #expect(throws: AuthorizationError.self) {
            try await session.authorize(&request, scopes: [], context: session.context)
        }
        #expect(request.headerFields[.authorization] == nil)
        var local = HTTPRequest(method: .get, scheme: "http", authority: "[::1]:80", path: "/")
        try await session.authorize(&local, scopes: [], context: session.context)
        #expect(local.headerFields[.authorization] == "Bearer A1")
    }
}
