import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct RefreshTests {
    @Test func tokenIsUsedUntilItIsDue() async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .token("A2", refresh: "R2"))
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(3539)
        #expect(try await session.authorization() == "Bearer A1")
        #expect(fake.exchanges.isEmpty)
        clock.advance(1)
        #expect(try await session.authorization() == "Bearer A2")
        #expect(await session.refreshText == "R2")
    }

    /// A tenth of the lifetime where that is less than a minute.
    @Test func leewayOfShortTokens() async throws {
        let clock = ManualClock()
        let session = session(FakeServer(answers: .token("A2")), clock: clock)
        try await session.begin(lifetime: 100)
        clock.advance(89)
        #expect(try await session.authorization() == "Bearer A1")
        clock.advance(1)
        #expect(try await session.authorization() == "Bearer A2")
    }

    @Test func leewayOfOnesOwn() async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .token("A2"))
        let session = OAuth2Session(
            scheme: fullScheme(), client: OAuth2Client(id: "c"),
            context: CredentialContext(serverURL: server, transport: fake), clock: clock, leeway: 300)
        try await session.begin()
        clock.advance(3299)
        #expect(try await session.authorization() == "Bearer A1")
        clock.advance(1)
        #expect(try await session.authorization() == "Bearer A2")
    }

    @Test func hundredCallersAtExpiry() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let fake = FakeServer { _, _ in
            await gate.pass()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        let values = try await withThrowingTaskGroup(of: String?.self) { group in
            for _ in 0..<100 { group.addTask { try await session.authorization() } }
            group.addTask {
                await gate.arrived()
                await gate.open()
                return nil
            }
            return try await group.reduce(into: [String]()) { if let value = $1 { $0.append(value) } }
        }
        #expect(values == Array(repeating: "Bearer A2", count: 100))
        #expect(fake.exchanges.count == 1)
    }

    @Test func hundredUnauthorizedAnswers() async throws {
        let fake = FakeServer { _, _ in
            await Task.yield()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake)
        try await session.begin()
        let worth = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { try await session.recover(from: "A1") } }
            return try await group.reduce(into: 0) { if $1 { $0 += 1 } }
        }
        #expect(worth == 100)
        #expect(fake.exchanges.count == 1)
        #expect(try await session.authorization() == "Bearer A2")
    }

    @Test func proactiveAndReactiveMixed() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let fake = FakeServer { _, _ in
            await gate.pass()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<200 {
                group.addTask {
                    if index.isMultiple(of: 2) {
                        let header = try await session.authorization()
                        #expect(header == "Bearer A2")
                    } else {
                        let isWorthRepeating = try await session.recover(from: "A1")
                        #expect(isWorthRepeating)
                    }
                }
            }
            await gate.arrived()
            await gate.open()
            try await group.waitForAll()
        }
        #expect(fake.exchanges.count == 1)
    }

    @Test func olderTokenRefreshesNothing() async throws {
        let fake = FakeServer(answers: .token("A3"))
        let session = session(fake)
        try await session.begin("A2")
        #expect(try await session.recover(from: "A1"))
        #expect(fake.exchanges.isEmpty)
        #expect(await session.accessText == "A2")
    }

    @Test func cancelledCallerNeitherCancelsNorRepeats() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let fake = FakeServer { _, _ in
            await gate.pass()
            try Task.checkCancellation()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        let first = Task { try await session.authorization() }
        await gate.arrived()
        let second = Task { try await session.authorization() }
        first.cancel()
        // The cancelled caller does not wait for the server.
        await #expect(throws: AuthorizationError.self) { try await first.value }
        await gate.open()
        #expect(try await second.value == "Bearer A2")
        #expect(try await session.authorization() == "Bearer A2")
        #expect(fake.exchanges.count == 1)
    }

    @Test func cancellationStorm() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let fake = FakeServer { _, _ in
            await gate.pass()
            try Task.checkCancellation()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        let callers = (0..<100).map { _ in Task { try await session.authorization() } }
        await gate.arrived()
        for caller in callers { caller.cancel() }
        for caller in callers { _ = await caller.result }
        await gate.open()
        #expect(try await session.authorization() == "Bearer A2")
        #expect(fake.exchanges.count == 1)
        #expect(await session.refreshText == "R2")
    }

    @Test func refreshTokenIsKeptWhereNoneComes() async throws {
        let fake = FakeServer(answers: .token("A2"), .token("A3", refresh: "R3"), .token("A4"))
        let session = session(fake)
        try await session.begin()
        for expected in ["R1", "R3", "R3"] {
            try await session.refreshToken()
            #expect(await session.refreshText == expected)
        }
        #expect(fake.exchanges.map { $0.form["refresh_token"] } == ["R1", "R1", "R3"])
    }

    @Test func tokenIsStoredBeforeItIsUsed() async throws {
        let store = BreakableStore()
        let clock = ManualClock()
        let session = session(FakeServer(answers: .token("A2", refresh: "R2")), clock: clock, store: store)
        try await session.begin()
        clock.advance(4000)
        let value = try await session.authorization()
        let stored = await store.tokens[session.storeKey]
        #expect(value == "Bearer A2")
        #expect(stored?.refreshToken?.exposed == "R2")
        #expect(await store.saves == 2)
    }

    @Test(arguments: [0, 1, 2, 3, 4, 5, 6, 7])
    func faultsLoseNothing(fault: Int) async throws {
        let clock = ManualClock()
        let store = BreakableStore()
        let fake = FakeServer { _, index in
            if index >= 3 { return .token("A2", refresh: "R2") }
            switch fault {
            case 0: throw FakeServer.Unreachable()
            case 1: return .init(status: 500, body: "<html>", contentType: "text/html")
            case 2: return .init(status: 200, body: "<html>", contentType: "text/html")
            case 3: return .json(#"{"access_token":"#)
            case 4: throw CancellationError()
            case 5: return .error("invalid_grant", status: 502)
            case 6: return .error("temporarily_unavailable", status: 503)
            default: return .init(status: 429)
            }
        }
        let session = session(fake, clock: clock, store: store)
        try await session.begin()
        clock.advance(4000)
        // As often as it takes; the session must not end on the way.
        var value: String?
        for _ in 0..<4 where value == nil {
            value = try? await session.authorization()
            clock.advance(10)
            #expect(await session.current != nil)
        }
        #expect(value == "Bearer A2")
        #expect(fake.exchanges.prefix(4).allSatisfy { $0.form["refresh_token"] == "R1" })
        #expect(await store.tokens[session.storeKey]?.refreshToken?.exposed == "R2")
    }

    @Test(arguments: ["invalid_client", "unauthorized_client", "invalid_scope", "unsupported_grant_type", "invalid_request"])
    func errorsThatBlameTheClientKeepTheToken(code: String) async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .error(code, status: 401))
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        await #expect { try await session.authorization() } throws: {
            guard case AuthorizationError.failed("oauth2", let error) = $0 else { return false }
            guard case .server(OAuth2Error.Code(rawValue: code), _, _, 401)? = error as? OAuth2Error else { return false }
            return true
        }
        #expect(fake.exchanges.count == 1)
        #expect(await session.refreshText == "R1")
    }

    @Test func invalidGrantSignsOut() async throws {
        let clock = ManualClock()
        let store = BreakableStore()
        let fake = FakeServer(answers: .error("invalid_grant"))
        let session = session(fake, clock: clock, store: store)
        try await session.begin()
        var states = session.states.makeAsyncIterator()
        clock.advance(4000)
        for _ in 0..<2 {
            await #expect { try await session.authorization() } throws: {
                if case AuthorizationError.signInRequired("oauth2") = $0 { true } else { false }
            }
        }
        #expect(fake.exchanges.count == 1)
        #expect(await session.token == nil)
        #expect(await store.tokens.isEmpty)
        guard case .signedOut(.refused(.server(.invalidGrant, _, _, 400)))? = await states.next() else {
            Issue.record("the reason was not told")
            return
        }
    }

    @Test func expiredWithoutRefreshToken() async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .token("A2"))
        let session = session(fake, clock: clock)
        try await session.begin(refresh: nil)
        var states = session.states.makeAsyncIterator()
        clock.advance(3590)
        #expect(try await session.authorization() == "Bearer A1")
        clock.advance(10)
        await #expect { try await session.authorization() } throws: {
            if case AuthorizationError.signInRequired("oauth2") = $0 { true } else { false }
        }
        guard case .expired? = await states.next() else {
            Issue.record("the end was not told")
            return
        }
        #expect(try await session.recover(from: "A1") == false)
        #expect(fake.exchanges.isEmpty)
    }

    @Test func clientCredentialsRenewThemselves() async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .token("A1"), .token("A2"))
        let session = session(fake, clock: clock)
        try await session.signInWithClientCredentials(scopes: ["a"])
        clock.advance(4000)
        #expect(try await session.authorization() == "Bearer A2")
        #expect(fake.exchanges[1].body == fake.exchanges[0].body)
    }

    /// A server that is down is no reason not to use what still holds.
    @Test func tokenThatStillHoldsIsUsedWhileTheServerIsDown() async throws {
        let clock = ManualClock()
        let session = session(FakeServer { _, _ in throw FakeServer.Unreachable() }, clock: clock)
        try await session.begin()
        clock.advance(3545)
        #expect(try await session.authorization() == "Bearer A1")
        clock.advance(60)
        await #expect { try await session.authorization() } throws: {
            guard case AuthorizationError.failed(_, let error) = $0 else { return false }
            if case .transport(is FakeServer.Unreachable)? = error as? OAuth2Error { return true }
            return false
        }
        #expect(await session.refreshText == "R1")
    }

    @Test func retriesPauseAndHeedTheServer() async throws {
        let clock = ManualClock()
        let fake = FakeServer { _, index in
            if index == 2 { return .token("A2") }
            var answer = FakeServer.Answer(status: 503)
            if index == 1 { answer.headerFields[.retryAfter] = "9" }
            return answer
        }
        let session = session(fake, clock: clock)
        try await session.begin()
        try await session.refreshToken()
        #expect(clock.sleeps.count == 2)
        #expect((0...0.5).contains(clock.sleeps[0]))
        #expect((9...9.9).contains(clock.sleeps[1]))
    }

    @Test func unsavedTokenIsUsedAndSavedLater() async throws {
        let clock = ManualClock()
        let store = BreakableStore()
        let session = session(FakeServer(answers: .token("A2", refresh: "R2")), clock: clock, store: store)
        try await session.begin()
        var states = session.states.makeAsyncIterator()
        await store.breakDown()
        clock.advance(4000)
        #expect(try await session.authorization() == "Bearer A2")
        guard case .refreshed? = await states.next(), case .unsaved(.store)? = await states.next() else {
            Issue.record("the failure was not told")
            return
        }
        await store.breakDown(false)
        clock.advance(11)
        #expect(try await session.authorization() == "Bearer A2")
        #expect(await store.tokens[session.storeKey]?.refreshToken?.exposed == "R2")

        await store.breakDown()
        await #expect { try await session.begin("A9") } throws: {
            if case OAuth2Error.store(is BreakableStore.DiskFull) = $0 { true } else { false }
        }
        #expect(try await session.authorization() == "Bearer A9")
    }

    @Test func signOutDuringRefresh() async throws {
        let gate = Gate()
        let store = BreakableStore()
        let fake = FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/revoke") { return .init() }
            await gate.pass()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake, store: store)
        try await session.begin()
        let refresh = Task { try await session.refreshToken() }
        await gate.arrived()
        try await session.signOut()
        await gate.open()
        await #expect { try await refresh.value } throws: {
            if case OAuth2Error.signInRequired = $0 { true } else { false }
        }
        #expect(await session.token == nil)
        #expect(await store.tokens.isEmpty)
        // Neither the old nor the new grant lives on at the server.
        #expect(fake.exchanges.compactMap { $0.form["token"] } == ["R1", "R2"])
    }

    @Test func signInDuringRefresh() async throws {
        let gate = Gate()
        let store = BreakableStore()
        let fake = FakeServer { _, _ in
            await gate.pass()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake, store: store)
        try await session.begin()
        let refresh = Task { try await session.recover(from: "A1") }
        await gate.arrived()
        try await session.begin("B1", refresh: "S1")
        await gate.open()
        #expect(try await refresh.value)
        #expect(try await session.authorization() == "Bearer B1")
        #expect(await store.tokens[session.storeKey]?.refreshToken?.exposed == "S1")
    }
}
