import ApusRuntime
import Foundation

/// A token that another one is to be got for, and what kind it is (RFC 8693
/// section 2.1).
public struct SecurityToken: Sendable, Hashable {
    /// The token type identifiers of RFC 8693 section 3.
    public struct Kind: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        public init(stringLiteral value: String) {
            rawValue = value
        }

        /// An OAuth 2.0 access token.
        public static let accessToken: Kind = "urn:ietf:params:oauth:token-type:access_token"
        /// An OAuth 2.0 refresh token.
        public static let refreshToken: Kind = "urn:ietf:params:oauth:token-type:refresh_token"
        /// An ID token (OpenID Connect Core section 2).
        public static let idToken: Kind = "urn:ietf:params:oauth:token-type:id_token"
        /// A JWT (RFC 7519).
        public static let jwt: Kind = "urn:ietf:params:oauth:token-type:jwt"
        /// A SAML 1.1 assertion.
        public static let saml1: Kind = "urn:ietf:params:oauth:token-type:saml1"
        /// A SAML 2.0 assertion.
        public static let saml2: Kind = "urn:ietf:params:oauth:token-type:saml2"
    }

    /// The token itself.
    public var token: Secret
    /// What the token is (RFC 8693 section 3).
    public var kind: Kind

    /// Creates a token of a kind.
    public init(_ token: Secret, kind: Kind = .accessToken) {
        self.token = token
        self.kind = kind
    }
}

/// What a token is to be exchanged for (RFC 8693 section 2.1).
public struct TokenExchange: Sendable, Hashable {
    /// Whom the new token is to stand for.
    public var subject: SecurityToken
    /// Who acts for them.
    public var actor: SecurityToken?
    /// The kind of token that is wanted; the server's choice where it is absent.
    public var requested: SecurityToken.Kind?
    /// Where the new token is to be used: absolute URIs (RFC 8707).
    public var resources: [String]
    /// The names of the services where the new token is to be used.
    public var audiences: [String]
    /// The scopes to request (`scope`).
    public var scopes: [String]

    /// Creates an exchange. Only `subject` is required (RFC 8693 section 2.1).
    public init(
        subject: SecurityToken, actor: SecurityToken? = nil, requested: SecurityToken.Kind? = nil,
        resources: [String] = [], audiences: [String] = [], scopes: [String] = []
    ) {
        self.subject = subject
        self.actor = actor
        self.requested = requested
        self.resources = resources
        self.audiences = audiences
        self.scopes = scopes
    }
}

extension Grant {
    static func tokenExchange(_ exchange: TokenExchange) -> Grant {
        var parameters = [
            Parameter("subject_token", exchange.subject.token),
            Parameter("subject_token_type", exchange.subject.kind.rawValue),
        ]
        if let actor = exchange.actor {
            parameters += [Parameter("actor_token", actor.token), Parameter("actor_token_type", actor.kind.rawValue)]
        }
        if let requested = exchange.requested {
            parameters.append(Parameter("requested_token_type", requested.rawValue))
        }
        parameters += exchange.resources.map { Parameter("resource", $0) }
        parameters += exchange.audiences.map { Parameter("audience", $0) }
        return Grant(
            GrantType.tokenExchange, parameters, scopes: exchange.scopes,
            secrets: [exchange.subject.token] + [exchange.actor?.token].compactMap { $0 })
    }
}

extension OAuth2Session {
    /// Signs in with the token that the server gives in exchange for another
    /// one (RFC 8693).
    public func signIn(exchanging exchange: TokenExchange) async throws(OAuth2Error) {
        try await signIn(.tokenExchange(exchange))
    }
}
