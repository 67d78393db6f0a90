import Clients
import Foundation

/// Keeps what sign-ins bring as if it had ended, so that whoever uses it has to
/// refresh first.
struct ExpiredStore: TokenStore {
    let store: any TokenStore

    func record(for key: String) async throws -> TokenRecord? { try await store.record(for: key) }

    func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool {
        var record = record
        record.token?.expiresAt = Date(timeIntervalSinceNow: -1)
        return try await store.replace(revision, with: record, for: key)
    }

    func exclusively<Value: Sendable>(_ key: String, _ body: @Sendable () async -> Value) async throws -> Value {
        try await store.exclusively(key, body)
    }
}
