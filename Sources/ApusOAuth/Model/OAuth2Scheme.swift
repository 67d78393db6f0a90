/// What a description says of an OAuth 2.0 security scheme: the flows' URLs
/// (OpenAPI OAuth Flows Object) and what `x-apus-oauth` adds to them.
///
/// A URL may be absolute, or relative to the API's server: `/oauth/token` is
/// taken from the root of the server's origin, `oauth/token` from its base
/// path.
public struct OAuth2Scheme: Sendable, Hashable {
    /// How the parameters of a token request are written.
    public enum TokenRequest: Sendable, Hashable {
        /// `application/x-www-form-urlencoded`, as RFC 6749 has it.
        case form
        /// `application/json`, as some servers want it.
        case json
    }

    /// Where the parameter `grant_type` of a token request stands.
    public enum GrantTypePlace: Sendable, Hashable {
        /// In the form, as RFC 6749 has it.
        case body
        /// In the query of the token endpoint's URL.
        case query
    }

    /// How the client says who it is (RFC 6749 section 2.3, RFC 7523).
    public enum ClientAuthentication: Sendable, Hashable {
        /// As the server's metadata say. Where there are none, a client with a
        /// key signs, and another one posts.
        case automatic
        /// `client_id` and `client_secret` in the body.
        case post
        /// HTTP Basic, with the id and the secret form-encoded (section 2.3.1).
        case basic
        /// `client_id` alone: a public client. A secret is never sent.
        case none
        /// A JSON Web Token that the client's key signs (RFC 7523 section 2.2;
        /// OpenID Connect Core section 9, `private_key_jwt`).
        case privateKeyJWT
        /// A JSON Web Token that the client secret signs (`client_secret_jwt`).
        case clientSecretJWT
    }

    /// Whether tokens are bound to a key of the client, so that a stolen one
    /// is of no use (RFC 9449).
    public enum DPoP: Sendable, Hashable {
        /// A proof goes with every request, and a response with another kind of
        /// token is refused.
        case required
        /// A proof goes with every token request; the server decides.
        case supported
        /// No proofs.
        case none
    }

    /// Whether the authorization code flow uses a proof key (RFC 7636).
    public enum ProofKey: Sendable, Hashable {
        /// The server refuses requests without one. Sent.
        case required
        /// The server knows it, or ignores what it does not know. Sent.
        case supported
        /// Not sent.
        case none
    }

    /// The name of the security scheme in the description.
    public var name: String
    /// Where the authorization server says what it can do
    /// (`openIdConnectUrl`, or `oauth2MetadataUrl` of OpenAPI 3.2). A session asks there for the endpoints that are
    /// not given here.
    public var discoveryURL: String?
    /// Where the user is sent (RFC 6749 section 3.1).
    public var authorizationURL: String?
    /// Where the user is sent for the implicit grant, if not to
    /// ``authorizationURL``.
    public var implicitAuthorizationURL: String?
    /// Where tokens come from (RFC 6749 section 3.2).
    public var tokenURL: String?
    /// Where tokens of one `grant_type` come from, if not from ``tokenURL``.
    public var tokenURLs: [String: String]
    /// Where tokens are refreshed, if not at ``tokenURL``.
    public var refreshURL: String?
    /// Where tokens are refreshed that one `grant_type` has brought, if not at
    /// ``refreshURL``.
    public var refreshURLs: [String: String]
    /// Where device codes come from (RFC 8628 section 3.1).
    public var deviceAuthorizationURL: String?
    /// Where the parameters of an authorization request are sent before the
    /// user is (RFC 9126).
    public var pushedAuthorizationRequestURL: String?
    /// Where tokens are revoked (RFC 7009).
    public var revocationURL: String?
    /// Where tokens are looked up (RFC 7662).
    public var introspectionURL: String?
    /// Where the server tells of the user (OpenID Connect Core section 5.3).
    public var userInfoURL: String?
    /// Where the user is signed out at the server (OpenID Connect RP-Initiated
    /// Logout 1.0).
    public var endSessionURL: String?
    /// Where the server publishes the keys that it signs with (RFC 7517).
    public var jwksURL: String?
    /// How the parameters of a token request are written.
    public var tokenRequest: TokenRequest
    /// Where `grant_type` stands.
    public var grantTypeIn: GrantTypePlace
    /// How the client says who it is.
    public var clientAuthentication: ClientAuthentication
    /// Whom the JSON Web Tokens that authenticate the client are addressed to,
    /// `aud`: the token endpoint's URL unless it is set. Some servers want
    /// their issuer identifier.
    public var assertionAudience: String?
    /// Whether tokens are bound to a key.
    public var dpop: DPoP
    /// Whether the authorization code flow uses a proof key.
    public var pkce: ProofKey
    /// The URI schemes a redirect URI may have, such as `["https"]`. Empty:
    /// those of RFC 8252, which are https, private-use schemes with a period
    /// in their name, and http on a loopback address. Plain http elsewhere is
    /// refused in any case.
    public var redirectURISchemes: [String]
    /// What stands between two scopes.
    public var scopeSeparator: String
    /// Error codes of the token endpoint that end a grant as `invalid_grant`
    /// does, such as `bad_refresh_token`.
    public var grantEndedErrors: [String]
    /// Parameters that every authorization, device and token request carries
    /// in addition, such as `audience`.
    public var extraParameters: [String: String]
    /// The authorization server's issuer identifier, where it is known. A
    /// redirect that names another is refused (RFC 9207).
    public var issuer: String?
    /// Whether every redirect of the server names the issuer, so that one that
    /// does not is refused (RFC 9207 section 2.4).
    public var isIssuerInRedirects: Bool
    /// What tokens are to be used for: absolute URIs (RFC 8707). Sent with
    /// every authorization and token request.
    public var resources: [String]

    /// Creates a scheme.
    public init(
        name: String = "oauth2",
        discoveryURL: String? = nil,
        authorizationURL: String? = nil,
        implicitAuthorizationURL: String? = nil,
        tokenURL: String? = nil,
        tokenURLs: [String: String] = [:],
        refreshURL: String? = nil,
        refreshURLs: [String: String] = [:],
        deviceAuthorizationURL: String? = nil,
        pushedAuthorizationRequestURL: String? = nil,
        revocationURL: String? = nil,
        introspectionURL: String? = nil,
        userInfoURL: String? = nil,
        endSessionURL: String? = nil,
        jwksURL: String? = nil,
        tokenRequest: TokenRequest = .form,
        grantTypeIn: GrantTypePlace = .body,
        clientAuthentication: ClientAuthentication = .automatic,
        assertionAudience: String? = nil,
        dpop: DPoP = .none,
        pkce: ProofKey = .supported,
        redirectURISchemes: [String] = [],
        scopeSeparator: String = " ",
        grantEndedErrors: [String] = [],
        extraParameters: [String: String] = [:],
        issuer: String? = nil,
        isIssuerInRedirects: Bool = false,
        resources: [String] = []
    ) {
        self.name = name
        self.discoveryURL = discoveryURL
        self.authorizationURL = authorizationURL
        self.implicitAuthorizationURL = implicitAuthorizationURL
        self.tokenURL = tokenURL
        self.tokenURLs = tokenURLs
        self.refreshURL = refreshURL
        self.refreshURLs = refreshURLs
        self.deviceAuthorizationURL = deviceAuthorizationURL
        self.pushedAuthorizationRequestURL = pushedAuthorizationRequestURL
        self.revocationURL = revocationURL
        self.introspectionURL = introspectionURL
        self.userInfoURL = userInfoURL
        self.endSessionURL = endSessionURL
        self.jwksURL = jwksURL
        self.tokenRequest = tokenRequest
        self.grantTypeIn = grantTypeIn
        self.clientAuthentication = clientAuthentication
        self.assertionAudience = assertionAudience
        self.dpop = dpop
        self.pkce = pkce
        self.redirectURISchemes = redirectURISchemes
        self.scopeSeparator = scopeSeparator
        self.grantEndedErrors = grantEndedErrors
        self.extraParameters = extraParameters
        self.issuer = issuer
        self.isIssuerInRedirects = isIssuerInRedirects
        self.resources = resources
    }
}

extension OAuth2Scheme: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // The extra parameters are whatever the description's author needed, which
    // may be a key.
    public var description: String { "OAuth2Scheme(\(name))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["name": name]) }
}
