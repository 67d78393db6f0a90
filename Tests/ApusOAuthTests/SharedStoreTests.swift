import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

/// Sessions that share a store, as processes and clients do: no order of
/// sign-in, sign-out and refresh gives one of them another user's token, undoes
/// a sign-out or spends a refresh token twice.
@Suite struct SharedStoreTests {
    /// A token endpoint that holds the first refresh until the gate is open.
    private func server(_ gate: Gate) -> FakeServer {
        FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/revoke") { return .init() }
            guard exchange.form["refresh_token"] == "MIA-R1" else { return .token("TOM-A2", refresh: "TOM-R2") }
            await gate.pass()
            return .token("MIA-A2", refresh: "MIA-R2")
        }
    }

    @Test(arguments: StoreKind.all) func lateRefreshDoesNotOverwriteAnotherSignIn(_ kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let gate = Gate()
            let fake = server(gate)
            let first = session(fake, store: stores[0])
            let second = session(fake, store: stores[1])
            try await first.begin("MIA-A1", refresh: "MIA-R1")
            #expect(try await second.authorization() == "Bearer MIA-A1")
            let refresh = Task { try await first.refreshToken() }
            await gate.arrived()
            try await second.begin("TOM-A1", refresh: "TOM-R1")
            await gate.open()
            _ = await refresh.result
            #expect(try await stores[1].load(second.storeKey)?.accessToken.exposed == "TOM-A1")
            #expect(try await second.authorization() == "Bearer TOM-A1")
            // What the late answer brought is of no use to anyone.
            #expect(fake.exchanges.compactMap { $0.form["token"] }.contains("MIA-R2"))
        }
    }

    @Test(arguments: StoreKind.all) func lateRefreshDoesNotUndoASignOut(_ kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let gate = Gate()
            let fake = server(gate)
            let first = session(fake, store: stores[0])
            let second = session(fake, store: stores[1])
            try await first.begin("MIA-A1", refresh: "MIA-R1")
            #expect(try await second.authorization() == "Bearer MIA-A1")
            var states = first.states.makeAsyncIterator()
            let refresh = Task { try await first.refreshToken() }
            await gate.arrived()
            try await second.signOut()
            await gate.open()
            await #expect { try await refresh.value } throws: {
                if case OAuth2Error.signInRequired = $0 { true } else { false }
            }
            #expect(try await stores[0].load(first.storeKey) == nil)
            #expect(await first.token == nil)
            #expect(await second.token == nil)
            #expect(fake.exchanges.compactMap { $0.form["token"] } == ["MIA-R1", "MIA-R2"])
            guard case .signedOut(.elsewhere)? = await states.next() else {
                Issue.record("not told")
                return
            }
        }
    }

    /// RFC 9700 section 4.14: a server that sees a refresh token twice ends the
    /// whole grant.
    @Test(arguments: StoreKind.all) func oneRefreshForAllSessions(_ kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let gate = Gate()
            let fake = FakeServer { _, index in
                await gate.pass()
                return .token("A\(index + 2)", refresh: "R\(index + 2)")
            }
            let clock = ManualClock()
            let sessions = (0..<6).map { session(fake, clock: clock, store: stores[$0 % 2]) }
            try await sessions[0].begin()
            for session in sessions { #expect(try await session.authorization() == "Bearer A1") }
            clock.advance(4000)
            try await withThrowingTaskGroup(of: String?.self) { group in
                for session in sessions { group.addTask { try await session.authorization() } }
                await gate.arrived()
                await gate.open()
                for try await value in group { #expect(value == "Bearer A2") }
            }
            #expect(fake.exchanges.map { $0.form["refresh_token"] } == ["R1"])
        }
    }

    /// A sign-out in one session revokes what another one has got meanwhile.
    @Test func signOutRevokesWhatTheStoreHolds() async throws {
        let store = MemoryTokenStore()
        let fake = FakeServer { exchange, _ in
            exchange.url.hasSuffix("/revoke") ? .init() : .token("A2", refresh: "R2")
        }
        let first = session(fake, store: store)
        let second = session(fake, store: store)
        try await first.begin()
        #expect(try await second.authorization() == "Bearer A1")
        try await second.refreshToken()
        try await first.signOut()
        #expect(fake.exchanges.compactMap { $0.form["token"] } == ["R2"])
    }

    /// A token that is not in the store any more, without anybody having signed
    /// out: the file was deleted, the device is locked.
    @Test func absentIsNotSignedOut() async throws {
        try await withTokenFile { file in
            let fake = FakeServer(answers: .token("A2", refresh: "R2"))
            let clock = ManualClock()
            let running = session(fake, clock: clock, store: FileTokenStore(file))
            try await running.begin()
            try FileManager.default.removeItem(at: file)
            clock.advance(4000)
            #expect(try await running.authorization() == "Bearer A2")
            #expect(try await FileTokenStore(file).load(running.storeKey)?.refreshToken?.exposed == "R2")
        }
    }

    /// One file, two sessions: whoever breaks the file signs out neither.
    @Test func brokenFileSignsNobodyOut() async throws {
        try await withTokenFile { file in
            let fake = FakeServer { exchange, _ in
                exchange.form["refresh_token"] == "R1" ? .token("A2", refresh: "R2") : .token("B2", refresh: "S2")
            }
            let clock = ManualClock()
            let one = session(fake, clock: clock, store: FileTokenStore(file))
            let two = session(fake, clock: clock, store: FileTokenStore(file)) { $0.name = "other" }
            try await one.begin()
            try await two.begin("B1", refresh: "S1")
            try Data("garbage".utf8).write(to: file)
            clock.advance(4000)
            #expect(try await one.authorization() == "Bearer A2")
            #expect(try await two.authorization() == "Bearer B2")
        }
    }

    /// Another user signed in elsewhere: this session does not go on as that
    /// user without saying so.
    @Test func adoptedTokenIsOfTheSameSignIn() async throws {
        let store = MemoryTokenStore()
        let clock = ManualClock()
        let fake = FakeServer(answers: .token("X"))
        let mia = session(fake, clock: clock, store: store)
        let tom = session(fake, clock: clock, store: store)
        try await mia.begin("MIA-A1", refresh: "MIA-R1")
        try await tom.begin("TOM-A1", refresh: "TOM-R1")
        var states = mia.states.makeAsyncIterator()
        clock.advance(4000)
        // The request that Mia's session was asked for is not sent as Tom.
        await #expect { try await mia.authorization() } throws: {
            if case AuthorizationError.signInRequired = $0 { true } else { false }
        }
        guard case .signedOut(.elsewhere)? = await states.next() else {
            Issue.record("not told")
            return
        }
        #expect(fake.exchanges.isEmpty)
    }
}

/// The stores that several sessions can share, two values on the same thing.
struct StoreKind: Sendable, CustomTestStringConvertible {
    var testDescription: String
    let withStores: @Sendable (_ body: ([any TokenStore]) async throws -> Void) async throws -> Void

    static let all = [
        StoreKind(testDescription: "memory") { body in
            let store = MemoryTokenStore()
            try await body([store, store])
        },
        StoreKind(testDescription: "file") { body in
            try await withTokenFile { file in try await body([FileTokenStore(file), FileTokenStore(file)]) }
        },
    ]
}

/// A file in a folder of its own, which is removed afterwards.
func withTokenFile<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder.appendingPathComponent("tokens.json"))
}
