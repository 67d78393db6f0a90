import Foundation
import HTTPTypes
import ReferenceClient
import ReferenceServer
import Testing

/// The generated client against the reference server, over real sockets.
@Suite("The generated client and a real server")
struct GeneratedClientTests {
    static let secret: Secret = "s3cret"
    static let password: Secret = "correct horse battery staple"
    static let redirectURI = "https://app.example/done"

    struct Setting {
        let server: ReferenceServer
        let clock: MovableClock
        let api: ReferenceAPI.Client
        let user: ReferenceAPI.User
    }

    private func withServer(_ body: (Setting) async throws -> Void) async throws {
        let clock = MovableClock()
        var configuration = ReferenceServer.Configuration(clients: [
            .init(id: "app", secret: Self.secret.exposed, redirectURIs: [Self.redirectURI]),
            .init(id: "third-party", secret: Self.secret.exposed, isFirstParty: false),
        ])
        configuration.now = { clock.now }
        let server = try await ReferenceServer.start(configuration)
        let api = Self.client(server, id: "app")
        let user = try await api.createUser(
            .init(user: .init(email: "mia@example.com", password: Self.password)))
        try await body(Setting(server: server, clock: clock, api: api, user: user))
        await server.stop()
    }

    private static func client(_ server: ReferenceServer, id: String, store: any TokenStore = .memory) -> ReferenceAPI.Client {
        ReferenceAPI.Client(
            server: .init(url: server.url), authorization: .oauth2(clientID: id, clientSecret: secret, store: store))
    }

    @Test("What was written is read")
    func user() async throws {
        try await withServer { setting in
            #expect(setting.user.email == "mia@example.com")
            #expect(setting.user.name == nil)
            #expect(setting.user.role == .default)
            #expect(abs(setting.user.createdAt.timeIntervalSinceNow) < 60)
            try await setting.api.oauth2.signIn(username: "mia@example.com", password: Self.password)
            let read = try await setting.api.getUser(id: setting.user.id)
            #expect(read.id == setting.user.id)
            #expect(read.createdAt == setting.user.createdAt)
            let countries = try await setting.api.listCountries().countries
            #expect(countries.count == 249)
            #expect(countries[1].name == "Åland Islands")
        }
    }

    @Test("Nobody signed in: the request is not sent")
    func notSignedIn() async throws {
        try await withServer { setting in
            let before = setting.server.counters.apiRequests
            await #expect {
                try await setting.api.listCountries()
            } throws: { error in
                guard case APIError<Void>.authorization(.signInRequired(scheme: "oauth2")) = error else { return false }
                return true
            }
            #expect(setting.server.counters.apiRequests == before)
        }
    }

    @Test("A wrong password, and a client that may not ask for passwords")
    func refusedSignIn() async throws {
        try await withServer { setting in
            await #expect(throws: OAuth2Error.self) {
                try await setting.api.oauth2.signIn(username: "mia@example.com", password: "wrong")
            }
            await #expect(throws: OAuth2Error.self) {
                try await Self.client(setting.server, id: "third-party").oauth2
                    .signIn(username: "mia@example.com", password: Self.password)
            }
        }
    }

    @Test("A wrong client secret: the server answers 401 with a Basic challenge")
    func wrongSecret() async throws {
        try await withServer { setting in
            let api = ReferenceAPI.Client(
                server: .init(url: setting.server.url), authorization: .oauth2(clientID: "app", clientSecret: "wrong"))
            await #expect {
                try await api.oauth2.signIn(username: "mia@example.com", password: Self.password)
            } throws: { error in
                guard case OAuth2Error.server(code: .invalidClient, _, _, let status) = error else { return false }
                return status == 401
            }
        }
    }

    @Test("Errors that the description names, and those that it does not")
    func errors() async throws {
        try await withServer { setting in
            do throws(APIError<ReferenceAPI.ValidationErrors>) {
                _ = try await setting.api.createUser(.init(user: .init(email: "mia@example.com", password: "short")))
                Issue.record("the user was created twice")
            } catch {
                guard case .documented(let errors, let response) = error else { throw error }
                #expect(response.status == .unprocessableContent)
                #expect(errors.errors["email"] == ["has already been taken"])
                #expect(errors.errors["password"]?.count == 1)
            }
            try await setting.api.oauth2.signIn(username: "mia@example.com", password: Self.password)
            do throws(APIError<Void>) {
                _ = try await setting.api.getUser(id: 7)
                Issue.record("there is such a user")
            } catch {
                guard case .documented = error else { throw error }
                #expect(error.status == .notFound)
            }
        }
    }

    @Test("After expiry, 50 requests at once refresh once")
    func refresh() async throws {
        try await withServer { setting in
            for round in 1...3 {
                // The clock is the server's: to the client the token is fresh, and one that
                // came of a refresh would not be renewed again so soon.
                try await setting.api.oauth2.signIn(username: "mia@example.com", password: Self.password)
                setting.clock.advance(seconds: 7_201)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<50 { group.addTask { _ = try await setting.api.listCountries() } }
                    try await group.waitForAll()
                }
                #expect(setting.server.counters.refreshes == round)
            }
        }
    }

    @Test("A refresh token that is not accepted any more asks to sign in again")
    func refusedRefresh() async throws {
        try await withServer { setting in
            try await setting.api.oauth2.signIn(username: "mia@example.com", password: Self.password)
            setting.clock.advance(seconds: 40 * 86_400)
            await #expect {
                try await setting.api.listCountries()
            } throws: { error in
                guard case APIError<Void>.authorization(.signInRequired) = error else { return false }
                return true
            }
        }
    }

    @Test("Signing out revokes the token at the server")
    func signOut() async throws {
        try await withServer { setting in
            try await setting.api.oauth2.signIn(username: "mia@example.com", password: Self.password)
            let token = try #require(await setting.api.oauth2.session.token)
            try await setting.api.oauth2.signOut()
            let stolen = ReferenceAPI.Client(
                server: .init(url: setting.server.url), authorization: .oauth2(accessToken: token.accessToken))
            do throws(APIError<Void>) {
                _ = try await stolen.listCountries()
                Issue.record("the token still serves")
            } catch {
                #expect(error.status == .unauthorized)
            }
        }
    }

    @Test("The authorization code flow through the login form")
    func codeFlow() async throws {
        try await withServer { setting in
            let request = try setting.api.oauth2.authorizationRequest(redirectURI: Self.redirectURI)
            #expect(request.url.contains("code_challenge_method=S256"))
            #expect(request.url.contains("scope=&") || request.url.hasSuffix("scope="))
            let redirect = try await Browser().signIn(
                at: request.url, username: "mia@example.com", password: Self.password.exposed)
            #expect(redirect.hasPrefix(Self.redirectURI + "?code="))
            try await setting.api.oauth2.signIn(redirectedTo: redirect, for: request)
            #expect(try await setting.api.getUser(id: setting.user.id).email == "mia@example.com")
            // A code serves once.
            await #expect(throws: OAuth2Error.self) {
                try await setting.api.oauth2.signIn(redirectedTo: redirect, for: request)
            }
        }
    }

    @Test("A redirect with another state is refused before anything is sent")
    func foreignState() async throws {
        try await withServer { setting in
            let request = try setting.api.oauth2.authorizationRequest(redirectURI: Self.redirectURI)
            let before = setting.server.counters
            await #expect(throws: OAuth2Error.self) {
                try await setting.api.oauth2.signIn(redirectedTo: "\(Self.redirectURI)?code=x&state=other", for: request)
            }
            #expect(setting.server.counters == before)
        }
    }

    @Test("Redirect URIs must be https")
    func plainRedirect() async throws {
        try await withServer { setting in
            #expect(throws: OAuth2Error.self) {
                try setting.api.oauth2.authorizationRequest(redirectURI: "http://app.example/done")
            }
        }
    }

    @Test("Tokens in a file serve the next run")
    func tokenFile() async throws {
        try await withServer { setting in
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let store = FileTokenStore(folder.appendingPathComponent("tokens.json"))
            let first = Self.client(setting.server, id: "app", store: store)
            try await first.oauth2.signIn(username: "mia@example.com", password: Self.password)
            let second = Self.client(setting.server, id: "app", store: store)
            #expect(try await second.listCountries().countries.count == 249)
        }
    }

    @Test("Secrets show nowhere")
    func secrets() async throws {
        try await withServer { setting in
            try await setting.api.oauth2.signIn(username: "mia@example.com", password: Self.password)
            let token = try #require(await setting.api.oauth2.session.token)
            let request = try setting.api.oauth2.authorizationRequest(redirectURI: Self.redirectURI)
            var dump = ""
            Swift.dump(setting.api, to: &dump)
            Swift.dump(token, to: &dump)
            Swift.dump(request, to: &dump)
            dump += "\(setting.api) \(String(reflecting: setting.api)) \(token) \(String(reflecting: token)) \(request)"
            for secret in [Self.secret.exposed, Self.password.exposed, token.accessToken.exposed, token.refreshToken?.exposed ?? "-", request.state] {
                #expect(!dump.contains(secret))
            }
        }
    }

    @Test("A cancelled call says so")
    func cancellation() async throws {
        try await withServer { setting in
            try await setting.api.oauth2.signIn(username: "mia@example.com", password: Self.password)
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await setting.api.listCountries()
            }
            await #expect {
                try await task.value
            } throws: { error in
                guard case APIError<Void>.cancelled = error else { return false }
                return true
            }
        }
    }
}
