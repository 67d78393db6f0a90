import ApusRuntime
import Foundation

/// What went wrong with signing in, with refreshing or with signing out.
///
/// No description of it holds a token, a code, a password or a client secret;
/// where the server's own words repeated one, it is replaced.
public enum OAuth2Error: Error, Sendable {
    /// An error code of RFC 6749 sections 4.1.2.1 and 5.2, RFC 8628 section
    /// 3.5, RFC 7009 section 2.2.1 or RFC 6750 section 3.1, or the server's
    /// own.
    public struct Code: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public init(stringLiteral value: String) {
            rawValue = value
        }

        /// A parameter is missing, repeated or malformed (RFC 6749 section 5.2).
        public static let invalidRequest: Code = "invalid_request"
        /// The client could not be authenticated (RFC 6749 section 5.2).
        public static let invalidClient: Code = "invalid_client"
        /// The grant or the refresh token is invalid, expired or revoked (RFC 6749 section 5.2).
        public static let invalidGrant: Code = "invalid_grant"
        /// The client may not use this grant (RFC 6749 section 5.2).
        public static let unauthorizedClient: Code = "unauthorized_client"
        /// The server does not support the grant (RFC 6749 section 5.2).
        public static let unsupportedGrantType: Code = "unsupported_grant_type"
        /// The server does not support the response type (RFC 6749 section 4.1.2.1).
        public static let unsupportedResponseType: Code = "unsupported_response_type"
        /// The server cannot revoke tokens of this type (RFC 7009 section 2.2.1).
        public static let unsupportedTokenType: Code = "unsupported_token_type"
        /// A scope is unknown, malformed or exceeds what was granted (RFC 6749 section 5.2).
        public static let invalidScope: Code = "invalid_scope"
        /// The user or the server denied the request (RFC 6749 section 4.1.2.1).
        public static let accessDenied: Code = "access_denied"
        /// The server failed (RFC 6749 section 4.1.2.1).
        public static let serverError: Code = "server_error"
        /// The server is overloaded or under maintenance (RFC 6749 section 4.1.2.1).
        public static let temporarilyUnavailable: Code = "temporarily_unavailable"
        /// The user has not finished on the other device (RFC 8628 section 3.5).
        public static let authorizationPending: Code = "authorization_pending"
        /// The client polls too often (RFC 8628 section 3.5).
        public static let slowDown: Code = "slow_down"
        /// The device code has expired (RFC 8628 section 3.5).
        public static let expiredToken: Code = "expired_token"
        /// The access token is invalid, expired or revoked (RFC 6750 section 3.1).
        public static let invalidToken: Code = "invalid_token"
        /// The access token lacks a scope (RFC 6750 section 3.1).
        public static let insufficientScope: Code = "insufficient_scope"
        /// RFC 9449 section 8: answered by itself, so it is seen only where the
        /// server never has enough.
        public static let useDPoPNonce: Code = "use_dpop_nonce"
        /// The DPoP proof is invalid (RFC 9449 section 5).
        public static let invalidDPoPProof: Code = "invalid_dpop_proof"
    }

    /// The client was created without a client id for this scheme, or without
    /// the key or the secret that the scheme authenticates clients with.
    case notConfigured(scheme: String)

    /// A key could not sign. Nothing was sent.
    case signingFailed(any Error)

    /// The description names no URL for what was asked, such as `tokenURL`.
    case missingEndpoint(String)

    /// A URL of the description is not one.
    case invalidEndpoint(url: String)

    /// An endpoint is plain http on a host that is not this machine. Nothing
    /// was sent.
    case insecureEndpoint(host: String)

    /// The redirect URI must not be used. Nothing was sent.
    case redirectURINotAllowed(reason: String)

    /// What came back from the authorization server is not an answer to this
    /// request.
    case invalidRedirect(reason: String)

    /// The `state` of the redirect is not the request's: it may have been
    /// forged. Nothing was sent.
    case stateMismatch

    /// The redirect came from another authorization server than the request
    /// went to (RFC 9207). Nothing was sent.
    case issuerMismatch(expected: String, received: String)

    /// The ID token is not the one for this request (OpenID Connect Core
    /// section 3.1.3.7). Nobody was signed in.
    case invalidIDToken(reason: String)

    /// An authorization request serves one sign-in.
    case requestAlreadyUsed

    /// The server's own error, from an endpoint (`status` is set) or from a
    /// redirect (it is not).
    case server(code: Code, description: String?, uri: String?, status: Int?)

    /// The server is overloaded or broken: 5xx, 408 or 429 without an OAuth
    /// error. `retryAfter` is in seconds.
    case unavailable(status: Int, retryAfter: Double?)

    /// The response is not what the endpoint should send: an HTML page, a
    /// redirect, broken JSON.
    case invalidResponse(status: Int, reason: String)

    /// The transport could not carry the request or the response.
    case transport(any Error)

    /// There is no token, or it has expired and there is nothing to renew it
    /// with.
    case signInRequired

    /// The token has ended, and this session leaves it to another one to renew it.
    case renewalNotAllowed

    /// The user did not confirm the device code in time (RFC 8628 section 3.2).
    case deviceCodeExpired

    /// The token store could not read or write. A token that could not be
    /// saved is used nonetheless, until the process ends.
    case store(any Error)

    /// The calling task was cancelled.
    case cancelled
}

extension OAuth2Error {
    /// Whether the same call may succeed later.
    public var isRetryable: Bool {
        switch self {
        case .transport, .unavailable, .store: true
        case .invalidResponse(let status, _): (200...299).contains(status)
        case .server(let code, _, _, let status):
            code == .temporarilyUnavailable || code == .serverError || (status ?? 0) >= 500 || status == 429
        default: false
        }
    }
}

extension OAuth2Error: DelayingError {
    package var requestedDelay: Duration? {
        if case .unavailable(_, let seconds?) = self { .seconds(seconds) } else { nil }
    }
}

extension OAuth2Scheme {
    /// Whether a refresh that was answered with this means that the grant is
    /// gone. Of the codes of RFC 6749 section 5.2 only `invalid_grant` says so;
    /// `invalid_client`, `unauthorized_client` and the others blame the client
    /// or its settings, and a corrected client can go on with the same grant.
    func endsGrant(_ error: OAuth2Error) -> Bool {
        guard case .server(let code, _, _, let status?) = error, status < 500, status != 429 else { return false }
        return code == .invalidGrant || grantEndedErrors.contains(code.rawValue)
    }
}

extension OAuth2Error: RetryableError, CustomDebugStringConvertible, CustomReflectable, LocalizedError {
    public var description: String {
        switch self {
        case .notConfigured(let scheme): 
            "no client id was given for the security scheme \(scheme), or not the key or secret that it needs"
        case .signingFailed(let error): "a key could not sign: \(Self.kind(of: error))"
        case .missingEndpoint(let name): "the description has no \(name)"
        case .invalidEndpoint(let url): "not a usable endpoint URL: \(url)"
        case .insecureEndpoint(let host): "\(host) must be reached by https; plain http is for loopback addresses only"
        case .redirectURINotAllowed(let reason): "redirect URI not allowed: \(reason)"
        case .invalidRedirect(let reason): "not a redirect for this request: \(reason)"
        case .stateMismatch: "the redirect has another state than the request"
        case .issuerMismatch(let expected, let received): "the redirect is from the issuer \(received) instead of \(expected)"
        case .invalidIDToken(let reason): "not the ID token of this request: \(reason)"
        case .requestAlreadyUsed: "this authorization request was used already"
        case .server(let code, let text, let uri, let status):
            "the authorization server says \(code.rawValue)" + (status.map { " (\($0))" } ?? "")
                + (text.map { ": \($0)" } ?? "") + (uri.map { ", see \($0)" } ?? "")
        case .unavailable(let status, let seconds):
            "the authorization server is unavailable (\(status))" + (seconds.map { ", retry after \($0) s" } ?? "")
        case .invalidResponse(let status, let reason): "not a response of an OAuth endpoint (\(status)): \(reason)"
        case .transport(let error as any SignInFault): error.sentence
        case .transport(let error): "the authorization server was not reached: \(Self.kind(of: error))"
        case .signInRequired: "sign in first"
        case .renewalNotAllowed: "the token has expired, and this session does not renew tokens"
        case .deviceCodeExpired: "the device code expired before the user confirmed it"
        case .store(let error): "the token store failed: \(Self.kind(of: error))"
        case .cancelled: "cancelled"
        }
    }

    public var debugDescription: String { "OAuth2Error(\(description))" }

    // A dump would walk into other libraries' errors, which may carry whole
    // requests.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    public var errorDescription: String? { description }

    /// Another library's error without its own words: its domain and code, or
    /// its type.
    private static func kind(of error: any Error) -> String {
        if let error = error as? FileTokenStoreError { return error.description }
        let type = type(of: error)
        guard type is NSError.Type || type is URLError.Type || type is CocoaError.Type else {
            return String(reflecting: type)
        }
        let error = error as NSError
        return "\(error.domain) \(error.code)"
    }
}

/// What kept a sign-in from reaching the authorization server, or the user from
/// coming back, in a sentence that may be shown.
protocol SignInFault: Error {
    var sentence: String { get }
}
