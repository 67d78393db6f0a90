import Crypto
import Foundation

/// Codes and tokens: who was given what, and whether it still holds.
///
/// Only digests are kept, so that reading this server's memory gives nobody a
/// token.
actor Grants {
    struct Lifetimes: Sendable {
        let accessToken: Int
        let refreshToken: Int
        let code: Int
    }

    /// What a code is bound to.
    struct CodeBinding: Sendable {
        let clientID: String
        let userID: Int
        let redirectURI: String
        /// The proof key's challenge; `nil` where the client sent none.
        let challenge: String?
    }

    /// What the token endpoint hands out.
    struct Tokens: Sendable {
        let accessToken: String
        let refreshToken: String
        let userID: Int
        let createdAt: Date
    }

    /// What an access token is good for.
    enum Standing: Sendable {
        case valid(userID: Int)
        case expired
        case revoked
        case unknown
    }

    private typealias Digest = SHA256.Digest

    private struct Code {
        let binding: CodeBinding
        let expiresAt: Date
        /// The tokens that it was exchanged for.
        var family: Int?
        var isSpent = false
    }

    private struct Token {
        let family: Int
        let expiresAt: Date
        /// For an access token: revoked. For a refresh token: exchanged.
        var isSpent = false
    }

    /// All tokens that descend from one sign-in.
    private struct Family {
        let clientID: String
        let userID: Int
        var isRevoked = false
        var lastUse: Date
    }

    private let lifetimes: Lifetimes
    private let now: @Sendable () -> Date
    private var codes: [Digest: Code] = [:]
    private var accessTokens: [Digest: Token] = [:]
    private var refreshTokens: [Digest: Token] = [:]
    private var families: [Int: Family] = [:]
    private var lastFamily = 0

    init(lifetimes: Lifetimes, now: @escaping @Sendable () -> Date) {
        self.lifetimes = lifetimes
        self.now = now
    }

    // MARK: - Codes

    /// A new authorization code (RFC 6749 section 4.1.2).
    func code(for binding: CodeBinding) -> String {
        discardOld()
        let code = RandomText.fresh()
        codes[Self.digest(code)] = Code(
            binding: binding, expiresAt: now().addingTimeInterval(Double(lifetimes.code))
        )
        return code
    }

    /// Exchanges a code (section 4.1.3). A code serves once; who presents it
    /// again ends the tokens that it was exchanged for, as one of the two who
    /// had it has stolen it.
    func exchange(
        code text: String, clientID: String, redirectURI: String?, verifier: String?
    ) throws(OAuthError) -> Tokens {
        let digest = Self.digest(text)
        guard var code = codes[digest], code.binding.clientID == clientID else {
            throw .invalidGrant("The code is unknown, expired or was issued to another client")
        }
        if code.isSpent {
            if let family = code.family { families[family]?.isRevoked = true }
            throw .invalidGrant("The code was used before")
        }
        // Spent even if what follows fails: whoever has the code but neither
        // the verifier nor the redirect URI shall not be able to try.
        code.isSpent = true
        codes[digest] = code
        guard now() < code.expiresAt else { throw .invalidGrant("The code has expired") }
        guard redirectURI == code.binding.redirectURI else {
            throw .invalidGrant("The redirect_uri is not that of the authorization request")
        }
        switch (code.binding.challenge, verifier) {
        case (nil, nil): break
        case (let challenge?, let verifier?):
            guard ProofKey.matches(verifier: verifier, challenge: challenge) else {
                throw .invalidGrant("The code_verifier does not match")
            }
        case (_?, nil): throw .invalidGrant("The code_verifier is missing")
        // Otherwise a stolen code could be exchanged by pretending that there
        // was a challenge (RFC 9700 section 4.8.2).
        case (nil, _?): throw .invalidGrant("There was no code_challenge")
        }
        let family = newFamily(clientID: clientID, userID: code.binding.userID)
        codes[digest]?.family = family
        return issue(family: family, userID: code.binding.userID)
    }

    // MARK: - Tokens

    /// Tokens for a user who has just signed in.
    func issue(clientID: String, userID: Int) -> Tokens {
        discardOld()
        return issue(family: newFamily(clientID: clientID, userID: userID), userID: userID)
    }

    /// Exchanges a refresh token for new tokens (RFC 6749 section 6). It
    /// serves once; who presents it again ends the whole family (RFC 9700
    /// section 4.14.2).
    func refresh(_ text: String, clientID: String) throws(OAuthError) -> Tokens {
        let digest = Self.digest(text)
        guard let token = refreshTokens[digest], let family = families[token.family], family.clientID == clientID
        else { throw .invalidGrant("The refresh token is unknown, expired or was issued to another client") }
        if token.isSpent {
            families[token.family]?.isRevoked = true
            throw .invalidGrant("The refresh token was used before")
        }
        guard !family.isRevoked else { throw .invalidGrant("The refresh token was revoked") }
        guard now() < token.expiresAt else { throw .invalidGrant("The refresh token has expired") }
        refreshTokens[digest]?.isSpent = true
        discardOld()
        return issue(family: token.family, userID: family.userID)
    }

    /// What an access token is good for now.
    func standing(ofAccessToken text: String) -> Standing {
        guard let token = accessTokens[Self.digest(text)], let family = families[token.family] else { return .unknown }
        if token.isSpent || family.isRevoked { return .revoked }
        return now() < token.expiresAt ? .valid(userID: family.userID) : .expired
    }

    /// Revokes a token (RFC 7009 section 2.1): with a refresh token the whole
    /// family, with an access token it alone. One that is unknown is no error.
    func revoke(_ text: String, clientID: String) throws(OAuthError) {
        let digest = Self.digest(text)
        guard let token = refreshTokens[digest] ?? accessTokens[digest], let family = families[token.family] else {
            return
        }
        guard family.clientID == clientID else { throw .notYours }
        if refreshTokens[digest] != nil {
            families[token.family]?.isRevoked = true
        } else {
            accessTokens[digest]?.isSpent = true
        }
    }

    private func newFamily(clientID: String, userID: Int) -> Int {
        lastFamily += 1
        families[lastFamily] = Family(clientID: clientID, userID: userID, lastUse: now())
        return lastFamily
    }

    private func issue(family: Int, userID: Int) -> Tokens {
        let now = now()
        let tokens = Tokens(
            accessToken: RandomText.fresh(), refreshToken: RandomText.fresh(), userID: userID, createdAt: now
        )
        accessTokens[Self.digest(tokens.accessToken)] = Token(
            family: family, expiresAt: now.addingTimeInterval(Double(lifetimes.accessToken))
        )
        refreshTokens[Self.digest(tokens.refreshToken)] = Token(
            family: family, expiresAt: now.addingTimeInterval(Double(lifetimes.refreshToken))
        )
        families[family]?.lastUse = now
        return tokens
    }

    /// Forgets what can never be valid again and was not issued just now. Codes
    /// and refresh tokens are kept for as long as their family can live, so
    /// that their second use is noticed.
    private func discardOld() {
        let longest = Double(max(lifetimes.accessToken, lifetimes.refreshToken, lifetimes.code))
        let limit = now().addingTimeInterval(-longest)
        families = families.filter { $0.value.lastUse > limit }
        codes = codes.filter { code in
            code.value.family.map { families[$0] != nil } ?? (code.value.expiresAt > limit)
        }
        // An access token that has ended is remembered for as long again, so
        // that whoever presents it is told why it is refused.
        let accessLimit = now().addingTimeInterval(-Double(lifetimes.accessToken) - 3600)
        accessTokens = accessTokens.filter { families[$0.value.family] != nil && $0.value.expiresAt > accessLimit }
        refreshTokens = refreshTokens.filter { families[$0.value.family] != nil }
    }

    private static func digest(_ text: String) -> Digest { SHA256.hash(data: Data(text.utf8)) }
}
