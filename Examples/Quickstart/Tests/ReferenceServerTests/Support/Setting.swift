import Foundation
import ReferenceServer
import Testing

/// A running server with a user, and what the tests do with it again and again.
struct Setting: Sendable {
    static let email = "mia@example.com"
    static let password = "correct horse battery staple"
    static let redirectURI = "https://app.example/done?from=here"
    static let secret = "s3cret: it has a colon"

    let probe: Probe
    let clock: MovableClock
    let log: Log

    var server: ReferenceServer { probe.server }

    /// Runs a server for as long as `body` takes.
    static func with(_ body: (Setting) async throws -> Void) async throws {
        let clock = MovableClock()
        let log = Log()
        var configuration = ReferenceServer.Configuration(clients: [
            .init(id: "app", secret: secret, redirectURIs: [redirectURI, "https://app.example/other"]),
            .init(id: "other", secret: secret, redirectURIs: [redirectURI]),
            .init(id: "public", secret: nil, redirectURIs: [redirectURI]),
            .init(id: "third-party", secret: secret, isFirstParty: false),
        ])
        configuration.accessTokenLifetime = 60
        configuration.refreshTokenLifetime = 3600
        configuration.passwordHashRounds = 100
        configuration.now = { clock.now }
        configuration.log = { log.add($0) }
        let setting = Setting(probe: Probe(try await ReferenceServer.start(configuration)), clock: clock, log: log)
        let created = try await setting.probe.post(
            "/api/v1/users", json: ["user": ["email": email, "password": password]])
        try #require(created.status == 201)
        try await body(setting)
        await setting.server.stop()
    }

    /// Everything that a server told of its requests.
    final class Log: @unchecked Sendable {
        // Guarded by `lock`.
        private var all: [ReferenceServer.LogEntry] = []
        private let lock = NSLock()

        var entries: [ReferenceServer.LogEntry] { lock.withLock { all } }

        func add(_ entry: ReferenceServer.LogEntry) { lock.withLock { all.append(entry) } }
    }

    // MARK: - Tokens

    static func passwordGrant(client: String = "app", password: String = password) -> [String: String] {
        [
            "grant_type": "password", "username": email, "password": password, "client_id": client,
            "client_secret": secret,
        ]
    }

    static func refreshGrant(_ token: String, client: String = "app") -> [String: String] {
        ["grant_type": "refresh_token", "refresh_token": token, "client_id": client, "client_secret": secret]
    }

    static func codeGrant(_ code: String, client: String = "app") -> [String: String] {
        [
            "grant_type": "authorization_code", "code": code, "client_id": client, "client_secret": secret,
            "redirect_uri": redirectURI,
        ]
    }

    func token(_ parameters: [String: String]) async throws -> Probe.Answer {
        try await probe.post("/oauth/token", json: parameters)
    }

    /// Signs in with the password.
    func signIn() async throws -> (access: String, refresh: String) {
        let answer = try await token(Self.passwordGrant())
        try #require(answer.status == 200)
        return (answer.text("access_token"), answer.text("refresh_token"))
    }

    /// The status of an API request with this token.
    func status(with token: String) async throws -> Int {
        try await probe.get("/api/v1/users/101", token: token).status
    }

    // MARK: - The login form

    static func authorization(
        client: String = "app", _ changes: [String: String?] = [:]
    ) -> [String: String] {
        var parameters: [String: String?] = [
            "client_id": client, "redirect_uri": redirectURI, "response_type": "code", "scope": "", "state": "a+b c&d",
        ]
        for (name, value) in changes { parameters[name] = .some(value) }
        return parameters.compactMapValues { $0 }
    }

    func openForm(_ parameters: [String: String]) async throws -> Probe.Answer {
        let query = parameters.map { "\($0.key)=\(Probe.encoded($0.value))" }.joined(separator: "&")
        return try await probe.get("/oauth/authorize?\(query)")
    }

    /// A form that was shown: its fields, and the cookie that belongs to it.
    struct Form {
        var fields: [String: String] = [:]
        var cookie: String?

        init(_ answer: Probe.Answer) {
            cookie = answer.header("Set-Cookie").map { String($0.prefix { $0 != ";" }) }
            for match in answer.body.matches(of: /<input type="hidden" name="([^"]*)" value="([^"]*)">/) {
                fields[String(match.1)] = String(match.2)
                    .replacingOccurrences(of: "&quot;", with: "\"").replacingOccurrences(of: "&lt;", with: "<")
                    .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
            }
            fields["username"] = Setting.email
            fields["password"] = Setting.password
        }
    }

    func send(_ form: Form) async throws -> Probe.Answer {
        try await probe.post("/oauth/authorize", form: form.fields, headers: form.cookie.map { ["Cookie": $0] } ?? [:])
    }

    /// A code, got through the form.
    func code(_ parameters: [String: String] = authorization()) async throws -> String {
        let answer = try await send(Form(try await openForm(parameters)))
        try #require(answer.status == 302)
        return try #require(answer.redirected["code"])
    }
}
