import ApusRuntime

extension Grant {
    static func password(username: String, _ password: Secret, scopes: [String]) -> Grant {
        Grant(
            GrantType.password, [Parameter("username", username), Parameter("password", password)], scopes: scopes,
            secrets: [password])
    }
}

extension OAuth2Session {
    /// Signs in with the user's own name and password (RFC 6749 section 4.3).
    ///
    /// - Parameters:
    ///   - username: The user's name.
    ///   - password: The user's password. It is sent and not kept.
    ///   - scopes: What to ask for.
    public func signIn(username: String, password: Secret, scopes: [String] = []) async throws(OAuth2Error) {
        try await signIn(.password(username: username, password, scopes: scopes))
    }
}
