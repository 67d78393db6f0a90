import ApusRuntime
import Foundation

/// Claims that somebody signs (RFC 7519).
public struct JSONWebToken: Sendable, Hashable {
    /// The header beside `alg` and `kid`.
    public var header: [String: JSONValue]
    /// What is claimed, by the claim's name.
    public var claims: [String: JSONValue]

    /// Creates a token that is not signed yet.
    public init(claims: [String: JSONValue], header: [String: JSONValue] = ["typ": "JWT"]) {
        self.claims = claims
        self.header = header
    }

    /// The claims of RFC 7523 section 3, for a sign-in with
    /// ``OAuth2Session/signIn(assertion:scopes:)``: who speaks, about whom, to
    /// whom, for how long, and a `jti` that serves once.
    ///
    /// - Parameters:
    ///   - issuer: Who signs.
    ///   - subject: Whom a token is asked for.
    ///   - audience: The token endpoint's URL or the server's issuer
    ///     identifier, whichever the server wants.
    ///   - now: The present time.
    ///   - lifetime: In seconds.
    ///   - claims: What else the server wants to know.
    public static func assertion(
        issuer: String, subject: String, audience: String, now: Date = Date(), lifetime: Int = 60,
        claims: [String: JSONValue] = [:]
    ) -> JSONWebToken {
        let issued = Int(now.timeIntervalSince1970)
        var all = claims
        all["iss"] = .string(issuer)
        all["sub"] = .string(subject)
        all["aud"] = .string(audience)
        all["iat"] = .number(JSONNumber(issued))
        all["exp"] = .number(JSONNumber(issued + lifetime))
        all["jti"] = .string(RandomText.fresh())
        return JSONWebToken(claims: all)
    }

    /// The token in its compact form, signed (RFC 7515 section 7.1).
    ///
    /// - Throws: ``OAuth2Error/signingFailed(_:)``.
    public func signed(with key: any SigningKey) async throws(OAuth2Error) -> Secret {
        do {
            let input = try signingInput(algorithm: key.algorithm, keyID: key.keyID)
            return Secret(input + "." + Base64URL.encode(try await key.signature(for: Data(input.utf8))))
        } catch {
            if error is CancellationError { throw .cancelled }
            throw .signingFailed(error)
        }
    }

    func signingInput(algorithm: String, keyID: String?) throws -> String {
        var header = header
        header["alg"] = .string(algorithm)
        if let keyID { header["kid"] = .string(keyID) }
        return Base64URL.encode(try JSON.encode(JSONValue.object(header))) + "."
            + Base64URL.encode(try JSON.encode(JSONValue.object(claims)))
    }
}
