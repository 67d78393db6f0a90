import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// What can go wrong with a server, a network or a store: the error that the
/// caller gets, and what is left afterwards.
@Suite struct FaultTests {
    /// Something that a real server on a real connection does, and the error
    /// that comes of it.
    struct Fault: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var steps: [ScriptedServer.Step]
        var isError: @Sendable (OAuth2Error) -> Bool

        init(_ name: String, _ steps: ScriptedServer.Step..., isError: @escaping @Sendable (OAuth2Error) -> Bool) {
            testDescription = name
            self.steps = steps
            self.isError = isError
        }

        private static func isTransport(_ error: OAuth2Error) -> Bool {
            if case .transport = error { true } else { false }
        }

        private static func isInvalid(_ status: Int) -> @Sendable (OAuth2Error) -> Bool {
            { if case .invalidResponse(status, _) = $0 { true } else { false } }
        }

        static let all = [
            Fault("slow: no answer at all", .hold) {
                if case .transport(let error as URLError) = $0 { error.code == .timedOut } else { false }
            },
            Fault("slow: a body that stops", .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"SECRET"), .hold) {
                if case .transport(let error as URLError) = $0 { error.code == .timedOut } else { false }
            },
            Fault("reset in the middle of the body", .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"SECRET"), .pause(0.1), .reset, isError: isTransport),
            Fault("end in the middle of the body", .send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"access_token\":\"SECRET"), .pause(0.1), isError: isTransport),
            Fault("a page of HTML", .answer("<html>SECRET-R1</html>", type: "text/html"), isError: isInvalid(200)),
            Fault("a page of HTML as an error", .answer("<html>SECRET-R1</html>", status: "404 Not Found", type: "text/html"), isError: isInvalid(404)),
            Fault("a broken server", .answer("<html>oops</html>", status: "502 Bad Gateway", type: "text/html")) {
                if case .unavailable(502, nil) = $0 { true } else { false }
            },
            Fault("another content type, and neither JSON nor a form in it", .answer("SECRET-R1 is fine", type: "application/xml"), isError: isInvalid(200)),
            Fault("JSON that ends too early", .answer(#"{"access_token":"SECRET-A2""#), isError: isInvalid(200)),
            Fault("another token type", .answer(#"{"access_token":"SECRET-A2","token_type":"mac"}"#), isError: isInvalid(200)),
            Fault("an answer without bounds", .answer(#"{"access_token":"SECRET-A2","x":"\#(String(repeating: "x", count: 300_000))"}"#), isError: isTransport),
            Fault("a redirect within the origin", .answer("", status: "302 Found", more: "Location: /tenant-b/token\r\n"), isError: isInvalid(302)),
            Fault("one that keeps the method", .answer("", status: "307 Temporary Redirect", more: "Location: /tenant-b/token\r\n"), isError: isInvalid(307)),
            Fault("a redirect to another origin", .answer("", status: "307 Temporary Redirect", more: "Location: ELSEWHERE\r\n"), isError: isInvalid(307)),
            Fault("a client that is not known any more", .answer(#"{"error":"invalid_client","error_description":"SECRET-R1?"}"#, status: "401 Unauthorized")) {
                if case .server(.invalidClient, "<redacted>?", nil, 401) = $0 { true } else { false }
            },
        ]
    }

    private func scheme() -> OAuth2Scheme { OAuth2Scheme(name: "oauth2", tokenURL: "/token", pkce: .none) }

    private func session(_ server: String, _ store: any TokenStore, _ clock: ManualClock = ManualClock()) -> OAuth2Session {
        OAuth2Session(
            scheme: scheme(), client: OAuth2Client(id: "client-id", secret: "SECRET-CLIENT"), store: store,
            context: CredentialContext(
                serverURL: server, transport: URLSessionTransport(timeouts: .init(idle: .milliseconds(400)))),
            clock: clock)
    }

    private func withFile<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appendingPathComponent("tokens.json"))
    }

    /// No fault of the network or of the server costs a token, in memory or in
    /// the file, and when it is over the session goes on as if nothing had been.
    @Test(arguments: Fault.all) func refresh(_ fault: Fault) async throws {
        let isOver = OneUse()
        let elsewhere = try ScriptedServer { _, _ in [.token("SECRET-EVIL", refresh: "SECRET-EVIL")] }
        defer { elsewhere.stop() }
        let steps = fault.steps.map { step -> ScriptedServer.Step in
            if case .send(let text) = step { .send(text.replacingOccurrences(of: "ELSEWHERE", with: elsewhere.url + "/token")) } else { step }
        }
        let server = try ScriptedServer { _, _ in
            // Looks whether the mark is taken, and leaves it as it was.
            if isOver.take() {
                isOver.giveBack()
                return steps
            }
            return [.token("SECRET-A2", refresh: "SECRET-R2")]
        }
        defer { server.stop() }
        try await withFile { file in
            let store = FileTokenStore(file)
            let session = session(server.url, store)
            try await session.begin("SECRET-A1", refresh: "SECRET-R1")
            let before = try Data(contentsOf: file)
            do throws(OAuth2Error) {
                try await session.refreshToken()
                Issue.record("no error")
            } catch {
                #expect(fault.isError(error), "\(error)")
                var text = "\(error) \(String(reflecting: error)) \(error.localizedDescription)"
                dump(error, to: &text)
                #expect(!text.contains("SECRET"))
            }
            #expect(await session.accessText == "SECRET-A1")
            #expect(await session.refreshText == "SECRET-R1")
            #expect(try Data(contentsOf: file) == before)
            #expect(elsewhere.requests.isEmpty)
            #expect(server.requests.allSatisfy { $0.contains("refresh_token=SECRET-R1") })

            #expect(isOver.take())
            try await session.refreshToken()
            #expect(await session.accessText == "SECRET-A2")
            #expect(try await store.load(session.storeKey)?.refreshToken?.exposed == "SECRET-R2")
        }
    }

    @Test func serverThatIsDown() async throws {
        let server = try ScriptedServer { _, _ in [] }
        server.stop()
        let store = MemoryTokenStore()
        let session = session(server.url, store)
        try await session.begin("SECRET-A1", refresh: "SECRET-R1")
        await #expect { try await session.refreshToken() } throws: {
            if case OAuth2Error.transport(let error as URLError) = $0 { error.code == .cannotConnectToHost } else { false }
        }
        #expect(await session.refreshText == "SECRET-R1")
        #expect(try await store.load(session.storeKey)?.refreshToken?.exposed == "SECRET-R1")
    }

    /// The one answer that ends a session: a refresh token that was used
    /// already, which the server takes for stolen.
    @Test func reusedRefreshToken() async throws {
        let server = try ScriptedServer { _, _ in
            [.answer(#"{"error":"invalid_grant","error_description":"SECRET-R1 was used before"}"#, status: "400 Bad Request")]
        }
        defer { server.stop() }
        let store = MemoryTokenStore()
        let session = session(server.url, store)
        try await session.begin("SECRET-A1", refresh: "SECRET-R1")
        await #expect { try await session.refreshToken() } throws: {
            if case OAuth2Error.server(.invalidGrant, "<redacted> was used before", nil, 400) = $0 { true } else { false }
        }
        #expect(await session.token == nil)
        #expect(try await store.load(session.storeKey) == nil)
        await #expect { try await session.refreshToken() } throws: {
            if case OAuth2Error.signInRequired = $0 { true } else { false }
        }
        #expect(server.requests.count == 1)
    }

    /// A sign-in that fails leaves whoever is signed in signed in.
    @Test(arguments: ["state", "issuer", "code", "error", "twice", "nonce"])
    func signIn(fault: String) async throws {
        let store = BreakableStore()
        let fake = FakeServer { _, _ in
            switch fault {
            case "code": .json(#"{"error":"invalid_grant","error_description":"the code was used before"}"#, status: 400)
            case "nonce": .json(#"{"access_token":"A2","id_token":"e30.e30.e30"}"#)
            default: .token("A2", refresh: "R2")
            }
        }
        let session = ApusOAuthTests.session(fake, store: store) { $0.issuer = "https://issuer.example" }
        try await session.begin("A1", refresh: "R1")
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: fault == "nonce" ? ["openid"] : [])
        let state = "state=\(request.state)"
        let query =
            switch fault {
            case "state": "code=C&state=other"
            case "issuer": "code=C&\(state)&iss=https%3A%2F%2Fevil.example"
            case "error": "error=access_denied&\(state)"
            case "twice": "code=C&code=D&\(state)"
            default: "code=C&\(state)"
            }
        do {
            try await session.signIn(redirectedTo: "https://app.example/cb?\(query)", for: request)
            Issue.record("no error")
        } catch {
            let isExpected =
                switch (fault, error) {
                case ("state", .stateMismatch), ("issuer", .issuerMismatch), ("code", .server(.invalidGrant, _, _, 400)),
                    ("error", .server(.accessDenied, _, _, nil)), ("twice", .invalidRedirect), ("nonce", .invalidIDToken):
                    true
                default: false
                }
            #expect(isExpected, "\(error)")
        }
        #expect(fake.exchanges.count == (fault == "code" || fault == "nonce" ? 1 : 0))
        #expect(try await session.authorization() == "Bearer A1")
        #expect(await store.tokens[session.storeKey]?.refreshToken?.exposed == "R1")
        if fault == "code" || fault == "error" {
            // The request is used up.
            await #expect {
                try await session.signIn(redirectedTo: "https://app.example/cb?code=C&\(state)", for: request)
            } throws: {
                if case OAuth2Error.requestAlreadyUsed = $0 { true } else { false }
            }
        }
    }

    /// Lifetimes count from the local clock, so a server whose clock is off by
    /// minutes changes nothing; a local clock that is put back is noticed.
    @Test(arguments: [-290.0, 290]) func clockThatIsOff(seconds: Double) async throws {
        let clock = ManualClock()
        let end = Int(clock.date.timeIntervalSince1970 + seconds + 60)
        let claims = Base64URL.encode(Data(#"{"iss":"https://i","sub":"mia","iat":1,"nonce":"NONCE","aud":"client-id","exp":\#(end)}"#.utf8))
        let fake = FakeServer { exchange, index in
            guard index == 0 else { return .token("A2", refresh: "R2") }
            let text = String(decoding: Base64URL.decode(claims) ?? Data(), as: UTF8.self)
                .replacingOccurrences(of: "NONCE", with: exchange.form["code"] ?? "")
            let token = "e30.\(Base64URL.encode(Data(text.utf8))).e30"
            return .json(#"{"access_token":"A1","refresh_token":"R1","expires_in":3600,"id_token":"\#(token)"}"#)
        }
        let session = ApusOAuthTests.session(fake, clock: clock)
        let request = try session.authorizationRequest(redirectURI: "https://app.example/cb", scopes: ["openid"])
        // The fake server takes the nonce from the code.
        try await session.signIn(
            redirectedTo: "https://app.example/cb?code=\(try #require(request.nonce))&state=\(request.state)", for: request)
        #expect(await session.token?.expiresAt == clock.date.addingTimeInterval(3600))
        clock.advance(-600)
        #expect(try await session.authorization() == "Bearer A2")
    }

    /// A file that somebody has broken: the session that has its token goes on
    /// and writes it anew; one that begins says what is wrong and can sign in.
    /// What was in the file is kept beside it.
    @Test func corruptedStore() async throws {
        try await withFile { file in
            let store = FileTokenStore(file)
            let fake = FakeServer(answers: .token("A2", refresh: "R2"))
            let running = ApusOAuthTests.session(fake, store: store)
            try await running.begin("A1", refresh: "R1")
            try Data("garbage".utf8).write(to: file)
            let starting = ApusOAuthTests.session(fake, store: store)
            await #expect { try await starting.restore() } throws: {
                if case OAuth2Error.store(FileTokenStoreError.corrupted) = $0 { true } else { false }
            }
            await #expect { try await starting.authorization() } throws: {
                guard case AuthorizationError.failed("oauth2", let error) = $0 else { return false }
                if case OAuth2Error.store? = error as? OAuth2Error { return true }
                return false
            }
            #expect(try Data(contentsOf: file) == Data("garbage".utf8))

            try await running.refreshToken()
            #expect(try await running.authorization() == "Bearer A2")
            #expect(try await store.load(running.storeKey)?.refreshToken?.exposed == "R2")
            let aside = try FileManager.default.contentsOfDirectory(atPath: file.deletingLastPathComponent().path)
                .first { $0.contains(".corrupt-") }
            let copy = file.deletingLastPathComponent().appendingPathComponent(try #require(aside))
            #expect(try Data(contentsOf: copy) == Data("garbage".utf8))
            #expect(try await starting.authorization() == "Bearer A2")
        }
    }
}
