import Foundation

/// Some connections that many tasks share. None is held while a session waits
/// for its authorization server.
actor ConnectionPool {
    private var free: [PostgresConnection]
    private var waiting: [CheckedContinuation<PostgresConnection, Never>] = []
    private let patience: Duration

    /// - Parameter patience: How long a statement is tried while there is no
    ///   connection.
    init(_ parameters: String, size: Int, patience: Duration) {
        free = (0..<size).map { _ in PostgresConnection(parameters) }
        self.patience = patience
    }

    /// Runs a statement that may be run twice: where the connection was lost it
    /// cannot be told whether it has been done.
    ///
    /// - Returns: What it has brought, and whether it was run more than once.
    func run(
        _ sql: String, _ values: [PostgresConnection.Value] = []
    ) async throws -> (outcome: PostgresConnection.Outcome, isRepeated: Bool) {
        let end = ContinuousClock.now + patience
        let connection = await take()
        defer { giveBack(connection) }
        var isRepeated = false
        var pause = 0.02
        while true {
            do {
                return (try await connection.run(sql, values), isRepeated)
            } catch {
                guard error == .disconnected, ContinuousClock.now < end else { throw error }
                isRepeated = true
                let wait = pause
                // Also while the caller is cancelled: a token must not be lost.
                await Task { try? await Task.sleep(for: .seconds(wait)) }.value
                pause = min(1, pause * 2)
            }
        }
    }

    private func take() async -> PostgresConnection {
        if let connection = free.popLast() { return connection }
        return await withCheckedContinuation { waiting.append($0) }
    }

    private func giveBack(_ connection: PostgresConnection) {
        if waiting.isEmpty { free.append(connection) } else { waiting.removeFirst().resume(returning: connection) }
    }
}
