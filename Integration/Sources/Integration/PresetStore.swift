import Clients

/// A store that begins with a token, whatever it is asked for.
actor PresetStore: TokenStore {
    private var record: TokenRecord
    private let lock = KeyedLock()

    init(_ token: OAuth2Token) {
        record = TokenRecord(revision: "preset", signIn: "preset", token: token)
    }

    var token: OAuth2Token? { record.token }

    func record(for key: String) -> TokenRecord? { record }

    func replace(_ revision: String?, with record: TokenRecord, for key: String) -> Bool {
        guard revision == self.record.revision else { return false }
        self.record = record
        return true
    }

    nonisolated func exclusively<Value: Sendable>(
        _ key: String, _ body: @Sendable () async -> Value
    ) async throws -> Value {
        await lock.hold(key, body)
    }
}
