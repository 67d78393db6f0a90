import Foundation
import Testing

@Suite("The authorization endpoint and its login form")
struct AuthorizationTests {
    @Test("The form is a page that is neither stored nor framed")
    func form() async throws {
        try await Setting.with { setting in
            let page = try await setting.openForm(Setting.authorization())
            #expect(page.status == 200)
            #expect(page.header("Content-Type") == "text/html; charset=utf-8")
            #expect(page.header("Cache-Control") == "no-store")
            #expect(page.header("Content-Security-Policy")?.contains("frame-ancestors 'none'") == true)
            #expect(page.header("Referrer-Policy") == "no-referrer")
            let cookie = try #require(page.header("Set-Cookie"))
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            #expect(Setting.Form(page).fields["state"] == "a+b c&d")
        }
    }

    @Test("A code comes to the redirect URI with the state, and is exchanged once")
    func code() async throws {
        try await Setting.with { setting in
            let answer = try await setting.send(Setting.Form(try await setting.openForm(Setting.authorization())))
            #expect(answer.status == 302)
            #expect(answer.header("Location")?.hasPrefix(Setting.redirectURI + "&code=") == true)
            #expect(answer.redirected["state"] == "a%2Bb%20c%26d")
            let code = try #require(answer.redirected["code"])
            let tokens = try await setting.token(Setting.codeGrant(code))
            #expect(tokens.status == 200)
            #expect(try await setting.status(with: tokens.text("access_token")) == 200)

            // The second use ends the tokens of the first.
            #expect(try await setting.token(Setting.codeGrant(code)).error == "invalid_grant")
            #expect(try await setting.status(with: tokens.text("access_token")) == 401)
        }
    }

    @Test("Text of the request cannot leave its attribute, nor the redirect its header")
    func escaping() async throws {
        try await Setting.with { setting in
            let state = "\"><script>alert(1)</script>&amp;\r\nSet-Cookie: a=b"
            let page = try await setting.openForm(Setting.authorization(["state": state]))
            #expect(!page.body.contains("<script"))
            let answer = try await setting.send(Setting.Form(page))
            #expect(answer.status == 302)
            #expect(answer.redirected["state"]?.removingPercentEncoding == state)
            #expect(answer.header("Set-Cookie") == nil)
        }
    }

    @Test("An untrustworthy request is never redirected", arguments: [
        ["client_id": "nobody"], ["client_id": nil], ["redirect_uri": nil],
        ["redirect_uri": "https://evil.example/"], ["redirect_uri": Setting.redirectURI + "&more"],
    ] as [[String: String?]])
    func untrusted(changes: [String: String?]) async throws {
        try await Setting.with { setting in
            let parameters = Setting.authorization(changes)
            for answer in [
                try await setting.openForm(parameters), try await setting.probe.post("/oauth/authorize", form: parameters),
            ] {
                #expect(answer.status == 400)
                #expect(answer.header("Location") == nil)
                #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
            }
        }
    }

    @Test("Other faults go back to the client", arguments: [
        (["response_type": "token"], "unsupported_response_type"),
        (["response_type": nil], "unsupported_response_type"),
        (["scope": "everything"], "invalid_scope"),
        (["code_challenge": "too-short", "code_challenge_method": "S256"], "invalid_request"),
        (["code_challenge": String(repeating: "x", count: 43)], "invalid_request"),
        (["code_challenge": String(repeating: "x", count: 43), "code_challenge_method": "plain"], "invalid_request"),
        (["client_id": "public"], "invalid_request"),
    ] as [([String: String?], String)])
    func refused(changes: [String: String?], error: String) async throws {
        try await Setting.with { setting in
            let answer = try await setting.openForm(Setting.authorization(changes))
            #expect(answer.status == 302)
            #expect(answer.redirected["error"] == error)
            #expect(answer.redirected["state"] == "a%2Bb%20c%26d")
            #expect(answer.redirected["code"] == nil)
        }
    }

    @Test("A parameter twice")
    func repeated() async throws {
        try await Setting.with { setting in
            let query = Setting.authorization().map { "\($0.key)=\(Probe.encoded($0.value))" }.joined(separator: "&")
            #expect(try await setting.probe.get("/oauth/authorize?\(query)&state=x").redirected["error"] == "invalid_request")
            let malformed = try await setting.probe.get("/oauth/authorize?\(query)&other=%FF")
            #expect(malformed.status == 400)
            #expect(malformed.header("Location") == nil)
        }
    }

    @Test("A wrong password shows the form again, which then serves")
    func wrongPassword() async throws {
        try await Setting.with { setting in
            var form = Setting.Form(try await setting.openForm(Setting.authorization()))
            form.fields["password"] = "wrong"
            let again = try await setting.send(form)
            #expect(again.status == 422)
            #expect(again.header("Location") == nil)
            #expect(again.body.contains("password is wrong"))
            #expect(!again.body.contains("value=\"wrong\""))
            #expect(try await setting.send(Setting.Form(again)).status == 302)
        }
    }

    @Test("Deny")
    func deny() async throws {
        try await Setting.with { setting in
            var form = Setting.Form(try await setting.openForm(Setting.authorization()))
            form.fields["decision"] = "deny"
            form.fields["password"] = nil
            let answer = try await setting.send(form)
            #expect(answer.status == 302)
            #expect(answer.redirected["error"] == "access_denied")
            #expect(answer.redirected["code"] == nil)
        }
    }

    /// What an attacker might change of a form that is right otherwise.
    enum Forgery: CaseIterable {
        case noToken, inventedToken, hugeToken, noCookie, foreignCookie, malformedCookie, otherClient, otherRedirectURI
        case otherState, otherChallenge
    }

    @Test("Only the form that was shown, in the browser that it was shown to", arguments: Forgery.allCases)
    func forgery(_ forgery: Forgery) async throws {
        try await Setting.with { setting in
            var form = Setting.Form(try await setting.openForm(Setting.authorization()))
            switch forgery {
            case .noToken: form.fields["csrf_token"] = nil
            case .inventedToken: form.fields["csrf_token"] = "1.AAAA"
            case .hugeToken: form.fields["csrf_token"] = "\(Int.min).AAAA"
            case .noCookie: form.cookie = nil
            case .foreignCookie: form.cookie = Setting.Form(try await setting.openForm(Setting.authorization())).cookie
            case .malformedCookie: form.cookie = "browser=1"
            case .otherClient: form.fields["client_id"] = "other"
            case .otherRedirectURI: form.fields["redirect_uri"] = "https://app.example/other"
            case .otherState: form.fields["state"] = "another"
            case .otherChallenge:
                form.fields["code_challenge"] = String(repeating: "x", count: 43)
                form.fields["code_challenge_method"] = "S256"
            }
            let answer = try await setting.send(form)
            #expect(answer.status == 422)
            #expect(answer.header("Location") == nil)
            #expect(answer.body.contains("expired"))
        }
    }

    @Test("A form ends after ten minutes")
    func oldForm() async throws {
        try await Setting.with { setting in
            let form = Setting.Form(try await setting.openForm(Setting.authorization()))
            setting.clock.advance(seconds: 590)
            #expect(try await setting.send(form).status == 302)
            setting.clock.advance(seconds: 20)
            #expect(try await setting.send(form).status == 422)
        }
    }

    @Test("A code holds for a minute, for its client and its redirect URI")
    func bindings() async throws {
        try await Setting.with { setting in
            var code = try await setting.code()
            // Who is not the code's client learns nothing and spoils nothing.
            #expect(try await setting.token(Setting.codeGrant(code, client: "other")).error == "invalid_grant")
            #expect(try await setting.token(Setting.codeGrant(code)).status == 200)

            code = try await setting.code()
            var parameters = Setting.codeGrant(code)
            parameters["redirect_uri"] = "https://app.example/other"
            #expect(try await setting.token(parameters).error == "invalid_grant")
            #expect(try await setting.token(Setting.codeGrant(code)).error == "invalid_grant")

            code = try await setting.code()
            setting.clock.advance(seconds: 60)
            #expect(try await setting.token(Setting.codeGrant(code)).error == "invalid_grant")
            #expect(try await setting.token(Setting.codeGrant("invention")).error == "invalid_grant")
        }
    }

    // RFC 7636 appendix B.
    static let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    static let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"

    @Test("Proof keys", arguments: [
        (challenge, verifier, 200), (challenge, nil, 400), (challenge, challenge, 400), (challenge, "short", 400),
        (challenge, verifier + "x", 400), (nil, verifier, 400), (nil, nil, 200),
    ] as [(String?, String?, Int)])
    func proofKey(challenge: String?, verifier: String?, status: Int) async throws {
        try await Setting.with { setting in
            let code = try await setting.code(
                Setting.authorization([
                    "code_challenge": challenge, "code_challenge_method": challenge.map { _ in "S256" },
                ]))
            var parameters = Setting.codeGrant(code)
            parameters["code_verifier"] = verifier
            let answer = try await setting.token(parameters)
            #expect(answer.status == status)
            #expect(answer.error == (status == 200 ? nil : "invalid_grant"))
        }
    }

    @Test("A public client signs in with a proof key instead of a secret")
    func publicClient() async throws {
        try await Setting.with { setting in
            let code = try await setting.code(
                Setting.authorization(
                    client: "public", ["code_challenge": Self.challenge, "code_challenge_method": "S256"]))
            var parameters = Setting.codeGrant(code, client: "public")
            parameters["client_secret"] = nil
            parameters["code_verifier"] = Self.verifier
            #expect(try await setting.token(parameters).status == 200)
        }
    }
}
