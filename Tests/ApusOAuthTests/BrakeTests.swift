import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

/// How often the token endpoint is asked, and what is used meanwhile.
@Suite struct BrakeTests {
    /// An operation that always answers 401: Microsoft ends the grant of a
    /// client that refreshes in a loop (AADSTS50196).
    @Test(arguments: [true, false]) func operationThatAlwaysRefuses(isTokenNew: Bool) async throws {
        let clock = ManualClock()
        let fake = FakeServer { _, index in .token(isTokenNew ? "A\(index + 2)" : "A1", refresh: "R2") }
        let session = session(fake, clock: clock)
        try await session.begin()
        for _ in 0..<20 {
            let token = try #require(await session.token).accessToken.exposed
            _ = try await session.recover(from: token)
            clock.advance(1)
        }
        #expect(fake.exchanges.count == 1)
        clock.advance(30)
        let token = try #require(await session.token).accessToken.exposed
        _ = try await session.recover(from: token)
        #expect(fake.exchanges.count == 2)
    }

    @Test func refusalForAnotherReasonRenewsNothing() async throws {
        let fake = FakeServer(answers: .token("A2"))
        let session = session(fake)
        try await session.begin()
        #expect(try await session.recover(from: "A1", challenge: "Bearer error=\"insufficient_scope\"") == false)
        #expect(fake.exchanges.isEmpty)
        // RFC 6750 section 3.1: a challenge need not have an error.
        #expect(try await session.recover(from: "A1", challenge: "Bearer realm=\"x\""))
    }

    @Test(arguments: ["3600", "Wed, 15 Nov 2023 00:13:20 GMT"]) func failureIsRemembered(retryAfter: String) async throws {
        let clock = ManualClock()
        let fake = FakeServer { _, index in
            if index > 0 { return .token("A2") }
            var answer = FakeServer.Answer(status: 429)
            answer.headerFields[.retryAfter] = retryAfter
            answer.headerFields[.date] = "Tue, 14 Nov 2023 23:13:20 GMT"
            return answer
        }
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        for _ in 0..<50 {
            await #expect { try await session.authorization() } throws: {
                guard case AuthorizationError.failed(_, let error) = $0 else { return false }
                if case .unavailable(429, _)? = error as? OAuth2Error { return true }
                return false
            }
        }
        #expect(fake.exchanges.count == 1)
        clock.advance(3601)
        #expect(try await session.authorization() == "Bearer A2")
    }

    @Test func failureWithoutRetryAfterIsRememberedToo() async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .init(status: 503))
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        for _ in 0..<50 { _ = try? await session.authorization() }
        #expect(fake.exchanges.count == 3)
        // A new sign-in has nothing to do with it.
        try await session.begin("B1")
        #expect(try await session.authorization() == "Bearer B1")
    }

    /// GitHub answers 200 `bad_refresh_token`.
    @Test(arguments: ["invalid_grant", "bad_refresh_token"]) func grantThatEndsWithStatus200(code: String) async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .error(code, status: 200))
        let session = session(fake, clock: clock) { $0.grantEndedErrors = ["bad_refresh_token"] }
        try await session.begin()
        clock.advance(4000)
        for _ in 0..<20 {
            await #expect { try await session.authorization() } throws: {
                if case AuthorizationError.signInRequired = $0 { true } else { false }
            }
        }
        #expect(fake.exchanges.count == 1)
    }

    /// VK and others mean "never" by it.
    @Test(arguments: ["0", "-1", "\"0\""]) func lifetimeThatIsNone(expiresIn: String) async throws {
        let fake = FakeServer(answers: .token("A1", refresh: "R1", expiresIn: expiresIn), .token("A2"))
        let session = session(fake)
        try await session.signIn(username: "me", password: "pw")
        for _ in 0..<3 { #expect(try await session.authorization() == "Bearer A1") }
        #expect(await session.token?.expiresAt == nil)
    }

    @Test func renewalAsksForWhatWasAskedFor() async throws {
        let clock = ManualClock()
        let answer = FakeServer.Answer.json(
            #"{"access_token":"A","token_type":"Bearer","expires_in":60,"scope":"read internal:default"}"#)
        let fake = FakeServer(answers: answer)
        let session = session(fake, clock: clock)
        try await session.signInWithClientCredentials(scopes: ["read"])
        clock.advance(100)
        _ = try await session.authorization()
        #expect(fake.exchanges.map { $0.form["scope"] } == ["read", "read"])
        #expect(await session.token?.scopes == ["read", "internal:default"])
    }

    /// An access token is used to its end, although the grant has ended.
    @Test func refusedRenewalLeavesTheAccessTokenItsTime() async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .error("invalid_grant"))
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(3550)
        #expect(try await session.authorization() == "Bearer A1")
        clock.advance(10)
        #expect(try await session.authorization() == "Bearer A1")
        clock.advance(60)
        await #expect(throws: AuthorizationError.self) { try await session.authorization() }
        #expect(fake.exchanges.count == 1)
    }

    @Test func tokenFromTheFutureIsRenewed() async throws {
        let clock = ManualClock()
        let fake = FakeServer(answers: .token("A2"))
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(-600)
        #expect(try await session.authorization() == "Bearer A2")
    }

    @Test func tokenWithoutItsKeyIsNotSent() async throws {
        let session = session(FakeServer(answers: .token("A2")))
        try await session.signedIn(
            with: OAuth2Token(accessToken: "A1", tokenType: "DPoP", dpopKey: "broken", issuedAt: session.clock.date))
        await #expect(throws: AuthorizationError.self) { try await session.authorization() }
    }
}

/// A server that does not answer, or a byte at a time.
@Suite struct SlowServerTests {
    private func session(
        _ transport: any Transport, _ clock: ManualClock, timeout: Duration = .seconds(30), patience: Duration = .seconds(3),
        renewsTokens: Bool = true, store: any TokenStore = MemoryTokenStore()
    ) -> OAuth2Session {
        OAuth2Session(
            scheme: fullScheme(), client: OAuth2Client(id: "c"), store: store,
            context: CredentialContext(serverURL: server, transport: transport), clock: clock, leeway: 60,
            renewsTokens: renewsTokens, requestTimeout: timeout, patience: patience)
    }

    /// It still holds, so it is used while another one is fetched.
    @Test func tokenThatHoldsIsUsedMeanwhile() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let fake = FakeServer { _, _ in
            await gate.pass()
            return .token("A2", refresh: "R2")
        }
        let session = session(fake, clock, patience: .milliseconds(20))
        try await session.begin()
        clock.advance(3545)
        for _ in 0..<5 { #expect(try await session.authorization() == "Bearer A1") }
        #expect(fake.exchanges.count == 1)
        await gate.open()
        try await session.refreshToken()
        #expect(try await session.authorization() == "Bearer A2")
        #expect(fake.exchanges.count == 1)
    }

    @Test func requestHasAnEnd() async throws {
        let clock = ManualClock()
        let gate = Gate()
        // Heeds no cancellation.
        let fake = FakeServer { _, _ in
            await gate.pass()
            return .token("A2")
        }
        let session = session(fake, clock, timeout: .milliseconds(20))
        try await session.begin()
        await #expect { try await session.refreshToken() } throws: {
            if case OAuth2Error.transport = $0 { true } else { false }
        }
        #expect(await session.refreshText == "R1")
        await gate.open()
    }

    /// The refresh of the user before holds nobody up, and does nothing.
    @Test func nextUserDoesNotWaitForTheRefreshBefore() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let fake = FakeServer { exchange, _ in
            if exchange.form["refresh_token"] == "R1" { await gate.pass() }
            return .token("X", refresh: "Y")
        }
        let session = session(fake, clock)
        try await session.begin()
        let old = Task { try await session.recover(from: "A1") }
        await gate.arrived()
        try await session.signOut(revoke: false)
        try await session.begin("B1", refresh: "S1")
        #expect(try await session.authorization() == "Bearer B1")
        #expect(await session.current?.accessToken == "B1")
        await gate.open()
        _ = await old.result
        #expect(try await session.authorization() == "Bearer B1")
    }

    /// What an extension uses, whose program renews.
    @Test func sessionThatDoesNotRenew() async throws {
        let clock = ManualClock()
        let store = MemoryTokenStore()
        let fake = FakeServer(answers: .token("A2", refresh: "R2"))
        let program = session(fake, clock, store: store)
        let widget = session(fake, clock, renewsTokens: false, store: store)
        try await program.begin()
        #expect(try await widget.authorization() == "Bearer A1")
        clock.advance(3590)
        #expect(try await widget.validToken().accessToken == "A1")
        clock.advance(100)
        await #expect { try await widget.validToken() } throws: {
            if case OAuth2Error.renewalNotAllowed = $0 { true } else { false }
        }
        #expect(fake.exchanges.isEmpty)
        #expect(try await program.authorization() == "Bearer A2")
        #expect(try await widget.authorization() == "Bearer A2")
        #expect(fake.exchanges.count == 1)
    }
}
