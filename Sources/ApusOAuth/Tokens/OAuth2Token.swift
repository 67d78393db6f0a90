import ApusRuntime
import Foundation

/// An access token and what came with it (RFC 6749 section 5.1).
///
/// Encoding writes the tokens in clear, as a store must; nothing else shows
/// them.
public struct OAuth2Token: Sendable, Hashable {
    /// What requests are authorized with.
    public var accessToken: Secret
    /// What a new access token is got with; `nil` where the server gave none.
    public var refreshToken: Secret?
    /// An OpenID Connect ID token, as it came and not verified.
    public var idToken: Secret?
    /// The token's type as the server wrote it, which is `bearer` or `dpop` in
    /// any case of letters.
    public var tokenType: String
    /// The private key that a token of the type `dpop` is bound to (RFC 9449),
    /// so that a session that is restored can still prove that it has it.
    public var dpopKey: Secret?
    /// What the token allows; what was asked for, where the server did not say
    /// otherwise.
    public var scopes: [String]
    /// What was asked for, where the server granted something else.
    public var requestedScopes: [String]?
    /// When the token was asked for, by the local clock.
    public var issuedAt: Date
    /// When the token ends, by the local clock; `nil` where the server did not
    /// say.
    public var expiresAt: Date?
    /// The `grant_type` that the first token of the session was got with.
    public var grantType: String
    /// Every other member of the server's response, such as `created_at`. What
    /// is in here may be secret too, and is not shown.
    public var additional: [String: JSONValue]

    /// Creates a token, for instance one that another program was given.
    public init(
        accessToken: Secret,
        refreshToken: Secret? = nil,
        idToken: Secret? = nil,
        tokenType: String = "Bearer",
        dpopKey: Secret? = nil,
        scopes: [String] = [],
        requestedScopes: [String]? = nil,
        issuedAt: Date,
        expiresAt: Date? = nil,
        grantType: String = "authorization_code",
        additional: [String: JSONValue] = [:]
    ) {
        self.accessToken = accessToken
        self.refreshToken = refreshToken
        self.idToken = idToken
        self.tokenType = tokenType
        self.dpopKey = dpopKey
        self.scopes = scopes
        self.requestedScopes = requestedScopes
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        self.grantType = grantType
        self.additional = additional
    }

    /// Whether the token has ended at `date`.
    public func isExpired(at date: Date) -> Bool {
        guard let expiresAt else { return false }
        return date >= expiresAt
    }

    /// Whether a token should be renewed at `date`, so that it does not end
    /// on its way: `leeway` seconds before its end, or a tenth of its lifetime
    /// where that is less.
    func isDue(at date: Date, leeway: Double) -> Bool {
        if isFromTheFuture(at: date) { return true }
        guard let expiresAt else { return false }
        let leeway = min(leeway, max(0, expiresAt.timeIntervalSince(issuedAt)) / 10)
        return date >= expiresAt.addingTimeInterval(-leeway)
    }

    /// Whether the clock was put back since the token was issued, by more than
    /// clocks differ. When it ends cannot be told then.
    func isFromTheFuture(at date: Date) -> Bool {
        expiresAt != nil && date.addingTimeInterval(300) < issuedAt
    }

    /// Whether the token is so new that another one would be no better: half a
    /// minute, or a tenth of its lifetime where that is less.
    func isFresh(at date: Date) -> Bool {
        let lifetime = expiresAt.map { max(0, $0.timeIntervalSince(issuedAt)) } ?? .infinity
        let age = date.timeIntervalSince(issuedAt)
        return age >= 0 && age < min(30, lifetime / 10)
    }

    /// What the token is bound to.
    var key: DPoPKey? { dpopKey.flatMap { DPoPKey(stored: $0) } }

    /// Whether a new token can be got without the user.
    var isRenewable: Bool {
        refreshToken != nil || grantType == GrantType.clientCredentials
    }
}

extension OAuth2Token: Codable {
    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case refreshToken = "refresh_token"
        case idToken = "id_token"
        case tokenType = "token_type"
        case dpopKey = "dpop_key"
        case scopes
        case requestedScopes = "requested_scopes"
        case issuedAt = "issued_at"
        case expiresAt = "expires_at"
        case grantType = "grant_type"
        case additional
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        accessToken = Secret(try container.decode(String.self, forKey: .accessToken))
        refreshToken = try container.decodeIfPresent(String.self, forKey: .refreshToken).map { Secret($0) }
        idToken = try container.decodeIfPresent(String.self, forKey: .idToken).map { Secret($0) }
        tokenType = try container.decode(String.self, forKey: .tokenType)
        dpopKey = try container.decodeIfPresent(String.self, forKey: .dpopKey).map { Secret($0) }
        scopes = try container.decodeIfPresent([String].self, forKey: .scopes) ?? []
        requestedScopes = try container.decodeIfPresent([String].self, forKey: .requestedScopes)
        // Seconds since 1970 whatever date form the coder prefers, so that
        // every store's file can be read by every other.
        issuedAt = Date(timeIntervalSince1970: try container.decode(Double.self, forKey: .issuedAt))
        expiresAt = try container.decodeIfPresent(Double.self, forKey: .expiresAt)
            .map { Date(timeIntervalSince1970: $0) }
        grantType = try container.decode(String.self, forKey: .grantType)
        additional = try container.decodeIfPresent([String: JSONValue].self, forKey: .additional) ?? [:]
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(accessToken.exposed, forKey: .accessToken)
        try container.encodeIfPresent(refreshToken?.exposed, forKey: .refreshToken)
        try container.encodeIfPresent(idToken?.exposed, forKey: .idToken)
        try container.encode(tokenType, forKey: .tokenType)
        try container.encodeIfPresent(dpopKey?.exposed, forKey: .dpopKey)
        try container.encode(scopes, forKey: .scopes)
        try container.encodeIfPresent(requestedScopes, forKey: .requestedScopes)
        try container.encode(issuedAt.timeIntervalSince1970, forKey: .issuedAt)
        try container.encodeIfPresent(expiresAt?.timeIntervalSince1970, forKey: .expiresAt)
        try container.encode(grantType, forKey: .grantType)
        if !additional.isEmpty { try container.encode(additional, forKey: .additional) }
    }
}

extension OAuth2Token: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String {
        var parts = ["<redacted>"]
        if !scopes.isEmpty { parts.append("scopes: \(scopes.joined(separator: " "))") }
        if let expiresAt { parts.append("expires: \(expiresAt)") }
        if refreshToken != nil { parts.append("with a refresh token") }
        return "OAuth2Token(\(parts.joined(separator: ", ")))"
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror {
        Mirror(self, children: ["scopes": scopes, "expiresAt": expiresAt as Any])
    }
}
