import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct SignOutTests {
    @Test func revokesTheRefreshToken() async throws {
        let fake = FakeServer(answers: .init(status: 200, body: "", contentType: "text/plain"))
        let store = BreakableStore()
        let session = session(fake, store: store)
        try await session.begin()
        var states = session.states.makeAsyncIterator()
        try await session.signOut()
        #expect(fake.exchanges.map(\.url) == ["https://api.example.com/oauth/revoke"])
        #expect(
            fake.exchanges[0].body
                == "token=R1&token_type_hint=refresh_token&client_id=client-id&client_secret=client-secret"
        )
        #expect(await session.token == nil)
        #expect(await store.tokens.isEmpty)
        guard case .signedOut(.requested)? = await states.next() else {
            Issue.record("not told")
            return
        }
    }

    @Test func revokesTheAccessTokenWhereThereIsNoOther() async throws {
        let fake = FakeServer(answers: .init())
        let session = session(fake)
        try await session.begin(refresh: nil)
        try await session.signOut()
        #expect(fake.exchanges[0].form["token"] == "A1")
        #expect(fake.exchanges[0].form["token_type_hint"] == "access_token")
    }

    @Test func alwaysHappensLocally() async throws {
        let fake = FakeServer { _, _ in throw FakeServer.Unreachable() }
        let store = BreakableStore()
        let session = session(fake, store: store)
        try await session.begin()
        await #expect { try await session.signOut() } throws: {
            if case OAuth2Error.transport = $0 { true } else { false }
        }
        #expect(await session.token == nil)
        #expect(await store.tokens.isEmpty)
    }

    @Test func withoutRevocation() async throws {
        let fake = FakeServer(answers: .init())
        let quiet = session(fake)
        try await quiet.begin()
        try await quiet.signOut(revoke: false)
        let unable = session(fake) { $0.revocationURL = nil }
        try await unable.begin()
        try await unable.signOut()
        // Nobody is signed in any more.
        try await quiet.signOut()
        #expect(fake.exchanges.isEmpty)
    }

    /// A token that the store could not forget does not come back.
    @Test func storeThatCannotForget() async throws {
        let store = BreakableStore()
        let session = session(FakeServer(answers: .init()), store: store)
        try await session.begin()
        await store.breakDown()
        await #expect { try await session.signOut() } throws: {
            if case OAuth2Error.store = $0 { true } else { false }
        }
        await store.breakDown(false)
        #expect(await session.token == nil)
        try await session.begin("A2")
        #expect(await session.accessText == "A2")
    }

    @Test func tokenOfTheStoreIsRevokedToo() async throws {
        let fake = FakeServer(answers: .init())
        let store = BreakableStore()
        try await session(fake, store: store).begin()
        try await session(fake, store: store).signOut()
        #expect(fake.exchanges.map { $0.form["token"] } == ["R1"])
        #expect(await store.tokens.isEmpty)
    }

    @Test func statesOfALife() async throws {
        let session = session(FakeServer(answers: .token("A1", refresh: "R1"), .token("A2"), .init()))
        let states = session.states
        try await session.signIn(username: "me", password: "pw")
        try await session.refreshToken()
        try await session.signOut()
        var seen: [String] = []
        for await state in states {
            switch state {
            case .signedIn: seen.append("in")
            case .refreshed: seen.append("refreshed")
            case .signedOut(.requested): seen.append("out")
            default: seen.append("?")
            }
            if seen.count == 3 { break }
        }
        #expect(seen == ["in", "refreshed", "out"])
    }
}

/// A sign-out without a network.
@Suite struct PendingRevocationTests {
    @Test func isDoneLater() async throws {
        try await withTokenFile { file in
            let fake = FakeServer { _, index in
                if index == 0 { throw FakeServer.Unreachable() }
                return .init()
            }
            let before = session(fake, store: FileTokenStore(file))
            try await before.begin()
            await #expect(throws: OAuth2Error.self) { try await before.signOut() }
            // Another run of the program.
            let after = session(fake, store: FileTokenStore(file))
            #expect(await after.token == nil)
            try await after.revokePending()
            #expect(fake.exchanges.map { $0.form["token"] } == ["R1", "R1"])
            // Done, and nothing of it is left.
            try await after.revokePending()
            #expect(fake.exchanges.count == 2)
            #expect(!String(decoding: try Data(contentsOf: file), as: UTF8.self).contains("R1"))
        }
    }

    /// A sign-in does not forget it.
    @Test func survivesTheNextSignIn() async throws {
        let fake = FakeServer { _, index in
            if index == 0 { throw FakeServer.Unreachable() }
            return .init()
        }
        let session = session(fake)
        try await session.begin()
        await #expect(throws: OAuth2Error.self) { try await session.signOut() }
        try await session.begin("B1", refresh: "S1")
        try await session.revokePending()
        #expect(fake.exchanges.map { $0.form["token"] } == ["R1", "R1"])
        #expect(try await session.authorization() == "Bearer B1")
    }
}
