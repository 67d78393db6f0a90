import Foundation
import GRDB

/// The tokens of many users in one SQLite database, which any number of
/// processes on one machine may open at the same time.
///
///     let database = try TokenDatabase(path: "/var/lib/my-server/tokens.sqlite3")
///     let api = MyAPI.Client(
///         authorization: .oauth2(clientID: "…", clientSecret: secret, store: database.store(for: user.id)))
///
/// The database is in write-ahead mode, so that nobody who reads waits for
/// somebody who writes, and each change is on the disk when it is reported done.
public final class TokenDatabase: Sendable {
    let pool: DatabasePool
    let lease: Lease

    /// Opens a database, and creates it where there is none. Only its owner can
    /// read it.
    ///
    /// - Parameters:
    ///   - path: Where the file is. Its folder must exist.
    ///   - leaseDuration: How many seconds after its last sign of life a
    ///     process that refreshes is taken for dead, and another one may. A
    ///     living process gives a sign three times as often.
    ///   - patience: How many seconds to wait for another process that
    ///     refreshes, at most.
    /// - Throws: SQLite's error.
    public init(path: String, leaseDuration: Double = 15, patience: Double = 60) throws {
        if !FileManager.default.fileExists(atPath: path) {
            // SQLite gives the files that it puts beside it the same permissions.
            _ = FileManager.default.createFile(atPath: path, contents: nil, attributes: [.posixPermissions: 0o600])
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        configuration.prepareDatabase { database in
            // A token that was lost by a power failure is a session that was lost.
            try database.execute(sql: "PRAGMA synchronous = FULL")
        }
        pool = try DatabasePool(path: path, configuration: configuration)
        lease = Lease(pool: pool, duration: leaseDuration, patience: patience)
        try pool.write(Self.createTables)
    }

    /// The tokens of one user.
    ///
    /// - Parameter user: Whatever the server knows its user as.
    public func store(for user: String) -> SQLiteTokenStore {
        SQLiteTokenStore(database: self, user: user)
    }

    /// Forgets all that is kept for a user, for instance when the account is deleted.
    public func removeTokens(of user: String) async throws {
        try await pool.write { database in
            try database.execute(sql: "DELETE FROM record WHERE user = ?", arguments: [user])
        }
    }

    // One transaction, as several processes may come here at the same time.
    private static func createTables(_ database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS record (
                    user TEXT NOT NULL,
                    name TEXT NOT NULL,
                    revision TEXT NOT NULL,
                    content TEXT NOT NULL,
                    PRIMARY KEY (user, name)
                ) WITHOUT ROWID;
                CREATE TABLE IF NOT EXISTS lease (
                    user TEXT NOT NULL,
                    name TEXT NOT NULL,
                    holder TEXT NOT NULL,
                    ends_at REAL NOT NULL,
                    PRIMARY KEY (user, name)
                ) WITHOUT ROWID;
                """)
    }
}
