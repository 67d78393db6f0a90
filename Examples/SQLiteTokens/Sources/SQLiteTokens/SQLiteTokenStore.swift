import ApusOAuth
import Foundation
import GRDB

/// The tokens of one user of a server.
public struct SQLiteTokenStore: TokenStore {
    let database: TokenDatabase
    let user: String

    public func load(_ key: String) async throws -> OAuth2Token? {
        let content = try await database.pool.read { [user] database in
            try String.fetchOne(
                database, sql: "SELECT content FROM token WHERE user = ? AND name = ?", arguments: [user, key])
        }
        return try content.map { try JSONDecoder().decode(OAuth2Token.self, from: Data($0.utf8)) }
    }

    public func save(_ token: OAuth2Token, for key: String) async throws {
        let content = String(decoding: try JSONEncoder().encode(token), as: UTF8.self)
        try await database.pool.write { [user] database in
            try database.execute(
                sql: """
                    INSERT INTO token (user, name, content) VALUES (?, ?, ?)
                    ON CONFLICT (user, name) DO UPDATE SET content = excluded.content
                    """,
                arguments: [user, key, content])
        }
    }

    public func clear(_ key: String) async throws {
        try await database.pool.write { [user] database in
            try database.execute(sql: "DELETE FROM token WHERE user = ? AND name = ?", arguments: [user, key])
        }
    }

    /// - Throws: ``Lease/Busy`` where another process would not let go, or
    ///   SQLite's error. Nothing is refreshed then: a new token that cannot be
    ///   stored would be lost to the other processes.
    public func exclusively<Value: Sendable>(
        _ key: String, _ body: @Sendable () async -> Value
    ) async throws -> Value {
        try await database.lease.hold(user: user, name: key, body)
    }
}
