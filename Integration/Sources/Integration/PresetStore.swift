import Clients

/// A store that begins with a token, whatever it is asked for.
actor PresetStore: TokenStore {
    private(set) var token: OAuth2Token?

    init(_ token: OAuth2Token) {
        self.token = token
    }

    func load(_ key: String) -> OAuth2Token? { token }
    func save(_ token: OAuth2Token, for key: String) { self.token = token }
    func clear(_ key: String) { token = nil }
}
