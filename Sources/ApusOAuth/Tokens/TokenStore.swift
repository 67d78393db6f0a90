/// Keeps tokens between runs: in memory, in a file, in a keychain, in a
/// database.
///
/// A key names the server, the security scheme and the client id. Where one
/// process acts for several users, give each user a store of its own, for
/// instance one that adds the user's id to the key.
public protocol TokenStore: Sendable {
    /// The token kept under `key`; `nil` where there is none.
    ///
    /// - Throws: When it cannot be told whether there is one.
    func load(_ key: String) async throws -> OAuth2Token?

    /// Keeps `token` under `key` in place of the one before. When this
    /// returns, the token survives a crash.
    func save(_ token: OAuth2Token, for key: String) async throws

    /// Forgets the token kept under `key`.
    func clear(_ key: String) async throws

    /// Runs `body` while nobody else who shares this store, in this process
    /// or another, runs theirs for the same key. A session refreshes inside
    /// it, so that processes that share a store refresh once between them.
    ///
    /// The default only runs `body`, which is right for a store that is not
    /// shared.
    ///
    /// - Throws: When others would not let go.
    func exclusively<Value: Sendable>(
        _ key: String, _ body: @Sendable () async -> Value
    ) async throws -> Value
}

extension TokenStore {
    public func exclusively<Value: Sendable>(
        _ key: String, _ body: @Sendable () async -> Value
    ) async throws -> Value {
        await body()
    }
}
