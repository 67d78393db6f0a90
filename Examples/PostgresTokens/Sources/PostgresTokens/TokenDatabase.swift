import Crypto
import Foundation

/// The tokens of many users in one PostgreSQL database, which any number of
/// processes on any number of machines share.
///
///     let database = try await TokenDatabase("host=db1,db2 target_session_attrs=read-write dbname=app", key: key)
///     let api = MyAPI.Client(
///         authorization: .oauth2(clientID: "…", clientSecret: secret, store: database.store(for: user.id)))
public final class TokenDatabase: Sendable {
    let pool: ConnectionPool
    let cipher: RecordCipher
    let leaseDuration: Double
    let patience: Double

    /// Opens a database, and creates the tables where there are none.
    ///
    /// - Parameters:
    ///   - parameters: A connection string of libpq.
    ///   - key: What tokens are encrypted with, 256 bits. Whoever has it and the
    ///     table is all users.
    ///   - connections: How many connections at most.
    ///   - leaseDuration: How many seconds after its last sign of life a process
    ///     that refreshes is taken for dead, and another one may. A living
    ///     process gives a sign three times as often.
    ///   - patience: How many seconds to wait for another process that
    ///     refreshes, and for a connection, at most.
    /// - Throws: ``PostgresError``.
    public init(
        _ parameters: String, key: SymmetricKey, connections: Int = 4, leaseDuration: Double = 15, patience: Double = 60
    ) async throws {
        pool = ConnectionPool(parameters, size: connections, patience: .seconds(patience))
        cipher = RecordCipher(key)
        self.leaseDuration = leaseDuration
        self.patience = patience
        try await createTables()
    }

    /// The tokens of one user.
    ///
    /// - Parameter user: Whatever the service knows its user as.
    public func store(for user: String) -> PostgresTokenStore {
        PostgresTokenStore(database: self, user: user)
    }

    /// Forgets all that is kept for a user, for instance when the account is deleted.
    public func removeTokens(of user: String) async throws {
        _ = try await pool.run("DELETE FROM apus_record WHERE user_id = $1::text", [.text(user)])
    }

    private func createTables() async throws {
        for sql in [
            """
            CREATE TABLE IF NOT EXISTS apus_record (
                user_id text NOT NULL, name text NOT NULL, revision text NOT NULL, content bytea NOT NULL,
                PRIMARY KEY (user_id, name))
            """,
            """
            CREATE TABLE IF NOT EXISTS apus_lease (
                user_id text NOT NULL, name text NOT NULL, holder text NOT NULL, ends_at timestamptz NOT NULL,
                PRIMARY KEY (user_id, name))
            """,
        ] {
            do {
                _ = try await pool.run(sql)
            } catch PostgresError.refused(let state) where ["23505", "42P07"].contains(state) {
                // Another process has created it at the same moment.
            }
        }
    }
}
