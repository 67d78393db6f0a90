/// One scheme of a requirement and the scopes it needs.
public struct SecurityUse: Hashable, Sendable {
    public var scheme: String
    public var scopes: [String]

    /// Creates a use.
    public init(scheme: String, scopes: [String]) {
        self.scheme = scheme
        self.scopes = scopes
    }
}

/// The API's security schemes.
public struct SecurityDeclaration: Hashable, Sendable {
    public var schemes: [SchemeDeclaration]
    /// The requirement that holds where an operation has none.
    public var requirement: [[SecurityUse]]

    /// Creates a declaration.
    public init(schemes: [SchemeDeclaration], requirement: [[SecurityUse]]) {
        self.schemes = schemes
        self.requirement = requirement
    }

    /// Whether generated code needs the OAuth library.
    public var usesOAuth: Bool {
        schemes.contains { if case .oauth2 = $0.kind { true } else { false } }
    }
}

/// A security scheme.
public struct SchemeDeclaration: Hashable, Sendable {
    public var name: String
    /// The type that holds an OAuth scheme's sign-in methods.
    public var typeName: String
    public var key: String
    public var documentation: [String]
    public var kind: Kind

    /// Creates a scheme.
    public init(name: String, typeName: String, key: String, documentation: [String], kind: Kind) {
        self.name = name
        self.typeName = typeName
        self.key = key
        self.documentation = documentation
        self.kind = kind
    }

    public enum Kind: Hashable, Sendable {
        case basic
        case bearer
        case apiKey(location: String, name: String)
        case oauth2(OAuth2)
        /// What the transport proves.
        case mutualTLS
        /// A credential of the user's own.
        case custom
    }

    /// What there is for an OAuth scheme: flows to sign in by, and what the
    /// library's `OAuth2Scheme` is made of.
    public struct OAuth2: Hashable, Sendable {
        /// In the order in which methods are written.
        public var flows: [Flow] = []
        /// How a client is registered.
        public var registration = Registration.secretIfAny
        /// Whether an access token alone, without a key, authorizes requests.
        public var isTokenEnough = true
        /// Whether the authorization endpoint has to be asked for first.
        public var isDiscovered = false
        /// Whether parameters can be sent ahead (RFC 9126).
        public var hasPushedRequest = false
        /// Whether the server tells of the user (OpenID Connect Core section 5.3).
        public var hasUserInfo = false
        /// Whether the user can be signed out at the server.
        public var hasEndOfSession = false
        /// Whether the server publishes the keys that it signs ID tokens with.
        public var hasPublishedKeys = false
        public var scopes: [Scope] = []
        /// The arguments of `OAuth2Scheme.init` after its name, in its order.
        public var arguments: [Argument] = []

        /// Creates a scheme of which nothing is known.
        public init() {}
    }

    /// A way to sign in.
    public enum Flow: String, Hashable, Sendable, CaseIterable {
        case authorizationCode, password, clientCredentials, deviceAuthorization, implicit
    }

    /// What a client shows to say who it is.
    public enum Registration: Hashable, Sendable {
        /// Nothing.
        case publicClient
        case secretIfAny
        case secret
        /// A key that it signs with.
        case key
    }

    /// An argument of a call.
    public struct Argument: Hashable, Sendable {
        public var label: String
        public var value: ArgumentValue

        /// Creates an argument.
        public init(label: String, value: ArgumentValue) {
            self.label = label
            self.value = value
        }
    }

    public enum ArgumentValue: Hashable, Sendable {
        case text(String)
        case texts([String])
        /// A dictionary, in the author's order.
        case dictionary([Entry])
        /// A case of an enumeration.
        case enumCase(String)
    }

    /// An entry of a dictionary.
    public struct Entry: Hashable, Sendable {
        public var key: String
        public var value: String

        /// Creates an entry.
        public init(key: String, value: String) {
            self.key = key
            self.value = value
        }
    }

    public struct Scope: Hashable, Sendable {
        public var name: String
        public var value: String
        public var documentation: [String]

        /// Creates a scope.
        public init(name: String, value: String, documentation: [String]) {
            self.name = name
            self.value = value
            self.documentation = documentation
        }
    }
}
