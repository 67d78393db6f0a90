import ApusRuntime

/// What the authorization server knows the client as (RFC 6749 section 2.2).
public struct OAuth2Client: Sendable {
    /// The client identifier. It is not a secret.
    public var id: String
    /// The client secret; `nil` for a public client, and for one with a key.
    public var secret: Secret?
    /// The key of a client that authenticates with one
    /// (``OAuth2Scheme/ClientAuthentication/privateKeyJWT``).
    public var key: (any SigningKey)?

    /// Creates a registration.
    public init(id: String, secret: Secret? = nil, key: (any SigningKey)? = nil) {
        self.id = id
        self.secret = secret
        self.key = key
    }
}

extension OAuth2Client: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // A key is whatever its author made of it.
    public var description: String { "OAuth2Client(\(id))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
