import ApusOAuth
import ApusRuntime
import Foundation
import SQLiteTokens
import Testing

@Suite struct SQLiteTokenStoreTests {
    @Test func tokensAreKeptForEachUser() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("tokens.sqlite3").path
            let database = try TokenDatabase(path: path)
            let (mia, tom) = (database.store(for: "mia"), database.store(for: "tom"))
            #expect(try await mia.load("a") == nil)
            try await mia.save(token("M1"), for: "a")
            try await mia.save(token("M2"), for: "a")
            try await mia.save(token("M3"), for: "b")
            try await tom.save(token("T1"), for: "a")

            // Another process opens the same file.
            let again = try TokenDatabase(path: path)
            #expect(try await again.store(for: "mia").load("a") == token("M2"))
            #expect(try await again.store(for: "mia").load("b") == token("M3"))
            #expect(try await again.store(for: "tom").load("a") == token("T1"))

            try await tom.clear("a")
            #expect(try await tom.load("a") == nil)
            try await again.removeTokens(of: "mia")
            #expect(try await mia.load("a") == nil)
            #expect(try await mia.load("b") == nil)
        }
    }

    /// Of all who replace the same record, in whatever process, one does.
    @Test func recordsAreComparedAndSwapped() async throws {
        try await withFolder { folder in
            let path = folder.appendingPathComponent("tokens.sqlite3").path
            let stores = [try TokenDatabase(path: path), try TokenDatabase(path: path)].map { $0.store(for: "mia") }
            func record(_ revision: String) -> TokenRecord {
                TokenRecord(revision: revision, signIn: "s", token: token(revision))
            }
            #expect(try await stores[0].replace("r0", with: record("r1"), for: "a") == false)
            #expect(try await stores[0].replace(nil, with: record("r1"), for: "a"))
            #expect(try await stores[1].replace(nil, with: record("r2"), for: "a") == false)
            let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<20 {
                    group.addTask { try await stores[index % 2].replace("r1", with: record("n\(index)"), for: "a") }
                }
                return try await group.reduce(into: 0) { if $1 { $0 += 1 } }
            }
            #expect(wins == 1)
            // A sign-out is a record, not the absence of one.
            try await stores[0].clear("a")
            #expect(try await stores[1].load("a") == nil)
            #expect(try await stores[1].record(for: "a") != nil)
        }
    }

    @Test func namesAreNoSQL() async throws {
        try await withFolder { folder in
            let database = try TokenDatabase(path: folder.appendingPathComponent("tokens.sqlite3").path)
            let name = "'; DROP TABLE record; -- \u{0} ü"
            try await database.store(for: name).save(token("A"), for: name)
            #expect(try await database.store(for: name).load(name) == token("A"))
            #expect(try await database.store(for: "'").load(name) == nil)
        }
    }

    @Test func filesArePrivate() async throws {
        try await withFolder { folder in
            let database = try TokenDatabase(path: folder.appendingPathComponent("tokens.sqlite3").path)
            try await database.store(for: "mia").save(token("A"), for: "a")
            let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(names.contains("tokens.sqlite3-wal"))
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(
                    atPath: folder.appendingPathComponent(name).path)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
        }
    }
}
