import Source
import SyntaxTree

/// OpenAPI Security Scheme Object.
public struct SecurityScheme: Sendable {
    public var name: String
    public var description: String?
    public var kind: Kind
    public var location: SourceLocation

    public enum Kind: Sendable {
        case basic
        case bearer(format: String?)
        /// Another `scheme` of RFC 9110 section 11, such as `digest`.
        case http(scheme: String)
        case apiKey(place: Parameter.Place, name: String)
        case oauth2(OAuth2)
        case openIDConnect(url: String, extensions: OAuthExtensions)
        case mutualTLS
        /// A scheme whose object says too little.
        case unknown
    }

    /// The flows of an `oauth2` scheme and what `x-apus-oauth` adds.
    public struct OAuth2: Sendable {
        public var flows: [Flow] = []
        public var extensions = OAuthExtensions()
    }

    /// OpenAPI OAuth Flow Object.
    public struct Flow: Sendable {
        public enum Kind: String, Sendable, CaseIterable {
            case authorizationCode, password, clientCredentials, implicit, deviceAuthorization
        }

        public var kind: Kind
        public var authorizationURL: String?
        public var tokenURL: String?
        public var refreshURL: String?
        public var deviceAuthorizationURL: String?
        public var scopes: [(name: String, description: String)]
    }
}

/// What `x-apus-oauth` says of a token endpoint: the things that OpenAPI's
/// `oauth2` scheme has no words for.
public struct OAuthExtensions: Sendable {
    public var tokenRequest: String?
    public var grantTypeIn: String?
    public var clientAuthentication: String?
    /// The `aud` of RFC 7523 section 3.
    public var assertionAudience: String?
    /// RFC 9449.
    public var dpop: String?
    public var pkce: String?
    public var redirectURISchemes: [String] = []
    public var scopeSeparator: String?
    public var revocationURL: String?
    public var introspectionURL: String?
    /// RFC 9126.
    public var pushedAuthorizationRequestURL: String?
    /// The issuer identifier (RFC 8414), for RFC 9207.
    public var issuer: String?
    /// RFC 8707.
    public var resources: [String] = []
    public var deviceAuthorizationURL: String?
    public var extraParameters: [(name: String, value: String)] = []
}

/// One alternative of a `security` list: schemes that hold together. Empty
/// where no authorisation is one of the alternatives.
public struct SecurityRequirement: Hashable, Sendable {
    public struct Scheme: Hashable, Sendable {
        public var name: String
        public var scopes: [String]
    }

    public var schemes: [Scheme]
}
