/// Keeps tokens as long as the process runs.
public actor MemoryTokenStore: TokenStore {
    private var records: [String: TokenRecord] = [:]
    private let locks = KeyedLock()

    /// Creates an empty store.
    public init() {}

    public func record(for key: String) -> TokenRecord? {
        records[key]
    }

    public func replace(_ revision: String?, with record: TokenRecord, for key: String) -> Bool {
        guard records[key]?.revision == revision else { return false }
        records[key] = record
        return true
    }

    public nonisolated func exclusively<Value: Sendable>(
        _ key: String, _ body: @Sendable () async -> Value
    ) async -> Value {
        await locks.hold(key, body)
    }
}

extension TokenStore where Self == MemoryTokenStore {
    /// A store of its own that lasts as long as the process.
    public static var memory: MemoryTokenStore { MemoryTokenStore() }
}
