import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct TokenResponseTests {
    private func token(
        _ body: String, contentType: String = "application/json", scopes: [String] = []
    ) async throws -> OAuth2Token {
        let fake = FakeServer(answers: .init(body: body, contentType: contentType))
        let session = session(fake)
        try await session.signInWithClientCredentials(scopes: scopes)
        return try #require(await session.token)
    }

    private func error(_ answer: FakeServer.Answer) async -> OAuth2Error? {
        do {
            try await session(FakeServer(answers: answer)).signInWithClientCredentials()
            return nil
        } catch {
            return error
        }
    }

    @Test func everyMember() async throws {
        let claims = #"{"iss":"https://i","sub":"s","aud":"client-id","iat":1,"exp":99999999999}"#
        let idToken = "e30.\(Base64URL.encode(Data(claims.utf8))).e30"
        let token = try await token(
            #"{"access_token":"A1","token_type":"bearer","expires_in":7200,"refresh_token":"R1","scope":"a b","id_token":"\#(idToken)","created_at":1700000000,"user":{"id":7}}"#
        )
        #expect(token.accessToken.exposed == "A1")
        #expect(token.refreshToken?.exposed == "R1")
        #expect(token.idToken?.exposed == idToken)
        #expect(token.tokenType == "bearer")
        #expect(token.scopes == ["a", "b"])
        #expect(token.expiresAt == token.issuedAt.addingTimeInterval(7200))
        #expect(token.additional.keys.sorted() == ["created_at", "user"])
        guard case .number(let created)? = token.additional["created_at"] else { throw OAuth2Error.signInRequired }
        #expect(created.double == 1_700_000_000)
    }

    @Test(arguments: [
        ("3600", 3600), ("\"3600\"", 3600), ("\" 3600 \"", 3600), ("3600.5", 3600.5),
        ("1e300", 100 * 366 * 86_400),
    ] as [(String, Double)])
    func lifetimes(text: String, seconds: Double) async throws {
        let token = try await token(#"{"access_token":"A1","token_type":"BEARER","expires_in":\#(text)}"#)
        #expect(token.expiresAt?.timeIntervalSince(token.issuedAt) == seconds)
    }

    @Test(arguments: ["null", "\"soon\"", "\"nan\"", "\"inf\"", "[]", "0", "-5"])
    func lifetimeUnknown(text: String) async throws {
        let token = try await token(#"{"access_token":"A1","token_type":"Bearer","expires_in":\#(text)}"#)
        #expect(token.expiresAt == nil)
        #expect(!token.isDue(at: .distantFuture, leeway: 60))
    }

    @Test func absentMembers() async throws {
        let token = try await token(#"{"access_token":"A1","refresh_token":""}"#, scopes: ["a"])
        #expect(token.expiresAt == nil)
        #expect(token.refreshToken == nil)
        #expect(token.scopes == ["a"])
    }

    @Test func formAnswer() async throws {
        let body = "access_token=A%2B1&expires_in=60&scope=a%20b&token_type=bearer"
        for type in ["application/x-www-form-urlencoded; charset=utf-8", "text/plain"] {
            let token = try await token(body, contentType: type)
            #expect(token.accessToken.exposed == "A+1")
            #expect(token.scopes == ["a", "b"])
            #expect(token.expiresAt == token.issuedAt.addingTimeInterval(60))
        }
    }

    @Test(arguments: [
        (200, "<html><body>A1</body></html>", "text/html"), (200, "", "application/json"), (200, "{", "application/json"),
        (200, "[]", "application/json"), (200, "{}", "application/json"),
        (200, #"{"access_token":"A1","token_type":"mac"}"#, "application/json"),
        (200, #"{"access_token":"A\r\nX: y"}"#, "application/json"), (200, #"{"access_token":1}"#, "application/json"),
        (302, "", "text/html"), (404, "<html>", "text/html"), (400, "access denied", "text/plain"),
    ])
    func notAnAnswer(status: Int, body: String, contentType: String) async throws {
        let error = try #require(await error(.init(status: status, body: body, contentType: contentType)))
        guard case .invalidResponse(status, _) = error else {
            Issue.record("\(error)")
            return
        }
        #expect(error.isRetryable == (status == 200))
    }

    @Test func errorAnswers() async throws {
        let body = #"{"error":"invalid_client","error_description":"who?","error_uri":"https://e.example/1"}"#
        for status in [200, 400, 401] {
            guard case .server(.invalidClient, "who?", "https://e.example/1", status) = await error(.json(body, status: status))
            else {
                Issue.record("not the server's error")
                return
            }
        }
        guard case .server(.invalidScope, nil, nil, 400) = await error(
            .init(status: 400, body: "error=invalid_scope", contentType: "application/x-www-form-urlencoded")
        ) else {
            Issue.record("not the server's error")
            return
        }
    }

    @Test func unavailable() async throws {
        var answer = FakeServer.Answer(status: 503, body: "<html>", contentType: "text/html")
        answer.headerFields[.retryAfter] = "7"
        guard case .unavailable(503, 7)? = await error(answer) else {
            Issue.record("not unavailable")
            return
        }
    }

    @Test func answersAreBounded() async throws {
        let body = #"{"access_token":"A1","x":"\#(String(repeating: "x", count: 262_144))"}"#
        guard case .transport? = await error(.json(body)) else {
            Issue.record("read without bounds")
            return
        }
    }

    @Test func tokensSurviveEveryCoder() throws {
        let token = OAuth2Token(
            accessToken: "A1", refreshToken: "R1", idToken: "I1", scopes: ["a"],
            issuedAt: Date(timeIntervalSince1970: 1), expiresAt: Date(timeIntervalSince1970: 2),
            additional: ["x": .array([.null, .bool(true), .string("y")])]
        )
        let json = try JSONDecoder().decode(OAuth2Token.self, from: JSONEncoder().encode(token))
        #expect(json == token)
        var plain = token
        plain.additional = [:]
        let list = try PropertyListDecoder().decode(OAuth2Token.self, from: PropertyListEncoder().encode(plain))
        #expect(list == plain)
    }
}
