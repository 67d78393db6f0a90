import Foundation
import GRDB

/// A lock in the database that ends by itself when its holder dies.
///
/// SQLite's own locks would not do: one of them locks the whole database, and a
/// refresh takes as long as the authorization server does. So the holder writes
/// its name and a time into a row, and moves the time on while it lives.
public struct Lease: Sendable {
    /// Another process has held the lease all the time that there was to wait.
    public struct Busy: Error, Sendable, Hashable {}

    let pool: DatabasePool
    /// In seconds.
    let duration: Double
    let patience: Double

    /// Runs `body` while nobody else holds the lease of the same name.
    func hold<Value: Sendable>(
        user: String, name: String, _ body: @Sendable () async -> Value
    ) async throws -> Value {
        let holder = UUID().uuidString
        try await acquire(user: user, name: name, holder: holder)
        let heartbeat = Task {
            while true {
                do { try await Task.sleep(for: .seconds(duration / 3)) } catch { return }
                // Where the database cannot be written just now, the next beat may.
                try? await extend(user: user, name: name, holder: holder)
            }
        }
        let value = await body()
        heartbeat.cancel()
        await heartbeat.value
        // A lease that could not be given back ends by itself.
        try? await release(user: user, name: name, holder: holder)
        return value
    }

    private func acquire(user: String, name: String, holder: String) async throws {
        let deadline = ContinuousClock.now + .seconds(patience)
        var pause = 0.005
        while true {
            if try await take(user: user, name: name, holder: holder) { return }
            guard ContinuousClock.now < deadline else { throw Busy() }
            try await Task.sleep(for: .seconds(pause * Double.random(in: 0.5...1)))
            pause = min(pause * 2, 0.1)
        }
    }

    /// Takes the lease where nobody has it, or where its holder is dead.
    private func take(user: String, name: String, holder: String) async throws -> Bool {
        try await pool.write { [duration] database in
            let now = Date().timeIntervalSince1970
            try database.execute(
                sql: """
                    INSERT INTO lease (user, name, holder, ends_at) VALUES (?, ?, ?, ?)
                    ON CONFLICT (user, name) DO UPDATE SET holder = excluded.holder, ends_at = excluded.ends_at
                    WHERE ends_at <= ?
                    """,
                arguments: [user, name, holder, now + duration, now])
            return database.changesCount == 1
        }
    }

    private func extend(user: String, name: String, holder: String) async throws {
        try await pool.write { [duration] database in
            try database.execute(
                sql: "UPDATE lease SET ends_at = ? WHERE user = ? AND name = ? AND holder = ?",
                arguments: [Date().timeIntervalSince1970 + duration, user, name, holder])
        }
    }

    private func release(user: String, name: String, holder: String) async throws {
        try await pool.write { database in
            try database.execute(
                sql: "DELETE FROM lease WHERE user = ? AND name = ? AND holder = ?", arguments: [user, name, holder])
        }
    }
}
