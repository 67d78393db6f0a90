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
        /// Where the authorization server says what it can do
        /// (`oauth2MetadataUrl`, OpenAPI 3.2).
        public var metadataURL: String?
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

/// One alternative of a `security` list: schemes that hold together. Empty
/// where no authorization is one of the alternatives.
public struct SecurityRequirement: Hashable, Sendable {
    public struct Scheme: Hashable, Sendable {
        public var name: String
        public var scopes: [String]
    }

    public var schemes: [Scheme]
}
