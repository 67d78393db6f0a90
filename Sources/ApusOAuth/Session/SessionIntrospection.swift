import ApusRuntime
import Foundation

/// What the authorization server knows of a token (RFC 7662 section 2.2).
public struct TokenIntrospection: Sendable, Hashable {
    /// Whether the token is valid now. Where it is not, all else is absent.
    public var isActive: Bool
    /// What the token allows.
    public var scopes: [String]
    /// The client that the token was issued to.
    public var clientID: String?
    /// The name of the user who signed in.
    public var username: String?
    /// `token_type`.
    public var tokenType: String?
    /// When the token ends, by the server's clock.
    public var expiresAt: Date?
    /// When the token was issued, by the server's clock.
    public var issuedAt: Date?
    /// Whom the token stands for.
    public var subject: String?
    /// Whom the token is meant for.
    public var audience: [String]
    /// `iss`.
    public var issuer: String?
    /// Every other member of the response.
    public var additional: [String: JSONValue]

    init(_ response: EndpointResponse, scopeSeparator: String) throws(OAuth2Error) {
        guard case .bool(let isActive)? = response.members["active"] else {
            throw .invalidResponse(status: response.status, reason: "no active")
        }
        let members = response.members
        self.isActive = isActive
        scopes = members["scope"]?.string.map { text in
            text.split { $0 == " " || $0 == scopeSeparator.first }.map(String.init)
        } ?? []
        clientID = members["client_id"]?.string
        username = members["username"]?.string
        tokenType = members["token_type"]?.string
        expiresAt = members["exp"]?.double.map { Date(timeIntervalSince1970: $0) }
        issuedAt = members["iat"]?.double.map { Date(timeIntervalSince1970: $0) }
        subject = members["sub"]?.string
        audience = members["aud"]?.array?.compactMap(\.string) ?? members["aud"]?.string.map { [$0] } ?? []
        issuer = members["iss"]?.string
        additional = members
        for known in ["active", "scope", "client_id", "username", "token_type", "exp", "iat", "sub", "aud", "iss"] {
            additional[known] = nil
        }
    }
}

extension OAuth2Session {
    /// Asks the authorization server about a token (RFC 7662). Most servers
    /// answer confidential clients only.
    ///
    /// - Parameter token: Any token; the session's access token where it is left out.
    /// - Throws: ``OAuth2Error/missingEndpoint(_:)`` where the description
    ///   names no `introspectionUrl`, ``OAuth2Error/signInRequired`` where
    ///   there is no token to ask about.
    public func introspect(_ token: Secret? = nil) async throws(OAuth2Error) -> TokenIntrospection {
        var asked = token
        if asked == nil { asked = try await restore()?.accessToken }
        guard let token = asked else { throw .signInRequired }
        let request = try await endpoint.requests { $0.introspectionURL != nil }.introspection(of: token)
        return try TokenIntrospection(try await endpoint.send(request), scopeSeparator: scheme.scopeSeparator)
    }
}
