/// Keeps tokens between runs: in memory, in a file, in a keychain, in a
/// database.
///
/// A key names the server, the security scheme and the client id. Where one
/// process acts for several users, give each user a store of its own, for
/// instance one that adds the user's id to the key.
///
/// What a session changes, it changes by compare-and-swap: it names the record
/// that it has seen, and where the store holds another one by then, somebody
/// else was faster and nothing is written. So no order of sign-ins, sign-outs
/// and refreshes in any number of sessions loses a change.
public protocol TokenStore: Sendable {
    /// The record kept under `key`; `nil` where there is none. That somebody has
    /// signed out is a record too: absent does not mean signed out.
    ///
    /// - Throws: When it cannot be told whether there is one.
    func record(for key: String) async throws -> TokenRecord?

    /// Puts `record` in place of the one whose revision is given, in one step
    /// that nobody else can come into. When this returns `true`, the record
    /// survives a crash.
    ///
    /// - Parameters:
    ///   - revision: The revision that the store is believed to hold; `nil` for
    ///     no record at all.
    ///   - record: What takes its place.
    ///   - key: The key.
    /// - Returns: `false`, and nothing was changed, where the store holds
    ///   another revision.
    func replace(_ revision: String?, with record: TokenRecord, for key: String) async throws -> Bool

    /// Runs `body` while nobody else who shares this store, in this process or
    /// another, runs theirs for the same key. A session refreshes inside it, so
    /// that a refresh token is spent once however many sessions have it.
    ///
    /// Sign-in and sign-out do not wait for it: they are one ``replace(_:with:for:)``
    /// each, and the refresh that comes too late finds another revision.
    ///
    /// - Throws: When others would not let go.
    func exclusively<Value: Sendable>(
        _ key: String, _ body: @Sendable () async -> Value
    ) async throws -> Value
}

extension TokenStore {
    /// The token kept under `key`; `nil` where there is none or somebody has
    /// signed out.
    public func load(_ key: String) async throws -> OAuth2Token? {
        try await record(for: key)?.token
    }

    /// Keeps `token` under `key` as that of a new sign-in, whatever was there.
    /// For tokens that come from somewhere else than a session.
    public func save(_ token: OAuth2Token, for key: String) async throws {
        try await put(TokenRecord(signedInWith: token), for: key)
    }

    /// Marks `key` as signed out, whatever was there.
    public func clear(_ key: String) async throws {
        try await put(TokenRecord(signedOutOf: nil), for: key)
    }

    private func put(_ record: TokenRecord, for key: String) async throws {
        while true {
            let found: TokenRecord?
            do {
                found = try await self.record(for: key)
            } catch {
                // What cannot be read is in nobody's way, unless the store
                // itself is out of order.
                if try await replace(nil, with: record, for: key) { return }
                throw error
            }
            if try await replace(found?.revision, with: record, for: key) { return }
        }
    }
}
