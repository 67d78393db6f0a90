import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

@Suite struct TokenStoreTests {
    private func token(_ access: String) -> OAuth2Token {
        OAuth2Token(
            accessToken: Secret(access), refreshToken: "R", issuedAt: Date(timeIntervalSince1970: 1),
            additional: ["x": .string("y")]
        )
    }

    private func permissions(_ url: URL) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: url.path)[.posixPermissions] as? Int
    }

    /// What was set aside.
    private func asides(_ url: URL) throws -> [URL] {
        try FileManager.default.contentsOfDirectory(at: url.deletingLastPathComponent(), includingPropertiesForKeys: nil)
            .filter { $0.lastPathComponent.contains(".corrupt-") }
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
        try await withTokenFile { url in
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
        try await withTokenFile { url in
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
        try await withTokenFile { url in
            let target = url.deletingLastPathComponent().appendingPathComponent("target.json")
            _ = FileManager.default.createFile(atPath: target.path, contents: Data(#"{"version":1,"tokens":{}}"#.utf8))
            try FileManager.default.createSymbolicLink(at: url, withDestinationURL: target)
            try await FileTokenStore(url).save(token("A1"), for: "a")
            #expect(try await FileTokenStore(target).load("a") == token("A1"))
            #expect((try? FileManager.default.destinationOfSymbolicLink(atPath: url.path)) != nil)
        }
    }

    @Test(arguments: ["", "{", "[]", #"{"version":3,"tokens":{}}"#, #"{"version":1,"tokens":{"a":{}}}"#])
    func corruptedFileIsKept(contents: String) async throws {
        try await withTokenFile { url in
            try Data(contents.utf8).write(to: url)
            let store = FileTokenStore(url)
            await #expect(throws: FileTokenStoreError.corrupted) { try await store.load("a") }
            #expect(try Data(contentsOf: url) == Data(contents.utf8))
            try await store.save(token("A1"), for: "a")
            #expect(try await store.load("a") == token("A1"))
            let aside = try #require(try asides(url).first)
            #expect(try Data(contentsOf: aside) == Data(contents.utf8))
            #expect(try permissions(aside) == 0o600)
        }
    }

    /// One entry that cannot be read does not void the others.
    @Test func brokenEntryIsAlone() async throws {
        try await withTokenFile { url in
            let store = FileTokenStore(url)
            try await store.save(token("A1"), for: "a")
            let good = try Data(contentsOf: url)
            var text = String(decoding: good, as: UTF8.self)
            text.replace(#""tokens":{"#, with: #""tokens":{"b":{"access_token":7},"#)
            try Data(text.utf8).write(to: url)
            #expect(try await store.load("a") == token("A1"))
            await #expect(throws: FileTokenStoreError.corrupted) { try await store.load("b") }
            try await store.save(token("A2"), for: "a")
            #expect(try asides(url).isEmpty)
            try await store.save(token("B1"), for: "b")
            #expect(try await store.load("a") == token("A2"))
            #expect(try await store.load("b") == token("B1"))
            #expect(try asides(url).count == 1)
        }
    }

    /// What earlier versions have written.
    @Test func firstVersionIsRead() async throws {
        try await withTokenFile { url in
            let text = #"{"version":1,"tokens":{"a":{"access_token":"A1","token_type":"Bearer","issued_at":1,"grant_type":"password"}}}"#
            try Data(text.utf8).write(to: url)
            let store = FileTokenStore(url)
            let record = try #require(try await store.record(for: "a"))
            #expect(record.token?.accessToken == "A1")
            #expect(try await store.replace(record.revision, with: record.renewed(with: token("A2")), for: "a"))
            #expect(try await store.load("a") == token("A2"))
        }
    }

    @Test(arguments: StoreKind.all) func compareAndSwap(_ kind: StoreKind) async throws {
        try await kind.withStores { stores async throws in
            let first = TokenRecord(signedInWith: token("A1"))
            let second = first.renewed(with: token("A2"))
            #expect(try await stores[0].replace("other", with: first, for: "a") == false)
            #expect(try await stores[0].replace(nil, with: first, for: "a"))
            #expect(try await stores[1].replace(nil, with: second, for: "a") == false)
            #expect(try await stores[1].record(for: "a") == first)
            #expect(try await stores[1].replace(first.revision, with: second, for: "a"))
            #expect(try await stores[0].replace(first.revision, with: first, for: "a") == false)
            #expect(try await stores[0].record(for: "a") == second)
            let mark = TokenRecord(signedOutOf: first.signIn, unrevoked: [RevocableToken(token("A2"))])
            #expect(try await stores[0].replace(second.revision, with: mark, for: "a"))
            #expect(try await stores[1].record(for: "a") == mark)
            #expect(try await stores[1].record(for: "b") == nil)
        }
    }

    /// Of any number of those who replace the same record, one does.
    @Test(arguments: StoreKind.all) func oneOfManyReplaces(_ kind: StoreKind) async throws {
        try await kind.withStores { stores in
            let first = TokenRecord(signedInWith: token("A"))
            #expect(try await stores[0].replace(nil, with: first, for: "a"))
            let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        try await stores[index % 2].replace(
                            first.revision, with: first.renewed(with: token("A\(index)")), for: "a")
                    }
                }
                return try await group.reduce(into: 0) { if $1 { $0 += 1 } }
            }
            #expect(wins == 1)
        }
    }

    @Test func fileOfSomebodyElseIsRefused() async throws {
        try await withTokenFile { url in
            try Data("x".utf8).write(to: url)
            #expect(try AtomicFile(path: url.path).read() == Data("x".utf8))
            #expect(throws: FileTokenStoreError.notOwned) { try AtomicFile(path: url.path, owner: 54_321).read() }
        }
    }

    /// A process that is killed while it writes leaves a file with tokens.
    @Test func leftoversAreRemoved() async throws {
        try await withTokenFile { url in
            let leftover = url.path + ".abcdefghijkl.new"
            _ = FileManager.default.createFile(atPath: leftover, contents: Data("SECRET".utf8))
            try await FileTokenStore(url).save(token("A1"), for: "a")
            #expect(!FileManager.default.fileExists(atPath: leftover))
        }
    }

    /// What only the server knows may hold numbers that no Double can.
    @Test func numbersBeyondDoubleAreKept() async throws {
        try await withTokenFile { url in
            var token = token("A1")
            token.additional["n"] = try JSON.decode(JSONValue.self, from: Data("1e999".utf8))
            try await FileTokenStore(url).save(token, for: "a")
            #expect(try await FileTokenStore(url).load("a") == token)
        }
    }

    @Test func folderThatIsMissing() async throws {
        try await withTokenFile { url in
            let store = FileTokenStore(url.appendingPathComponent("no/tokens.json"))
            await #expect(throws: FileTokenStoreError.self) { try await store.save(token("A1"), for: "a") }
            // A session goes on without a lock.
            let result = try await store.exclusively("a") { 7 }
            #expect(result == 7)
        }
    }

    @Test func writersDoNotLoseEachOthersTokens() async throws {
        try await withTokenFile { url in
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

    /// Where no lock file can be made, a session goes on, and says that its token is not saved.
    @Test func folderThatCannotBeWrittenIn() async throws {
        try await withTokenFile { url in
            let clock = ManualClock()
            let store = FileTokenStore(url)
            let fake = FakeServer(answers: .token("A2", refresh: "R2"))
            let session = session(fake, clock: clock, store: store)
            try await session.begin()
            var states = session.states.makeAsyncIterator()
            // A folder that is gone refuses root too, whom modes do not bind.
            let folder = url.deletingLastPathComponent()
            let aside = folder.deletingLastPathComponent().appendingPathComponent("aside-\(UUID().uuidString)")
            try FileManager.default.moveItem(at: folder, to: aside)
            clock.advance(4000)
            #expect(try await session.authorization() == "Bearer A2")
            guard case .refreshed? = await states.next(), case .unsaved(.store)? = await states.next() else {
                Issue.record("it was not told")
                return
            }
            #expect(await session.refreshText == "R2")
            try FileManager.default.moveItem(at: aside, to: folder)
            clock.advance(11)
            #expect(try await session.authorization() == "Bearer A2")
            #expect(try await store.load(session.storeKey)?.refreshToken?.exposed == "R2")
        }
    }

    @Test func exclusionHasAnEnd() async throws {
        try await withTokenFile { url in
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
        try await withTokenFile { url in
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
        let record = try #require(try await store.record(for: fast.storeKey))
        var token = try #require(record.token)
        token.accessToken = "A2"
        token.refreshToken = "R2"
        #expect(try await store.replace(record.revision, with: record.renewed(with: token), for: fast.storeKey))
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

    /// The description names another authorization server: what the old one gave
    /// is not for it.
    @Test func keysTellAuthorizationServersApart() {
        func key(_ change: (inout OAuth2Scheme) -> Void) -> String {
            session(FakeServer(answers: .init()), scheme: change).storeKey
        }
        let keys = [
            key { _ in }, key { $0.tokenURL = "https://auth.example/token" }, key { $0.tokenURL = "https://new.example/token" },
            key { $0.issuer = "https://issuer.example" }, key { $0.discoveryURL = "https://issuer.example/x" },
        ]
        #expect(Set(keys).count == keys.count)
        #expect(key { $0.tokenURL = "https://api.example.com/other" } == keys[0])
    }
}
