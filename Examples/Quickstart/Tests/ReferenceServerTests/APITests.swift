import Foundation
import Testing

@testable import ReferenceServer

@Suite("Countries and users")
struct APITests {
    @Test("All countries of ISO 3166-1")
    func countries() async throws {
        try await Setting.with { setting in
            let token = try await setting.signIn().access
            let answer = try await setting.probe.get("/api/v1/countries", token: token)
            #expect(answer.status == 200)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            let countries = try #require(answer.json["countries"] as? [[String: String]])
            #expect(countries.count == 249)
            #expect(countries[1] == ["name": "Åland Islands", "code": "AX"])
            #expect(Set(countries.compactMap { $0["code"] }).count == 249)
            #expect(Set(countries.compactMap { $0["name"] }).count == 249)
            #expect(countries.allSatisfy { $0["code"]?.wholeMatch(of: /[A-Z]{2}/) != nil })
        }
    }

    @Test("A user as the description has it")
    func user() async throws {
        try await Setting.with { setting in
            let token = try await setting.signIn().access
            let answer = try await setting.probe.get("/api/v1/users/101", token: token)
            #expect(answer.status == 200)
            #expect(
                Set(answer.json.keys) == [
                    "id", "name", "nickname", "email", "created_at", "updated_at", "role", "gold_to_send", "gold_received",
                ])
            #expect(answer.json["id"] as? Int == 101)
            #expect(answer.json["name"] is NSNull)
            #expect(answer.json["email"] as? String == Setting.email)
            #expect(answer.json["role"] as? String == "default")
            #expect(answer.text("created_at").wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
            #expect(answer.json["password"] == nil)
        }
    }

    @Test("No token, a wrong one, another scheme, an expired one")
    func unauthorized() async throws {
        try await Setting.with { setting in
            let none = try await setting.probe.get("/api/v1/countries")
            #expect(none.status == 401)
            #expect(none.header("WWW-Authenticate") == #"Bearer realm="Reference API""#)
            let wrong = try await setting.probe.get("/api/v1/countries", token: "invention")
            #expect(wrong.status == 401)
            #expect(wrong.header("WWW-Authenticate")?.contains(#"error="invalid_token""#) == true)
            let basic = try await setting.probe.send(
                "GET", "/api/v1/countries", headers: ["Authorization": "Basic YTpi"])
            #expect(basic.status == 401)

            let token = try await setting.signIn().access
            setting.clock.advance(seconds: 59)
            #expect(try await setting.status(with: token) == 200)
            setting.clock.advance(seconds: 1)
            let expired = try await setting.probe.get("/api/v1/users/101", token: token)
            #expect(expired.status == 401)
            #expect(
                expired.header("WWW-Authenticate")
                    == #"Bearer realm="Reference API", error="invalid_token", error_description="The access token expired""#)
            // Without a token nobody learns which users there are.
            #expect(try await setting.probe.get("/api/v1/users/7").status == 401)
            // One of these was answered, and the user's creation.
            #expect(setting.server.counters.apiRequests == 7)
            #expect(setting.server.counters.unauthorizedRequests == 5)
        }
    }

    @Test("What does not exist", arguments: [
        "/api/v1/users/7", "/api/v1/users/abc", "/api/v1/users/+101", "/api/v1/users/-1",
        "/api/v1/users/99999999999999999999", "/api/v1/other", "/",
    ])
    func notFound(path: String) async throws {
        try await Setting.with { setting in
            let token = try await setting.signIn().access
            #expect(try await setting.probe.get(path, token: token).status == 404)
        }
    }

    @Test("Values that are not acceptable", arguments: [
        (["email": Setting.email, "password": "long enough"], ["email": "has already been taken"]),
        (["email": "MIA@example.com", "password": "long enough"], ["email": "has already been taken"]),
        (["password": "long enough"], ["email": "can't be blank"]),
        (["email": "", "password": ""], ["email": "can't be blank", "password": "can't be blank"]),
        (["email": "a b@example.com", "password": "long enough"], ["email": "is invalid"]),
        (["email": "@example.com", "password": "long enough"], ["email": "is invalid"]),
        (["email": "a@b@example.com", "password": "long enough"], ["email": "is invalid"]),
        (["email": "a@example.", "password": "long enough"], ["email": "is invalid"]),
        (["email": "a@example", "password": "long enough"], ["email": "is invalid"]),
        (["email": "a@example.com\n", "password": "long enough"], ["email": "is invalid"]),
        (["email": "new@example.com", "password": "seven77"], ["password": "is too short (minimum is 8 characters)"]),
        (
            ["email": "new@example.com", "password": String(repeating: "x", count: 1025)],
            ["password": "is too long (maximum is 1024 bytes)"]
        ),
    ])
    func invalid(user: [String: String], errors: [String: String]) async throws {
        try await Setting.with { setting in
            let answer = try await setting.probe.post("/api/v1/users", json: ["user": user])
            #expect(answer.status == 422)
            #expect(answer.header("Content-Type") == "application/json; charset=utf-8")
            #expect(answer.errors == errors.mapValues { [$0] })
            // Nobody was created: the next user gets the next number.
            let next = try await setting.probe.post(
                "/api/v1/users", json: ["user": ["email": "next@example.com", "password": "long enough"]])
            #expect(next.json["id"] as? Int == 102)
        }
    }

    @Test("Bodies that are not what the API takes", arguments: [
        ("application/json", "{", 400), ("application/json", "{}", 400), ("application/json", #"{"user": 1}"#, 400),
        ("application/json", #"{"user": {"email": 1}}"#, 400), ("application/json; charset=utf-8", "{}", 415),
        ("Application/JSON", "{}", 415), ("text/plain", "{}", 415), ("application/x-www-form-urlencoded", "a=b", 415),
    ])
    func malformed(type: String, body: String, status: Int) async throws {
        try await Setting.with { setting in
            let answer = try await setting.probe.send(
                "POST", "/api/v1/users", headers: ["Content-Type": type], body: body)
            #expect(answer.status == status)
        }
    }

    @Test("A body that is too large")
    func large() async throws {
        try await Setting.with { setting in
            let user = ["email": "new@example.com", "password": String(repeating: "x", count: 70_000)]
            let answer = try await setting.probe.post("/api/v1/users", json: ["user": user])
            #expect(answer.status == 413)
        }
    }

    @Test("Passwords are hashed with PBKDF2 (RFC 7914 section 11)")
    func passwordHash() {
        #expect(
            Hexadecimal.text(PasswordHash.derive("passwd", salt: Data("salt".utf8), rounds: 1))
                == "55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc")
        #expect(
            Hexadecimal.text(PasswordHash.derive("Password", salt: Data("NaCl".utf8), rounds: 80_000))
                == "4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56")
        let hash = PasswordHash(of: "secret", rounds: 2)
        #expect(hash.matches("secret"))
        #expect(!hash.matches("Secret"))
    }
}
