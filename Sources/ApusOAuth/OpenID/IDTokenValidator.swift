import ApusRuntime
import Foundation

/// Checks the ID tokens of every grant and of every refresh (OpenID Connect Core
/// sections 3.1.3.7 and 12.2).
///
/// The signature is not looked at here: the token came from the token endpoint
/// over TLS, which section 3.1.3.7 no. 6 accepts in its place. ``ServerKeys`` checks
/// it where that is wanted.
struct IDTokenValidator: Sendable {
    let clientID: String
    /// The authorization server, where it is known.
    let issuer: String?

    /// Clocks differ by minutes.
    private static let skew = 300.0

    /// Checks the ID token of a sign-in.
    ///
    /// - Parameters:
    ///   - nonce: The request's, where it had one. The answer to another request
    ///     carries another.
    ///   - maxAge: How long ago the user may have signed in, in seconds, where
    ///     the request has asked for that.
    func check(_ token: Secret, nonce: String? = nil, maxAge: Int? = nil, at now: Date) throws(OAuth2Error) {
        let claims = try claims(of: token, at: now)
        if let maxAge {
            // No. 13.
            guard let time = claims["auth_time"]?.double,
                now.timeIntervalSince1970 - time <= Double(maxAge) + Self.skew
            else { throw .invalidIDToken(reason: "the user signed in too long ago") }
        }
        guard let nonce else { return }
        guard let own = claims["nonce"]?.string, ConstantTime.equal(own, nonce) else {
            throw .invalidIDToken(reason: "its nonce is not the request's")
        }
    }

    /// Checks the ID token of a refresh, which is of the same user.
    ///
    /// - Parameter old: The ID token before, if there was one.
    func check(_ token: Secret, follows old: Secret?, at now: Date) throws(OAuth2Error) {
        let claims = try claims(of: token, at: now)
        guard let old, let before = Self.claims(in: old) else { return }
        for (name, reason) in [("iss", "another issuer issued it"), ("sub", "it is of another user")]
        where claims[name] != before[name] {
            throw .invalidIDToken(reason: reason)
        }
        guard Set(Self.audience(claims)) == Set(Self.audience(before)) else {
            throw .invalidIDToken(reason: "its audience differs from that of the one before")
        }
    }

    /// What a token says that is good for this client.
    func claims(of token: Secret, at now: Date) throws(OAuth2Error) -> [String: JSONValue] {
        guard let claims = Self.claims(in: token) else { throw .invalidIDToken(reason: "it is not a JSON Web Token") }
        guard let maker = claims["iss"]?.string, !maker.isEmpty else {
            throw .invalidIDToken(reason: "it does not say who issued it")
        }
        if let issuer, !IssuerIdentifier(issuer).matches(maker, tenant: claims["tid"]?.string) {
            throw .invalidIDToken(reason: "another issuer issued it")
        }
        guard let subject = claims["sub"]?.string, !subject.isEmpty else {
            throw .invalidIDToken(reason: "it does not say who the user is")
        }
        let audience = Self.audience(claims)
        guard audience.contains(clientID) else { throw .invalidIDToken(reason: "it is meant for another client") }
        // Nos. 3 to 5: others may be named only where this client is the one
        // that it was made for.
        let party = claims["azp"]?.string
        guard party == nil ? audience.count == 1 : party == clientID else {
            throw .invalidIDToken(reason: "it was issued to another client")
        }
        guard let end = claims["exp"]?.double, end + Self.skew > now.timeIntervalSince1970 else {
            throw .invalidIDToken(reason: "it has expired")
        }
        // When that was is not compared: devices' clocks are off by more than
        // any limit that would be of use.
        guard claims["iat"]?.double != nil else { throw .invalidIDToken(reason: "it does not say when it was issued") }
        if let start = claims["nbf"]?.double, start - Self.skew > now.timeIntervalSince1970 {
            throw .invalidIDToken(reason: "it is not valid yet")
        }
        return claims
    }

    /// Whom a token is about.
    static func subject(of token: Secret) -> String? { claims(in: token)?["sub"]?.string }

    private static func audience(_ claims: [String: JSONValue]) -> [String] {
        claims["aud"]?.array?.compactMap(\.string) ?? [claims["aud"]?.string].compactMap { $0 }
    }

    private static func claims(in token: Secret) -> [String: JSONValue]? {
        let parts = token.exposed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(parts[1]) else { return nil }
        return (try? JSON.decode(JSONValue.self, from: payload))?.object
    }
}

/// An issuer identifier, which may have a placeholder for the tenant, as that of
/// an authorization server for many organisations has (Microsoft's
/// `https://login.microsoftonline.com/{tenantid}/v2.0`).
struct IssuerIdentifier: Sendable {
    private static let placeholder = "{tenantid}"
    private let text: String

    init(_ text: String) {
        self.text = text
    }

    var hasPlaceholder: Bool { text.contains(Self.placeholder) }

    /// Whether an ID token that names `issuer` is of this one.
    ///
    /// - Parameter tenant: The tenant that the ID token is of, which stands in
    ///   for the placeholder.
    func matches(_ issuer: String, tenant: String?) -> Bool {
        guard hasPlaceholder else { return issuer == text }
        guard let tenant, !tenant.isEmpty else { return false }
        return issuer == text.replacingOccurrences(of: Self.placeholder, with: tenant)
    }

    /// Whether `issuer` is this one with one path segment for the placeholder.
    func matchesAnyTenant(_ issuer: String) -> Bool {
        guard let range = text.range(of: Self.placeholder) else { return issuer == text }
        let (before, after) = (text[..<range.lowerBound], text[range.upperBound...])
        guard issuer.hasPrefix(before), issuer.hasSuffix(after), issuer.count > before.count + after.count else {
            return false
        }
        return !issuer.dropFirst(before.count).dropLast(after.count).contains { "/?#".contains($0) }
    }
}
