import ApusOAuth
import Foundation

/// The tokens of one user of a service.
public struct PostgresTokenStore: TokenStore {
    /// Another process has held the lease all the time that there was to wait.
    public struct Busy: Error, Sendable, Hashable {}

    let database: TokenDatabase
    let user: String

    /// - Throws: ``PostgresError``, or why what is kept cannot be decrypted.
    public func record(for key: String) async throws -> TokenRecord? {
        let (outcome, _) = try await database.pool.run(
            "SELECT content FROM apus_record WHERE user_id = $1::text AND name = $2::text", [.text(user), .text(key)])
        return try outcome.column.first.map { try database.cipher.open($0, user: user, name: key) }
    }

    /// - Throws: ``PostgresError``.
    public func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool {
        let content = try database.cipher.seal(record, user: user, name: key)
        var values: [PostgresConnection.Value] = [.text(user), .text(key), .text(record.revision), .bytes(content)]
        let sql: String
        if let revision {
            values.append(.text(revision))
            sql = """
                UPDATE apus_record SET revision = $3::text, content = $4::bytea
                WHERE user_id = $1::text AND name = $2::text AND revision = $5::text
                """
        } else {
            sql = """
                INSERT INTO apus_record (user_id, name, revision, content)
                VALUES ($1::text, $2::text, $3::text, $4::bytea) ON CONFLICT DO NOTHING
                """
        }
        let (outcome, isRepeated) = try await database.pool.run(sql, values)
        if outcome.changes == 1 { return true }
        guard isRepeated else { return false }
        // The connection was lost after it had been done, perhaps.
        let (found, _) = try await database.pool.run(
            "SELECT revision FROM apus_record WHERE user_id = $1::text AND name = $2::text", [.text(user), .text(key)])
        return found.column.first.map { String(decoding: $0, as: UTF8.self) } == record.revision
    }

    /// Runs `body` while no other process holds the lease of the same user and
    /// key. A lease is a row with an end by the database's clock, and not a lock
    /// of the connection: it holds no connection, and it outlives the loss of one
    /// and a fail-over to another host.
    ///
    /// - Throws: ``Busy``, or ``PostgresError``. Nothing is refreshed then.
    public func exclusively<Value: Sendable>(
        _ key: String, _ body: @Sendable () async -> Value
    ) async throws -> Value {
        let holder = UUID().uuidString
        try await acquire(key, holder)
        let heartbeat = Task { [database, user] in
            while true {
                do { try await Task.sleep(for: .seconds(database.leaseDuration / 3)) } catch { return }
                // Where the database cannot be reached just now, the next beat may.
                _ = try? await database.pool.run(
                    """
                    UPDATE apus_lease SET ends_at = clock_timestamp() + $4::text::float8 * interval '1 second'
                    WHERE user_id = $1::text AND name = $2::text AND holder = $3::text
                    """,
                    [.text(user), .text(key), .text(holder), .text("\(database.leaseDuration)")])
            }
        }
        let value = await body()
        heartbeat.cancel()
        // A lease that could not be given back ends by itself.
        _ = try? await database.pool.run(
            "DELETE FROM apus_lease WHERE user_id = $1::text AND name = $2::text AND holder = $3::text",
            [.text(user), .text(key), .text(holder)])
        return value
    }

    private func acquire(_ key: String, _ holder: String) async throws {
        let end = ContinuousClock.now + .seconds(database.patience)
        var pause = 0.01
        while true {
            // Also where the holder is this one: the connection was lost after
            // it had been done.
            let (outcome, _) = try await database.pool.run(
                """
                INSERT INTO apus_lease (user_id, name, holder, ends_at)
                VALUES ($1::text, $2::text, $3::text, clock_timestamp() + $4::text::float8 * interval '1 second')
                ON CONFLICT (user_id, name) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
                WHERE apus_lease.ends_at <= clock_timestamp() OR apus_lease.holder = excluded.holder
                """,
                [.text(user), .text(key), .text(holder), .text("\(database.leaseDuration)")])
            if outcome.changes == 1 { return }
            guard ContinuousClock.now < end else { throw Busy() }
            let wait = pause * Double.random(in: 0.5...1)
            await Task { try? await Task.sleep(for: .seconds(wait)) }.value
            pause = min(0.2, pause * 2)
        }
    }
}
