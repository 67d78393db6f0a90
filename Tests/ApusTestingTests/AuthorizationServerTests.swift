import ApusOAuth
import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing
#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

@Suite("The fake authorization server")
struct AuthorizationServerTests {
    private let server = FakeAuthorizationServer(clientSecrets: ["app": "", "service": "s3cret"], users: ["ada": "lovelace"])

    private func post(_ path: String, _ form: [(String, String)]) async throws -> (Int, JSONValue) {
        let text = form.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(separator: "&")
        let request = HTTPRequest(
            method: .post, scheme: "https", authority: "auth.test", path: path,
            headerFields: [.contentType: "application/x-www-form-urlencoded"])
        let (response, body) = try await server.send(request, body: HTTPBody(text))
        let data = try await body.collect(upTo: 10_000)
        return (response.status.code, data.isEmpty ? .null : try JSON.decode(JSONValue.self, from: data))
    }

    private func authorize(challenge: String? = nil) async throws -> [String: String] {
        let proof = challenge.map { "&code_challenge=\($0)&code_challenge_method=S256" } ?? ""
        let request = HTTPRequest(
            method: .get, scheme: "https", authority: "auth.test",
            path: "/authorize?response_type=code&client_id=app&redirect_uri=app%3A%2F%2Fback&state=x\(proof)")
        let (response, _) = try await server.send(request, body: nil)
        let location = try #require(response.headerFields[.location].flatMap { URLComponents(string: $0) })
        return Dictionary((location.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { first, _ in first }
    }

    @Test("A code is exchanged once, with the verifier of its challenge (RFC 7636, appendix B)")
    func code() async throws {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let back = try await authorize(challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        #expect(back["state"] == "x")
        let form = [("grant_type", "authorization_code"), ("client_id", "app"), ("redirect_uri", "app://back"), ("code", back["code"] ?? "")]
        let (status, token) = try await post("/token", form + [("code_verifier", verifier)])
        #expect(status == 200 && server.isValid(accessToken: token["access_token"]?.string ?? ""))
        #expect(try await post("/token", form + [("code_verifier", verifier)]).0 == 400)
        let second = try await authorize(challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        let wrong = [("grant_type", "authorization_code"), ("client_id", "app"), ("redirect_uri", "app://back"), ("code", second["code"] ?? "")]
        #expect(try await post("/token", wrong + [("code_verifier", "another")]).1["error"]?.string == "invalid_grant")
        server.setConsent(.deny)
        #expect(try await authorize()["error"] == "access_denied")
    }

    @Test("Refresh tokens rotate, and one that comes again ends all of its kin")
    func rotation() async throws {
        let (_, first) = try await post("/token", [("grant_type", "password"), ("client_id", "app"), ("username", "ada"), ("password", "lovelace")])
        let refresh = first["refresh_token"]?.string ?? ""
        let (_, second) = try await post("/token", [("grant_type", "refresh_token"), ("client_id", "app"), ("refresh_token", refresh)])
        let access = second["access_token"]?.string ?? ""
        #expect(server.isValid(accessToken: access))
        #expect(try await post("/token", [("grant_type", "refresh_token"), ("client_id", "app"), ("refresh_token", refresh)]).0 == 400)
        #expect(server.reuseCount == 1)
        #expect(!server.isValid(accessToken: access))
    }

    @Test("Tokens expire by the clock in hand, and can be revoked")
    func expiry() async throws {
        let form = [("grant_type", "client_credentials"), ("client_id", "service"), ("client_secret", "s3cret")]
        let (_, token) = try await post("/token", form)
        let access = token["access_token"]?.string ?? ""
        server.clock.advance(by: .seconds(3_599))
        #expect(server.isValid(accessToken: access))
        server.clock.advance(by: .seconds(1))
        #expect(!server.isValid(accessToken: access))
        #expect(try await post("/introspect", [("token", access)]).1["active"]?.bool == false)
        #expect(try await post("/token", [("grant_type", "client_credentials"), ("client_id", "service"), ("client_secret", "no")]).0 == 401)
        let (_, user) = try await post("/token", [("grant_type", "password"), ("client_id", "app"), ("username", "ada"), ("password", "lovelace")])
        #expect(try await post("/revoke", [("client_id", "app"), ("token", user["refresh_token"]?.string ?? "")]).0 == 200)
        #expect(!server.isValid(accessToken: user["access_token"]?.string ?? ""))
    }

    @Test("A device waits until the user has decided, and no faster than it may")
    func device() async throws {
        server.setConsent(.later)
        let (_, device) = try await post("/device_authorization", [("client_id", "app")])
        let form = [("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("client_id", "app"), ("device_code", device["device_code"]?.string ?? "")]
        #expect(try await post("/token", form).1["error"]?.string == "authorization_pending")
        #expect(try await post("/token", form).1["error"]?.string == "slow_down")
        server.clock.advance(by: .seconds(5))
        server.setConsent(.approve)
        #expect(try await post("/token", form).1["access_token"] != nil)
    }

    private func session(_ transport: any Transport) -> OAuth2Session {
        OAuth2Session(
            scheme: OAuth2Scheme(name: "s", tokenURL: "/token", deviceAuthorizationURL: "/device_authorization"), client: OAuth2Client(id: "app"),
            context: CredentialContext(serverURL: "https://auth.test", transport: transport))
    }

    @Test("Sessions have the server's time, whatever stands between them and the server")
    func sessions() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "apus-session-\(UUID().uuidString).json")
        let transports: [any Transport] = [
            server, server.protecting(AnsweringTransport()), ChaosTransport(server, seed: 1, rules: []), RecordingTransport(to: file, server),
            server.clock.timing(AnsweringTransport { [server] in try await server.send($0.request, body: HTTPBody($0.data)) }),
        ]
        for transport in transports {
            let session = session(transport)
            try await session.signIn(username: "ada", password: "lovelace")
            let first = try await session.validToken().accessToken
            server.clock.advance(by: .seconds(3_000))
            #expect(try await session.validToken().accessToken == first)
            server.clock.advance(by: .seconds(601))
            #expect(try await session.validToken().accessToken != first)
        }
    }

    @Test("Nobody waits for a device's user but by the clock in hand")
    func deviceOfSession() async throws {
        let session = session(server)
        let device = try await session.deviceAuthorization(scopes: [])
        try await session.signIn(with: device)
        #expect(server.clock.sleeps == [.seconds(5)])
        server.setConsent(.later)
        let second = try await session.deviceAuthorization(scopes: [])
        await #expect { try await session.signIn(with: second) } throws: { error in
            if case OAuth2Error.deviceCodeExpired = error { true } else { false }
        }
    }

    @Test("On loopback, over HTTP")
    func loopback() async throws {
        let loopback = try LoopbackServer(server)
        let url = try #require(URL(string: loopback.url + "/.well-known/oauth-authorization-server"))
        let (data, response) = try await URLSession.shared.data(from: url)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        #expect(try JSON.decode(JSONValue.self, from: data)["token_endpoint"]?.string == loopback.url + "/token")
    }
}
