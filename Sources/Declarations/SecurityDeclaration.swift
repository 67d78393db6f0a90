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

    public struct OAuth2: Hashable, Sendable {
        /// Where the endpoints are asked for (`openIdConnectUrl`).
        public var discoveryURL: String?
        public var authorizationURL: String?
        public var tokenURL: String?
        public var refreshURL: String?
        /// The implicit flow's, where it is another.
        public var implicitAuthorizationURL: String?
        /// Of flows that have others, by `grant_type`.
        public var tokenURLs: [GrantURL] = []
        /// Of flows that have others, by `grant_type`.
        public var refreshURLs: [GrantURL] = []
        public var deviceAuthorizationURL: String?
        public var revocationURL: String?
        public var introspectionURL: String?
        public var pushedAuthorizationRequestURL: String?
        public var issuer: String?
        public var resources: [String] = []
        public var tokenRequest: String?
        public var grantTypeIn: String?
        public var clientAuthentication: String?
        public var assertionAudience: String?
        public var dpop: String?
        public var pkce: String?
        public var redirectURISchemes: [String] = []
        public var scopeSeparator: String?
        public var extraParameters: [ExtraParameter] = []
        public var hasAuthorizationCode = false
        public var hasPassword = false
        public var hasClientCredentials = false
        public var hasDeviceAuthorization = false
        public var hasImplicit = false
        /// Whether no flow has a place for a client secret.
        public var hasPublicClientsOnly = false
        public var scopes: [Scope] = []

        /// Creates a scheme of which nothing is known.
        public init() {}
    }

    /// A URL that is another for one grant.
    public struct GrantURL: Hashable, Sendable {
        /// The `grant_type`.
        public var grantType: String
        public var url: String

        /// Creates a URL.
        public init(grantType: String, url: String) {
            self.grantType = grantType
            self.url = url
        }
    }

    /// A parameter that every token request has.
    public struct ExtraParameter: Hashable, Sendable {
        public var name: String
        public var value: String

        /// Creates a parameter.
        public init(name: String, value: String) {
            self.name = name
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
