/// Keeps tokens as long as the process runs.
public actor MemoryTokenStore: TokenStore {
    private var tokens: [String: OAuth2Token] = [:]

    /// Creates an empty store.
    public init() {}

    public func load(_ key: String) -> OAuth2Token? {
        tokens[key]
    }

    public func save(_ token: OAuth2Token, for key: String) {
        tokens[key] = token
    }

    public func clear(_ key: String) {
        tokens[key] = nil
    }
}

extension TokenStore where Self == MemoryTokenStore {
    /// A store of its own that lasts as long as the process.
    public static var memory: MemoryTokenStore { MemoryTokenStore() }
}
