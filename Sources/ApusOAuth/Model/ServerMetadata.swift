import ApusRuntime
import Foundation
import HTTPTypes

/// What an authorization server says of itself (RFC 8414; OpenID Connect
/// Discovery).
public struct ServerMetadata: Sendable, Hashable {
    /// The issuer identifier, which is the one that was asked.
    public var issuer: String
    /// `authorization_endpoint`.
    public var authorizationURL: String?
    /// `token_endpoint`.
    public var tokenURL: String?
    /// `device_authorization_endpoint` (RFC 8628 section 4).
    public var deviceAuthorizationURL: String?
    /// `pushed_authorization_request_endpoint` (RFC 9126 section 5).
    public var pushedAuthorizationRequestURL: String?
    /// `revocation_endpoint`.
    public var revocationURL: String?
    /// `introspection_endpoint`.
    public var introspectionURL: String?
    /// `userinfo_endpoint` (OpenID Connect Discovery section 3).
    public var userInfoURL: String?
    /// `end_session_endpoint` (OpenID Connect RP-Initiated Logout 1.0).
    public var endSessionURL: String?
    /// `jwks_uri`.
    public var jwksURL: String?
    /// `scopes_supported`.
    public var scopes: [String]
    /// `grant_types_supported`.
    public var grantTypes: [String]
    /// `code_challenge_methods_supported`.
    public var proofKeyMethods: [String]
    /// `token_endpoint_auth_methods_supported`.
    public var tokenEndpointAuthenticationMethods: [String]
    /// Whether redirects name the issuer (RFC 9207 section 3).
    public var isIssuerInRedirects: Bool

    /// Asks an authorization server what it can do.
    ///
    /// - Parameters:
    ///   - issuer: Its issuer identifier, or where its metadata are: the
    ///     `openIdConnectUrl` of a description, which ends in
    ///     `/.well-known/openid-configuration`, or its `oauth2MetadataUrl`
    ///     (OpenAPI 3.2), which has `/.well-known/oauth-authorization-server`
    ///     before the issuer's path (RFC 8414 section 3.1).
    ///   - transport: What carries the request.
    /// - Throws: ``OAuth2Error/issuerMismatch(expected:received:)`` where it
    ///   names another issuer (RFC 8414 section 3.3).
    public static func discover(
        _ issuer: String, transport: any Transport
    ) async throws(OAuth2Error) -> ServerMetadata {
        let openID = "/.well-known/openid-configuration"
        let isMetadataURL = issuer.contains(Self.wellKnown)
        let identifier =
            issuer.hasSuffix(openID)
            ? String(issuer.dropLast(openID.count)) : issuer.replacingOccurrences(of: Self.wellKnown, with: "")
        let base = identifier.hasSuffix("/") ? String(identifier.dropLast()) : identifier
        let endpoint = try Endpoint(base, serverURL: base)
        // RFC 8414 puts its name before the issuer's path, OpenID Connect after it.
        let path = endpoint.path == "/" ? "" : endpoint.path
        let origin = "\(endpoint.scheme)://\(endpoint.authority)"
        var failure: OAuth2Error = .missingEndpoint("metadata")
        let places = isMetadataURL ? [issuer] : [base + openID, origin + Self.wellKnown + path]
        for url in places {
            do throws(OAuth2Error) {
                let response = try await EndpointRequest(
                    endpoint: try Endpoint(url, serverURL: base), parameters: [], isJSON: false, secrets: []
                ).get(by: transport)
                return try ServerMetadata(response, issuer: identifier)
            } catch {
                if case .invalidResponse(404, _) = error {
                    failure = error
                } else {
                    throw error
                }
            }
        }
        throw failure
    }

    static let wellKnown = "/.well-known/oauth-authorization-server"

    init(_ response: EndpointResponse, issuer expected: String) throws(OAuth2Error) {
        let members = response.members
        guard let issuer = members["issuer"]?.string else {
            throw .invalidResponse(status: response.status, reason: "no issuer")
        }
        func withoutSlash(_ text: String) -> Substring { text.hasSuffix("/") ? text.dropLast() : text[...] }
        // A server of many tenants that was asked for all of them names none.
        guard withoutSlash(issuer) == withoutSlash(expected)
            || IssuerIdentifier(String(withoutSlash(issuer))).matchesAnyTenant(String(withoutSlash(expected)))
        else {
            throw .issuerMismatch(expected: expected, received: Redaction([]).clean(issuer))
        }
        func list(_ name: String) -> [String] { members[name]?.array?.compactMap(\.string) ?? [] }
        self.issuer = issuer
        authorizationURL = members["authorization_endpoint"]?.string
        tokenURL = members["token_endpoint"]?.string
        deviceAuthorizationURL = members["device_authorization_endpoint"]?.string
        pushedAuthorizationRequestURL = members["pushed_authorization_request_endpoint"]?.string
        revocationURL = members["revocation_endpoint"]?.string
        introspectionURL = members["introspection_endpoint"]?.string
        userInfoURL = members["userinfo_endpoint"]?.string
        endSessionURL = members["end_session_endpoint"]?.string
        jwksURL = members["jwks_uri"]?.string
        scopes = list("scopes_supported")
        grantTypes = list("grant_types_supported")
        proofKeyMethods = list("code_challenge_methods_supported")
        isIssuerInRedirects = members["authorization_response_iss_parameter_supported"] == .bool(true)
        tokenEndpointAuthenticationMethods = list("token_endpoint_auth_methods_supported")
    }
}

extension OAuth2Scheme {
    /// A scheme as an authorization server describes it.
    ///
    /// - Parameter name: The name of the security scheme in the description.
    public init(name: String, metadata: ServerMetadata) {
        self = OAuth2Scheme(name: name).completed(by: metadata)
    }

    /// Whether the server is one of OpenID Connect, as far as the description says.
    var isOpenID: Bool { discoveryURL.map { !$0.contains(ServerMetadata.wellKnown) } ?? false }

    /// Whether there is nothing to ask the server for.
    var isComplete: Bool {
        authorizationURL != nil && tokenURL != nil && issuer != nil && clientAuthentication != .automatic
    }

    /// The scheme with what the server says of itself where the description
    /// says nothing.
    func completed(by metadata: ServerMetadata) -> OAuth2Scheme {
        var scheme = self
        scheme.authorizationURL = authorizationURL ?? metadata.authorizationURL
        scheme.tokenURL = tokenURL ?? metadata.tokenURL
        scheme.deviceAuthorizationURL = deviceAuthorizationURL ?? metadata.deviceAuthorizationURL
        scheme.pushedAuthorizationRequestURL = pushedAuthorizationRequestURL ?? metadata.pushedAuthorizationRequestURL
        scheme.revocationURL = revocationURL ?? metadata.revocationURL
        scheme.introspectionURL = introspectionURL ?? metadata.introspectionURL
        scheme.userInfoURL = userInfoURL ?? metadata.userInfoURL
        scheme.endSessionURL = endSessionURL ?? metadata.endSessionURL
        scheme.jwksURL = jwksURL ?? metadata.jwksURL
        scheme.clientAuthentication = clientAuthentication == .automatic ? metadata.clientAuthentication : clientAuthentication
        scheme.issuer = issuer ?? metadata.issuer
        scheme.isIssuerInRedirects = isIssuerInRedirects || metadata.isIssuerInRedirects
        return scheme
    }
}

extension ServerMetadata {
    /// How a client says who it is, the simplest way first.
    fileprivate var clientAuthentication: OAuth2Scheme.ClientAuthentication {
        let methods = tokenEndpointAuthenticationMethods
        // RFC 8414 section 2: basic where nothing is said.
        if methods.isEmpty || methods.contains("client_secret_basic") { return .basic }
        if methods.contains("client_secret_post") { return .post }
        if methods.contains("client_secret_jwt") { return .clientSecretJWT }
        return methods == ["none"] ? .none : .automatic
    }
}
