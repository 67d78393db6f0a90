import ApusRuntime

/// One attempt to sign in through the authorization server's own page: open
/// ``url``, and bring back what the server redirects to.
///
/// Each request has a fresh `state` and a fresh proof key, and serves once.
public struct AuthorizationRequest: Sendable {
    /// Where the user is to be sent.
    public let url: String

    /// Where the server sends the user back to.
    public let redirectURI: String

    /// What the redirect has to repeat, for programs that have to tell several
    /// requests apart. ``OAuth2Session/signIn(redirectedTo:for:)`` compares it.
    public let state: String

    /// What was asked for.
    public let scopes: [String]

    let responseType: ResponseType
    /// What the ID token has to repeat (OpenID Connect Core section 3.1.2.1).
    let nonce: String?
    /// What ``url`` asks for, as it is pushed (RFC 9126).
    let parameters: [(name: String, value: String)]
    let proofKey: ProofKey?
    /// What the tokens are to be bound to (RFC 9449).
    let key: DPoPKey?
    /// How long ago the user may have signed in, in seconds.
    let maxAge: Int?
    /// The session that has made it.
    let sessionKey: String
    let use = OneUse()

    enum ResponseType: String, Sendable {
        case code
        case token
    }

    init(
        endpoint: Endpoint, scheme: OAuth2Scheme, client: OAuth2Client, redirectURI: String, scopes: [String],
        responseType: ResponseType, key: DPoPKey? = nil, sessionKey: String,
        asking wishes: AuthorizationParameters = AuthorizationParameters()
    ) {
        self.key = key
        self.sessionKey = sessionKey
        maxAge = wishes.maxAge
        state = RandomText.fresh()
        proofKey = responseType == .code && scheme.pkce != .none ? ProofKey() : nil
        self.redirectURI = redirectURI
        self.scopes = scopes
        self.responseType = responseType
        nonce = scopes.contains("openid") ? RandomText.fresh() : nil

        var parameters: [(name: String, value: String)] = [
            ("client_id", client.id),
            ("redirect_uri", redirectURI),
            ("response_type", responseType.rawValue),
            // Sent also where it is empty: there are servers that insist.
            ("scope", scopes.joined(separator: scheme.scopeSeparator)),
            ("state", state),
        ]
        if let proofKey {
            parameters.append(("code_challenge", proofKey.challenge))
            parameters.append(("code_challenge_method", "S256"))
        }
        // Section 10: whoever steals the code cannot bind it to another key.
        if let key { parameters.append(("dpop_jkt", key.thumbprint)) }
        if let nonce { parameters.append(("nonce", nonce)) }
        parameters += scheme.resources.map { ("resource", $0) }
        // What ties the answer to the request is not for anybody to replace.
        var taken = Set(parameters.map(\.name)).union(["nonce", "code_challenge", "dpop_jkt", "request", "request_uri"])
        for (name, value) in wishes.pairs where taken.insert(name).inserted { parameters.append((name, value)) }
        for (name, value) in scheme.extraParameters.sorted(by: { $0.key < $1.key }) where !taken.contains(name) {
            parameters.append((name, value))
        }
        self.parameters = parameters
        url = endpoint.adding(parameters).url
    }

    /// The same request once its parameters are at the server (RFC 9126 section 4).
    init(_ request: AuthorizationRequest, pushedAs requestURI: String, endpoint: Endpoint, clientID: String) {
        url = endpoint.adding([("client_id", clientID), ("request_uri", requestURI)]).url
        redirectURI = request.redirectURI
        state = request.state
        scopes = request.scopes
        responseType = request.responseType
        nonce = request.nonce
        parameters = request.parameters
        proofKey = request.proofKey
        key = request.key
        sessionKey = request.sessionKey
        maxAge = request.maxAge
    }
}

extension AuthorizationRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "AuthorizationRequest(\(url.prefix { $0 != "?" }))" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: ["scopes": scopes]) }
}
