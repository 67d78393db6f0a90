import ApusOAuth
import Foundation
import GRDB

/// The tokens of one user of a server.
public struct SQLiteTokenStore: TokenStore {
    let database: TokenDatabase
    let user: String

    public func record(for key: String) async throws -> TokenRecord? {
        let content = try await database.pool.read { [user] database in
            try String.fetchOne(
                database, sql: "SELECT content FROM record WHERE user = ? AND name = ?", arguments: [user, key])
        }
        return try content.map { try TokenRecord(stored: Data($0.utf8)) }
    }

    public func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool {
        let content = String(decoding: try record.stored(), as: UTF8.self)
        return try await database.pool.write { [user] database in
            if let revision {
                try database.execute(
                    sql: "UPDATE record SET revision = ?, content = ? WHERE user = ? AND name = ? AND revision = ?",
                    arguments: [record.revision, content, user, key, revision])
            } else {
                try database.execute(
                    sql: "INSERT INTO record (user, name, revision, content) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    arguments: [user, key, record.revision, content])
            }
            return database.changesCount == 1
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
