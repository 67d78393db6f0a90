public import ApusRuntime
import Foundation
public import HTTPTypes

/// An OAuth 2.0 authorization server for tests of signing in: in memory, as a transport,
/// or on 127.0.0.1 with ``LoopbackServer``.
///
/// It has the endpoints `/authorize`, `/token`, `/device_authorization`, `/revoke`,
/// `/introspect` and `/.well-known/oauth-authorization-server`, and the grants
/// `authorization_code` with PKCE, `device_code`, `refresh_token` with rotation and
/// detection of reuse (RFC 9700 section 4.14.2), `client_credentials` and `password`. Its
/// time is a clock in hand, and so is that of sessions of which it is the transport, or
/// the end of one. Tokens are `access-1`, `refresh-1` and so on.
public final class FakeAuthorizationServer: Transport, Sendable {
    /// What the user says when asked.
    public enum Consent: Sendable, Hashable {
        /// The client gets what it asks for.
        case approve
        /// `access_denied` (RFC 6749 section 4.1.2.1).
        case deny
        /// Nothing yet: a device goes on asking.
        case later
    }

    private let state: Locked<AuthorizationState>

    /// The clock that tokens expire by.
    public let clock: TestClock

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - clientSecrets: The clients by their identifiers; an empty secret for a public one.
    ///   - users: Passwords by names, for the grant `password`.
    ///   - accessTokenLifetime: In seconds.
    ///   - consent: What the user says; see ``setConsent(_:)``.
    public init(
        clientSecrets: [String: String] = ["client": ""], users: [String: String] = [:], accessTokenLifetime: Int = 3_600,
        consent: Consent = .approve, clock: TestClock = TestClock()
    ) {
        self.clock = clock
        state = Locked(
            AuthorizationState(clients: clientSecrets, users: users, lifetime: accessTokenLifetime, consent: consent))
    }

    /// Sets what the user says when asked.
    public func setConsent(_ consent: Consent) {
        state.withValue { $0.consent = consent }
    }

    /// Whether an access token is good at this moment.
    public func isValid(accessToken: String) -> Bool {
        state.withValue { $0.isActive(accessToken, at: clock.now) }
    }

    /// Ends all access tokens, as time would.
    public func expireAccessTokens() {
        state.withValue { $0.expireAccessTokens() }
    }

    /// Ends everything that was granted: refresh tokens are refused from now on.
    public func revokeEverything() {
        state.withValue { $0.revokeEverything() }
    }

    /// How many requests each endpoint had, by its path.
    public var requestCounts: [String: Int] { state.withValue { $0.counts } }

    /// How often a refresh token was used that had been used before.
    public var reuseCount: Int { state.withValue { $0.reuses } }

    // MARK: - Transport

    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let content = try await body?.collect(upTo: 1 << 20) ?? Data()
        let url = RequestURL(path: request.path ?? "")
        let form = AuthorizationForm(request, url, content)
        return state.withValue { state in
            let path = "/" + (url.path.split(separator: "/").last.map(String.init) ?? "")
            state.counts[path, default: 0] += 1
            switch path {
            case "/authorize": return state.authorize(form, now: clock.now)
            case "/token": return state.token(form, now: clock.now)
            case "/device_authorization": return state.deviceAuthorization(form, origin: form.origin, now: clock.now)
            case "/revoke": return state.revoke(form)
            case "/introspect": return state.introspect(form, now: clock.now)
            case "/oauth-authorization-server", "/openid-configuration": return AuthorizationAnswer.metadata(origin: form.origin)
            default: return AuthorizationAnswer.error("not_found", status: 404)
            }
        }
    }

    /// A transport that answers with 401 what has no good access token of this server, and
    /// passes on the rest; requests to the server itself are answered by it.
    public func protecting(_ resource: any Transport) -> any Transport {
        ProtectedResource(server: self, resource: resource)
    }
}

extension FakeAuthorizationServer: TimedTransport {
    package var callClock: (any CallClock)? { clock.forCalls }
}

private struct ProtectedResource: TimedTransport {
    let server: FakeAuthorizationServer
    let resource: any Transport

    var callClock: (any CallClock)? { server.callClock }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await server.send(request, body: body)
    }

    func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        let field = request.headerFields[.authorization]
        if let field {
            let token = field.split(separator: " ").last.map(String.init) ?? ""
            guard server.isValid(accessToken: token) else {
                var response = HTTPResponse(status: .unauthorized)
                response.headerFields[.wwwAuthenticate] = #"Bearer error="invalid_token""#
                return (response, .empty)
            }
        }
        return try await resource.send(request, body: body, context: context)
    }
}

/// The parameters of a request to the server.
struct AuthorizationForm {
    let values: [String: String]
    let origin: String

    init(_ request: HTTPRequest, _ url: RequestURL, _ content: Data) {
        var pairs = url.query
        let text = String(decoding: content, as: UTF8.self)
        if request.headerFields[.contentType]?.contains("json") == true {
            let members = (try? JSON.decode([String: JSONValue].self, from: content)) ?? [:]
            pairs += members.map { ($0.key, $0.value.string ?? $0.value.number?.description ?? "") }
        } else {
            pairs += RequestURL.pairs(of: text, plusIsSpace: true)
        }
        if let field = request.headerFields[.authorization], field.hasPrefix("Basic "),
            let pair = Data(base64Encoded: String(field.dropFirst(6))).map({ String(decoding: $0, as: UTF8.self) }),
            let colon = pair.firstIndex(of: ":")
        {
            // RFC 6749 section 2.3.1: both are encoded as in a form.
            pairs.append(("client_id", String(pair[..<colon]).removingPercentEncoding ?? ""))
            pairs.append(("client_secret", String(pair[pair.index(after: colon)...]).removingPercentEncoding ?? ""))
        }
        values = Dictionary(pairs.map { ($0.name, $0.value) }) { first, _ in first }
        origin = "\(request.scheme ?? "https")://\(request.authority ?? "")"
    }

    subscript(name: String) -> String? { values[name] }
}
