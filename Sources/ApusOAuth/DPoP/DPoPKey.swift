import ApusRuntime
import Foundation
import HTTPTypes

/// The key that a session's tokens are bound to (RFC 9449). It is made for one
/// sign-in and kept with the token.
struct DPoPKey: Sendable {
    private let key: ES256Key

    /// A new key.
    init() {
        key = ES256Key()
    }

    /// The key that was kept as ``stored``; `nil` where that is none.
    init?(stored: Secret) {
        guard let bytes = Base64URL.decode(stored.exposed), let key = try? ES256Key(rawRepresentation: bytes) else {
            return nil
        }
        self.key = key
    }

    /// What is kept with a token.
    var stored: Secret { Secret(Base64URL.encode(key.rawRepresentation)) }

    /// What an authorization request says of the key, `dpop_jkt` (section 10).
    var thumbprint: String { key.publicKey.thumbprint }

    /// A proof of possession for one request (section 4.2).
    ///
    /// - Parameters:
    ///   - token: The access token that is sent with it.
    ///   - nonce: What the server wants to see in it (sections 8 and 9).
    func proof(
        _ method: HTTPRequest.Method, _ url: String, token: Secret? = nil, nonce: String?, now: Date
    ) throws(OAuth2Error) -> String {
        var claims: [String: JSONValue] = [
            "jti": .string(RandomText.fresh()), "htm": .string(method.rawValue),
            "htu": .string(String(url.prefix { $0 != "?" && $0 != "#" })),
            "iat": .number(JSONNumber(Int(now.timeIntervalSince1970))),
        ]
        if let token { claims["ath"] = .string(ProofKey.hash(token.exposed)) }
        if let nonce { claims["nonce"] = .string(nonce) }
        let token = JSONWebToken(
            claims: claims,
            header: ["typ": "dpop+jwt", "jwk": .object(key.publicKey.members.mapValues { .string($0) })])
        do {
            let input = try token.signingInput(algorithm: key.algorithm, keyID: nil)
            return input + "." + Base64URL.encode(try key.signature(for: Data(input.utf8)))
        } catch {
            throw .signingFailed(error)
        }
    }
}

extension HTTPField.Name {
    /// RFC 9449 section 4.1.
    static let dpop = HTTPField.Name("DPoP")!
    /// RFC 9449 section 8.1.
    static let dpopNonce = HTTPField.Name("DPoP-Nonce")!
}
