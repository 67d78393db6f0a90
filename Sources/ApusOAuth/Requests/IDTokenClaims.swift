import ApusRuntime
import Foundation

/// What an ID token says (OpenID Connect Core section 2), as far as it ties an
/// answer to the request.
///
/// The signature is not looked at: the token came from the token endpoint over
/// TLS, which section 3.1.3.7 accepts in its place.
struct IDTokenClaims {
    private let claims: [String: JSONValue]

    init(_ token: Secret) throws(OAuth2Error) {
        let parts = token.exposed.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let payload = Base64URL.decode(parts[1]),
            let value = try? JSON.decode(JSONValue.self, from: payload), let claims = value.object
        else { throw .invalidIDToken(reason: "it is no JSON Web Token") }
        self.claims = claims
    }

    /// Checks the token as section 3.1.3.7 wants it.
    ///
    /// - Parameters:
    ///   - nonce: The request's. An answer to another request carries another.
    ///   - issuer: The authorization server, where it is known.
    func check(nonce: String, clientID: String, issuer: String?, now: Date) throws(OAuth2Error) {
        guard let own = claims["nonce"]?.string, ConstantTime.equal(own, nonce) else {
            throw .invalidIDToken(reason: "its nonce is not the request's")
        }
        if let issuer, claims["iss"]?.string != issuer {
            throw .invalidIDToken(reason: "another issuer has made it")
        }
        let audience = claims["aud"]?.array?.compactMap(\.string) ?? [claims["aud"]?.string].compactMap { $0 }
        guard audience.contains(clientID) else { throw .invalidIDToken(reason: "it is meant for another client") }
        // Clocks differ by minutes.
        guard let end = claims["exp"]?.double, end + 300 > now.timeIntervalSince1970 else {
            throw .invalidIDToken(reason: "it has expired")
        }
    }
}
