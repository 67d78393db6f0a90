import ApusRuntime
import Foundation

/// A successful response of the token endpoint (RFC 6749 section 5.1).
struct TokenResponse: Sendable {
    var accessToken: Secret
    var refreshToken: Secret?
    var idToken: Secret?
    var tokenType: String
    /// What the access token is bound to; `nil` for a bearer token.
    var key: DPoPKey?
    /// In seconds.
    var lifetime: Double?
    /// `nil` where the server did not say.
    var scopes: [String]?
    var additional: [String: JSONValue]

    /// Reads the members of a response.
    ///
    /// - Parameters:
    ///   - status: The response's HTTP status, for errors.
    ///   - key: What the request has proved possession of.
    init(
        _ members: [String: JSONValue], scopeSeparator: String, status: Int, key: DPoPKey? = nil
    ) throws(OAuth2Error) {
        func invalid(_ reason: String) -> OAuth2Error { .invalidResponse(status: status, reason: reason) }

        guard case .string(let access)? = members["access_token"], !access.isEmpty else {
            throw invalid("no access_token")
        }
        // RFC 6750 section 2.1; anything else could also smuggle a header
        // field into every request.
        guard access.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw invalid("access_token has characters that no header field can carry")
        }
        accessToken = Secret(access)

        switch members["token_type"] {
        case nil, .null?: tokenType = "Bearer"
        case .string(let type)? where type.lowercased() == "bearer": tokenType = type
        case .string(let type)? where type.lowercased() == "dpop" && key != nil:
            tokenType = type
            self.key = key
        // RFC 6749 section 7.1: a token of a type that is not understood must
        // not be used.
        case .string?: throw invalid("token_type is not bearer")
        default: throw invalid("token_type is not a string")
        }

        refreshToken = Self.text(members["refresh_token"]).map { Secret($0) }
        idToken = Self.text(members["id_token"]).map { Secret($0) }
        lifetime = Self.seconds(members["expires_in"])
        scopes = Self.scopes(members["scope"], separator: scopeSeparator)
        additional = members
        for known in ["access_token", "refresh_token", "id_token", "token_type", "expires_in", "scope"] {
            additional[known] = nil
        }
    }

    /// The token of a sign-in.
    func token(grantType: String, scopes requested: [String], askedAt date: Date) -> OAuth2Token {
        OAuth2Token(
            accessToken: accessToken,
            refreshToken: refreshToken,
            idToken: idToken,
            tokenType: tokenType,
            dpopKey: key?.stored,
            // RFC 6749 section 5.1: left out where it is what was asked for.
            scopes: scopes ?? requested,
            requestedScopes: scopes == nil || scopes == requested ? nil : requested,
            issuedAt: date,
            expiresAt: lifetime.map { date.addingTimeInterval($0) },
            grantType: grantType,
            additional: additional
        )
    }

    /// The token that follows `old`: its refresh token and ID token go on
    /// where the response has no new ones (RFC 6749 section 6).
    func token(after old: OAuth2Token, askedAt date: Date) -> OAuth2Token {
        var token = token(grantType: old.grantType, scopes: old.scopes, askedAt: date)
        token.requestedScopes = old.requestedScopes
        token.refreshToken = refreshToken ?? old.refreshToken
        token.idToken = idToken ?? old.idToken
        return token
    }

    private static func text(_ value: JSONValue?) -> String? {
        guard case .string(let text)? = value, !text.isEmpty else { return nil }
        return text
    }

    /// A number of seconds, written as a number or as a string. At most a
    /// hundred years, so that dates stay within what every calendar can do.
    /// `nil` for none or less, by which servers mean that it does not end.
    static func seconds(_ value: JSONValue?) -> Double? {
        let seconds: Double? =
            switch value {
            case .number(let number)?: number.double
            case .string(let text)?: Double(text.trimmingCharacters(in: .whitespaces))
            default: nil
            }
        guard let seconds, seconds.isFinite, seconds > 0 else { return nil }
        return min(seconds, 100 * 366 * 86_400)
    }

    private static func scopes(_ value: JSONValue?, separator: String) -> [String]? {
        switch value {
        case .string(let text)?:
            let separators: Set<Character> = [" ", separator.first ?? " "]
            return text.split { separators.contains($0) }.map(String.init)
        case .array(let values)?:
            return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
        default: return nil
        }
    }
}
