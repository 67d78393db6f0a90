import Clients
import Foundation

extension Flow {
    static let sharedFile = Flow("Two processes, one file of tokens: one refresh", "RFC 6749 §6") { server in
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("tokens.json")

        let session = server.session(store: ExpiredInFile(file: FileTokenStore(file)))
        try await signIn(session, at: server)

        let reports = try await withThrowingTaskGroup(of: SharingProcess.Report.self) { group in
            for _ in 0..<2 { group.addTask { try await SharingProcess.start(server, file: file) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try expect(reports.map(\.requests), [5, 5], "answered requests of each process")
        try expect(reports.map(\.tokenRequests).reduce(0, +), 1, "token requests of both processes")
    }
}

/// Writes every token into a file as if it had expired.
private struct ExpiredInFile: TokenStore {
    let file: FileTokenStore

    func record(for key: String) async throws -> TokenRecord? { try await file.record(for: key) }

    func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool {
        var record = record
        record.token?.expiresAt = Date(timeIntervalSinceNow: -1)
        return try await file.replace(revision, with: record, for: key)
    }

    func exclusively<Value: Sendable>(_ key: String, _ body: @Sendable () async -> Value) async throws -> Value {
        try await file.exclusively(key, body)
    }
}
