import ApusRuntime

/// What the authorization server knows the client as (RFC 6749 section 2.2).
public struct OAuth2Client: Sendable, Hashable {
    /// The client identifier. It is not a secret.
    public var id: String
    /// The client secret; `nil` for a public client.
    public var secret: Secret?

    /// Creates a registration.
    public init(id: String, secret: Secret? = nil) {
        self.id = id
        self.secret = secret
    }
}
