import Foundation
import Testing

@Suite("The token endpoint")
struct TokenTests {
    @Test("The answer has all members, and may not be stored")
    func answer() async throws {
        try await Setting.with { setting in
            let answer = try await setting.token(Setting.passwordGrant())
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(answer.text("token_type") == "bearer")
            #expect(answer.json["expires_in"] as? Int == 60)
            #expect(answer.json["user_id"] as? Int == 101)
            let createdAt = try #require(answer.json["created_at"] as? Int)
            #expect(abs(Double(createdAt) - Date().timeIntervalSince1970) < 60)
            #expect(answer.text("access_token").count == 64)
            #expect(answer.text("access_token") != answer.text("refresh_token"))
            #expect(try await setting.status(with: answer.text("access_token")) == 200)
            // One kind of token is not the other.
            #expect(try await setting.status(with: answer.text("refresh_token")) == 401)
        }
    }

    @Test("The grant type may stand in the query, and the parameters in a form")
    func places() async throws {
        try await Setting.with { setting in
            var rest = Setting.passwordGrant()
            rest["grant_type"] = nil
            #expect(try await setting.probe.post("/oauth/token?grant_type=password", json: rest).status == 200)
            #expect(try await setting.probe.post("/oauth/token?grant_type=password", form: rest).status == 200)
            #expect(try await setting.probe.post("/oauth/token", form: Setting.passwordGrant()).status == 200)
            #expect(try await setting.token(rest).error == "invalid_request")
            let both = try await setting.probe.post(
                "/oauth/token?grant_type=refresh_token", json: Setting.passwordGrant())
            #expect(both.error == "invalid_request")
        }
    }

    @Test("Secrets in the query are not taken")
    func secretsInQuery() async throws {
        try await Setting.with { setting in
            let query = Setting.passwordGrant().map { "\($0.key)=\(Probe.encoded($0.value))" }.joined(separator: "&")
            let answer = try await setting.probe.post("/oauth/token?\(query)", json: [:])
            #expect(answer.status == 401)
            #expect(answer.error == "invalid_client")
        }
    }

    @Test("HTTP Basic, form-encoded")
    func basic() async throws {
        try await Setting.with { setting in
            var parameters = Setting.passwordGrant()
            parameters["client_id"] = nil
            parameters["client_secret"] = nil
            func send(_ secret: String, _ parameters: [String: String]) async throws -> Probe.Answer {
                let pair = Data("app:\(Probe.encoded(secret))".utf8).base64EncodedString()
                return try await setting.probe.post(
                    "/oauth/token", json: parameters, headers: ["Authorization": "Basic \(pair)"])
            }
            #expect(try await send(Setting.secret, parameters).status == 200)
            let wrong = try await send("wrong", parameters)
            #expect(wrong.status == 401)
            #expect(wrong.error == "invalid_client")
            #expect(wrong.header("WWW-Authenticate")?.hasPrefix("Basic ") == true)
            // Two ways at once.
            #expect(try await send(Setting.secret, Setting.passwordGrant()).error == "invalid_request")
            // Another client's id in the body.
            parameters["client_id"] = "other"
            #expect(try await send(Setting.secret, parameters).error == "invalid_request")
            let bearer = try await setting.probe.post(
                "/oauth/token", json: parameters, headers: ["Authorization": "Bearer x"])
            #expect(bearer.error == "invalid_client")
        }
    }

    @Test(
        "Clients that are not who they say",
        arguments: [("app", "wrong"), ("app", nil), ("nobody", Setting.secret), ("public", Setting.secret), (nil, nil)]
            as [(String?, String?)])
    func invalidClient(id: String?, secret: String?) async throws {
        try await Setting.with { setting in
            var parameters = Setting.passwordGrant()
            parameters["client_id"] = id
            parameters["client_secret"] = secret
            let answer = try await setting.token(parameters)
            #expect(answer.status == 401)
            #expect(answer.error == "invalid_client")
            #expect(answer.header("Cache-Control") == "no-store")
            #expect(setting.server.counters.refusedTokenRequests == 1)
        }
    }

    @Test("A wrong password, and a user whom nobody knows, get the same answer")
    func wrongPassword() async throws {
        try await Setting.with { setting in
            let wrong = try await setting.token(Setting.passwordGrant(password: "wrong"))
            #expect(wrong.status == 400)
            #expect(wrong.error == "invalid_grant")
            var parameters = Setting.passwordGrant()
            parameters["username"] = "nobody@example.com"
            let nobody = try await setting.token(parameters)
            #expect(nobody.status == 400)
            #expect(nobody.body == wrong.body)
        }
    }

    @Test("A client that may not ask for passwords")
    func thirdParty() async throws {
        try await Setting.with { setting in
            let answer = try await setting.token(Setting.passwordGrant(client: "third-party"))
            #expect(answer.status == 400)
            #expect(answer.error == "unauthorized_client")
        }
    }

    @Test(
        "What each grant type needs",
        arguments: [
            ("password", "username"), ("password", "password"), ("refresh_token", "refresh_token"),
            ("authorization_code", "code"), ("authorization_code", "redirect_uri"),
        ])
    func missing(grantType: String, parameter: String) async throws {
        try await Setting.with { setting in
            var parameters = Setting.passwordGrant()
                .merging(Setting.refreshGrant("x")) { first, _ in first }
                .merging(Setting.codeGrant("x")) { first, _ in first }
            parameters["grant_type"] = grantType
            // Without a value counts as absent.
            parameters[parameter] = ""
            let answer = try await setting.token(parameters)
            #expect(answer.status == 400)
            #expect(answer.error == "invalid_request")
        }
    }

    @Test("Grant types and scopes that do not exist")
    func unsupported() async throws {
        try await Setting.with { setting in
            var parameters = Setting.passwordGrant()
            parameters["grant_type"] = "client_credentials"
            let unknown = try await setting.token(parameters)
            #expect(unknown.status == 400)
            #expect(unknown.error == "unsupported_grant_type")
            #expect(setting.server.counters.tokenRequests == ["other": 1])
            parameters = Setting.passwordGrant()
            parameters["scope"] = "everything"
            #expect(try await setting.token(parameters).error == "invalid_scope")
        }
    }

    @Test(
        "Bodies that cannot be read",
        arguments: [
            ("application/json", "{", 400), ("application/json", "[]", 400), ("application/json", #"{"code": 1}"#, 400),
            ("application/json", "", 400), ("application/x-www-form-urlencoded", "client_id=%FF", 400),
            ("application/x-www-form-urlencoded", "client_id=a&client_id=b&grant_type=password", 400),
            ("application/json; charset=utf-8", "{}", 415), ("text/plain", "{}", 415),
        ])
    func malformed(type: String, body: String, status: Int) async throws {
        try await Setting.with { setting in
            let answer = try await setting.probe.send(
                "POST", "/oauth/token", headers: ["Content-Type": type], body: body)
            #expect(answer.status == status)
            #expect(answer.error == "invalid_request")
        }
    }

    @Test("A body that is too large")
    func large() async throws {
        try await Setting.with { setting in
            let answer = try await setting.probe.post(
                "/oauth/token", json: ["username": String(repeating: "x", count: 70_000)])
            #expect(answer.status == 413)
        }
    }

    @Test("Refresh tokens rotate, and the second use of one ends all that descend from it")
    func rotation() async throws {
        try await Setting.with { setting in
            let first = try await setting.signIn()
            let unrelated = try await setting.signIn()
            let second = try await setting.token(Setting.refreshGrant(first.refresh))
            #expect(second.status == 200)
            #expect(second.text("refresh_token") != first.refresh)
            #expect(second.text("access_token") != first.access)
            #expect(try await setting.status(with: second.text("access_token")) == 200)

            let reused = try await setting.token(Setting.refreshGrant(first.refresh))
            #expect(reused.status == 400)
            #expect(reused.error == "invalid_grant")
            #expect(try await setting.status(with: second.text("access_token")) == 401)
            #expect(try await setting.token(Setting.refreshGrant(second.text("refresh_token"))).error == "invalid_grant")
            // Another sign-in of the same user is not concerned.
            #expect(try await setting.status(with: unrelated.access) == 200)
            #expect(setting.server.counters.refreshes == 3)
            #expect(setting.server.counters.tokenRequests == ["password": 2, "refresh_token": 3])
        }
    }

    @Test("Of ten exchanges of one refresh token at once, one succeeds")
    func race() async throws {
        try await Setting.with { setting in
            let tokens = try await setting.signIn()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<10 {
                    group.addTask { try await setting.token(Setting.refreshGrant(tokens.refresh)).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.filter { $0 == 200 }.count == 1)
            #expect(statuses.filter { $0 == 400 }.count == 9)
        }
    }

    @Test("Refresh tokens of other clients, expired ones and inventions")
    func foreignRefresh() async throws {
        try await Setting.with { setting in
            let tokens = try await setting.signIn()
            #expect(try await setting.token(Setting.refreshGrant(tokens.refresh, client: "other")).error == "invalid_grant")
            #expect(try await setting.token(Setting.refreshGrant("invention")).error == "invalid_grant")
            #expect(try await setting.token(Setting.refreshGrant(tokens.access)).error == "invalid_grant")
            // None of this harmed the owner.
            let renewed = try await setting.token(Setting.refreshGrant(tokens.refresh))
            #expect(renewed.status == 200)
            setting.clock.advance(seconds: 3600)
            #expect(try await setting.token(Setting.refreshGrant(renewed.text("refresh_token"))).error == "invalid_grant")
        }
    }

    @Test("Revoking a refresh token ends the family, revoking an access token only that")
    func revocation() async throws {
        try await Setting.with { setting in
            let tokens = try await setting.signIn()
            let client = ["client_id": "app", "client_secret": Setting.secret]
            func revoke(_ token: String, _ changes: [String: String] = [:]) async throws -> Probe.Answer {
                try await setting.probe.post(
                    "/oauth/revoke", form: client.merging(["token": token]) { $1 }.merging(changes) { $1 })
            }

            let foreign = try await revoke(tokens.refresh, ["client_id": "other"])
            #expect(foreign.status == 403)
            #expect(foreign.error == "unauthorized_client")
            #expect(try await revoke(tokens.refresh, ["client_secret": "wrong"]).error == "invalid_client")
            #expect(try await revoke("").error == "invalid_request")
            #expect(try await setting.status(with: tokens.access) == 200)
            // RFC 7009 section 2.2: an unknown token is no error.
            let unknown = try await revoke("invention")
            #expect(unknown.status == 200)
            #expect(unknown.body.isEmpty)

            #expect(try await revoke(tokens.access).status == 200)
            #expect(try await setting.status(with: tokens.access) == 401)
            let renewed = try await setting.token(Setting.refreshGrant(tokens.refresh))
            #expect(renewed.status == 200)
            let body = client.merging(["token": renewed.text("refresh_token")]) { $1 }
            #expect(try await setting.probe.post("/oauth/revoke", json: body).status == 200)
            #expect(try await setting.status(with: renewed.text("access_token")) == 401)
            #expect(try await setting.token(Setting.refreshGrant(renewed.text("refresh_token"))).error == "invalid_grant")
            let text = try await setting.probe.send(
                "POST", "/oauth/revoke", headers: ["Content-Type": "text/plain"], body: "token=x")
            #expect(text.status == 415)
        }
    }
}
