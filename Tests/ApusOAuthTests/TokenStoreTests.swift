import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct TokenStoreTests {
    /// A file in a folder of its own, which is removed afterwards.
    private func withFile<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(folder.appendingPathComponent("tokens.json"))
    }

    private func token(_ access: String) -> OAuth2Token {
        OAuth2Token(
            accessToken: Secret(access), refreshToken: "R", issuedAt: Date(timeIntervalSince1970: 1),
            additional: ["x": .string("y")]
        )
    }

    private func permissions(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    }

    @Test func implicitMembers() async throws {
        let memory: any TokenStore = .memory
        let file: any TokenStore = .file(URL(fileURLWithPath: "/nowhere"))
        let absent: (any TokenStore)? = nil
        #expect((absent ?? .memory) is MemoryTokenStore)
        #expect(memory is MemoryTokenStore)
        #expect(file is FileTokenStore)
    }

    @Test func fileKeepsTokens() async throws {
        try await withFile { url in
            let store = FileTokenStore(url)
            #expect(try await store.load("a") == nil)
            try await store.save(token("A1"), for: "a")
            try await store.save(token("B1"), for: "b")
            try await store.save(token("A2"), for: "a")
            #expect(try await FileTokenStore(url).load("a") == token("A2"))
            #expect(try await store.load("b") == token("B1"))
            try await store.clear("a")
            #expect(try await store.load("a") == nil)
            #expect(try await store.load("b") == token("B1"))
        }
    }

    @Test func fileIsPrivate() async throws {
        try await withFile { url in
            // Also where somebody made it readable.
            _ = FileManager.default.createFile(
                atPath: url.path, contents: Data(#"{"version":1,"tokens":{}}"#.utf8), attributes: [.posixPermissions: 0o644]
            )
            try await FileTokenStore(url).save(token("A1"), for: "a")
            #expect(try permissions(url) == 0o600)
            let names = try FileManager.default.contentsOfDirectory(atPath: url.deletingLastPathComponent().path)
            #expect(names.sorted() == ["tokens.json", "tokens.json.lock"])
        }
    }

    @Test func linkIsFollowed() async throws {
        try await withFile { url in
            let target = url.deletingLastPathComponent().appendingPathComponent("target.json")
            _ = FileManager.default.createFile(atPath: target.path, contents: Data(#"{"version":1,"tokens":{}}"#.utf8))
            try FileManager.default.createSymbolicLink(at: url, withDestinationURL: target)
            try await FileTokenStore(url).save(token("A1"), for: "a")
            #expect(try await FileTokenStore(target).load("a") == token("A1"))
            #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: url.path)) != nil)
        }
    }

    @Test(arguments: ["", "{", "[]", #"{"version":2,"tokens":{}}"#, #"{"version":1,"tokens":{"a":{}}}"#])
    func corruptedFileIsKept(contents: String) async throws {
        try await withFile { url in
            try Data(contents.utf8).write(to: url)
            let store = FileTokenStore(url)
            await #expect(throws: FileTokenStoreError.corrupted) { try await store.load("a") }
            #expect(try Data(contentsOf: url) == Data(contents.utf8))
            try await store.save(token("A1"), for: "a")
            #expect(try await store.load("a") == token("A1"))
            #expect(try Data(contentsOf: URL(fileURLWithPath: url.path + ".corrupt")) == Data(contents.utf8))
        }
    }

    @Test func folderThatIsMissing() async throws {
        try await withFile { url in
            let store = FileTokenStore(url.appendingPathComponent("no/tokens.json"))
            await #expect(throws: FileTokenStoreError.self) { try await store.save(token("A1"), for: "a") }
            // A session goes on without a lock.
            let result = try await store.exclusively("a") { 7 }
            #expect(result == 7)
        }
    }

    @Test func writersDoNotLoseEachOthersTokens() async throws {
        try await withFile { url in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<20 {
                    group.addTask { try await FileTokenStore(url).save(token("A\(index)"), for: "k\(index)") }
                }
                try await group.waitForAll()
            }
            for index in 0..<20 {
                #expect(try await FileTokenStore(url).load("k\(index)") == token("A\(index)"))
            }
        }
    }

    @Test func exclusionHasAnEnd() async throws {
        try await withFile { url in
            let gate = Gate()
            let holder = Task { try await FileTokenStore(url).exclusively("a") { await gate.pass() } }
            await gate.arrived()
            await #expect(throws: FileTokenStoreError.busy) {
                try await FileTokenStore(url, patience: 0.05).exclusively("a") {}
            }
            // Another key is another matter.
            try await FileTokenStore(url, patience: 0.05).exclusively("b") {}
            await gate.open()
            try await holder.value
            try await FileTokenStore(url).exclusively("a") {}
        }
    }

    /// Sessions with stores of their own on one file, as processes have them.
    @Test func sessionsThatShareAFileRefreshOnce() async throws {
        try await withFile { url in
            let clock = ManualClock()
            let fake = FakeServer { _, index in
                await Task.yield()
                return .token("A\(index + 2)", refresh: "R\(index + 2)")
            }
            let sessions = (0..<8).map { _ in session(fake, clock: clock, store: FileTokenStore(url)) }
            try await sessions[0].begin()
            for session in sessions { #expect(try await session.authorization() == "Bearer A1") }
            clock.advance(4000)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for session in sessions {
                    for _ in 0..<5 {
                        group.addTask {
                            let header = try await session.authorization()
                            #expect(header == "Bearer A2")
                        }
                    }
                    group.addTask {
                        let isWorthRepeating = try await session.recover(from: "A1")
                        #expect(isWorthRepeating)
                    }
                }
                try await group.waitForAll()
            }
            #expect(fake.exchanges.count == 1)
        }
    }

    @Test func signOutAndSignInElsewhere() async throws {
        let store = BreakableStore()
        let clock = ManualClock()
        let fake = FakeServer(answers: .token("A2"))
        let one = session(fake, clock: clock, store: store)
        let other = session(fake, clock: clock, store: store)
        try await one.begin()
        #expect(try await other.authorization() == "Bearer A1")
        try await one.signOut(revoke: false)
        var states = other.states.makeAsyncIterator()
        clock.advance(4000)
        await #expect(throws: AuthorizationError.self) { try await other.authorization() }
        guard case .signedOut(.elsewhere)? = await states.next() else {
            Issue.record("not told")
            return
        }
        #expect(fake.exchanges.isEmpty)
        try await one.begin("B1")
        #expect(try await other.authorization() == "Bearer B1")
    }

    /// With a store that has no exclusion another process may be faster, and
    /// the refresh token that lost is refused.
    @Test func refusedRefreshTokenThatWasReplacedElsewhere() async throws {
        let store = BreakableStore()
        let clock = ManualClock()
        let gate = Gate()
        let fake = FakeServer { exchange, _ in
            if exchange.form["refresh_token"] == "R1" {
                await gate.pass()
                return .error("invalid_grant")
            }
            return .token("A3", refresh: "R3")
        }
        let slow = session(fake, clock: clock, store: store)
        let fast = session(fake, clock: clock, store: store)
        try await slow.begin()
        let refresh = Task { try await slow.refreshToken() }
        await gate.arrived()
        try await fast.begin("A2", refresh: "R2")
        await gate.open()
        try await refresh.value
        #expect(try await slow.authorization() == "Bearer A2")
        #expect(fake.exchanges.count == 1)
    }

    /// Two servers, one file: a token never reaches the other server.
    @Test func keysTellServersApart() {
        func key(_ server: String, _ id: String) -> String {
            OAuth2Session(
                scheme: fullScheme(), client: OAuth2Client(id: id),
                context: CredentialContext(serverURL: server, transport: FakeServer(answers: .init()))
            ).storeKey
        }
        #expect(Set([key("https://a", "1"), key("https://b", "1"), key("https://a", "2")]).count == 3)
    }
}
