import ApusRuntime

/// What a store holds under a key: the token of a sign-in, or the mark that
/// somebody has signed out.
public struct TokenRecord: Sendable, Hashable {
    /// Another one for each record that is written, so that a store can tell
    /// whether it was changed.
    public var revision: String

    /// Another one for each sign-in; refreshes keep it. A session goes on with
    /// what others have written only while this is the same.
    public var signIn: String

    /// The token; `nil` where somebody has signed out.
    public var token: OAuth2Token?

    /// How many refreshes the token is away from its sign-in.
    public var renewals: Int

    /// What has still to be revoked, as the server could not be reached when it
    /// was given up.
    public var unrevoked: [RevocableToken]

    /// Creates a record, for a store that reads one.
    public init(
        revision: String, signIn: String, token: OAuth2Token?, renewals: Int = 0, unrevoked: [RevocableToken] = []
    ) {
        self.revision = revision
        self.signIn = signIn
        self.token = token
        self.renewals = renewals
        self.unrevoked = unrevoked
    }

    /// The record of a new sign-in.
    init(signedInWith token: OAuth2Token, unrevoked: [RevocableToken] = []) {
        self.init(revision: RandomText.fresh(), signIn: RandomText.fresh(), token: token, unrevoked: unrevoked)
    }

    /// The mark of a sign-out.
    init(signedOutOf signIn: String?, unrevoked: [RevocableToken] = []) {
        self.init(
            revision: RandomText.fresh(), signIn: signIn ?? RandomText.fresh(), token: nil, unrevoked: unrevoked)
    }

    /// The record that follows after a refresh.
    func renewed(with token: OAuth2Token) -> TokenRecord {
        TokenRecord(
            revision: RandomText.fresh(), signIn: signIn, token: token, renewals: renewals + 1, unrevoked: unrevoked)
    }
}

/// A token that is to be revoked (RFC 7009).
public struct RevocableToken: Sendable, Hashable, Codable {
    /// The refresh token where there is one: with it the server also ends the
    /// access tokens of the same grant (section 2.1).
    public var token: Secret
    /// Whether it is a refresh token.
    public var isRefreshToken: Bool

    init(_ token: OAuth2Token) {
        self.token = token.refreshToken ?? token.accessToken
        isRefreshToken = token.refreshToken != nil
    }

    private enum CodingKeys: String, CodingKey {
        case token
        case isRefreshToken = "is_refresh_token"
    }
}

extension TokenRecord: Codable {
    private enum CodingKeys: String, CodingKey {
        case revision
        case signIn = "sign_in"
        case isSignedOut = "signed_out"
        case renewals
        case unrevoked
    }

    /// Reads a record. A token without one, as earlier versions wrote it, is the
    /// record of a sign-in.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let isSignedOut = try container.decodeIfPresent(Bool.self, forKey: .isSignedOut) ?? false
        self.init(
            revision: try container.decodeIfPresent(String.self, forKey: .revision) ?? "",
            signIn: try container.decodeIfPresent(String.self, forKey: .signIn) ?? "",
            token: isSignedOut ? nil : try OAuth2Token(from: decoder),
            renewals: try container.decodeIfPresent(Int.self, forKey: .renewals) ?? 0,
            unrevoked: try container.decodeIfPresent([RevocableToken].self, forKey: .unrevoked) ?? [])
    }

    public func encode(to encoder: any Encoder) throws {
        try token?.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(revision, forKey: .revision)
        try container.encode(signIn, forKey: .signIn)
        if token == nil { try container.encode(true, forKey: .isSignedOut) }
        if renewals > 0 { try container.encode(renewals, forKey: .renewals) }
        if !unrevoked.isEmpty { try container.encode(unrevoked, forKey: .unrevoked) }
    }
}

extension TokenRecord: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { token.map { "TokenRecord(\($0))" } ?? "TokenRecord(signed out)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["token": token as Any]) }
}
