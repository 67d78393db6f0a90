import Foundation
import HTTPTypes
import ApusRuntime

/// What an authorization server knows.
struct AuthorizationState: Sendable {
    let clients: [String: String]
    let users: [String: String]
    let lifetime: Int
    var consent: FakeAuthorizationServer.Consent
    var counts: [String: Int] = [:]
    var reuses = 0

    private struct Grant: Sendable {
        var client: String
        var scope: String
        var family: Int
    }
    private struct Code: Sendable {
        var grant: Grant
        var redirectURI: String
        var challenge: String?
        var method: String
        var expiry: Date
    }
    private struct Device: Sendable {
        var grant: Grant
        var expiry: Date
        var lastAsked: Date?
    }
    private struct Access: Sendable {
        var grant: Grant
        var expiry: Date
    }

    private var codes: [String: Code] = [:]
    private var devices: [String: Device] = [:]
    private var accessTokens: [String: Access] = [:]
    /// Those that may be used, and those that have been.
    private var refreshTokens: [String: Grant] = [:]
    private var usedRefreshTokens: [String: Int] = [:]
    private var nextNumber = 0
    private var familyCount = 0
    private static let pollingInterval = 5.0

    init(clients: [String: String], users: [String: String], lifetime: Int, consent: FakeAuthorizationServer.Consent) {
        self.clients = clients
        self.users = users
        self.lifetime = lifetime
        self.consent = consent
    }

    private mutating func number() -> Int {
        nextNumber += 1
        return nextNumber
    }

    /// All tokens that come of one consent are a family.
    private mutating func newFamily() -> Int {
        familyCount += 1
        return familyCount
    }

    // MARK: - Tokens

    func isActive(_ token: String, at now: Date) -> Bool {
        accessTokens[token].map { $0.expiry > now } ?? false
    }

    mutating func expireAccessTokens() {
        accessTokens = [:]
    }

    mutating func revokeEverything() {
        accessTokens = [:]
        for (token, grant) in refreshTokens { usedRefreshTokens[token] = grant.family }
        refreshTokens = [:]
    }

    private mutating func revoke(family: Int) {
        accessTokens = accessTokens.filter { $0.value.grant.family != family }
        refreshTokens = refreshTokens.filter { $0.value.family != family }
    }

    private mutating func issue(_ grant: Grant, isRefreshable: Bool = true, now: Date) -> (HTTPResponse, HTTPBody) {
        let number = number()
        accessTokens["access-\(number)"] = Access(grant: grant, expiry: now.addingTimeInterval(Double(lifetime)))
        var members: [String: JSONValue] = [
            "access_token": .string("access-\(number)"), "token_type": "Bearer", "expires_in": .number(JSONNumber(lifetime)),
        ]
        if !grant.scope.isEmpty { members["scope"] = .string(grant.scope) }
        if isRefreshable {
            refreshTokens["refresh-\(number)"] = grant
            members["refresh_token"] = .string("refresh-\(number)")
        }
        return AuthorizationAnswer.json(.object(members))
    }

    /// RFC 6749 section 5.2.
    private func refusal(_ form: AuthorizationForm) -> (HTTPResponse, HTTPBody)? {
        guard let secret = form["client_id"].flatMap({ clients[$0] }), secret.isEmpty || secret == form["client_secret"] else {
            return AuthorizationAnswer.error("invalid_client", status: 401)
        }
        return nil
    }

    // MARK: - Endpoints

    /// RFC 6749 section 4.1: the user is asked, and sent back.
    mutating func authorize(_ form: AuthorizationForm, now: Date) -> (HTTPResponse, HTTPBody) {
        guard let client = form["client_id"], clients[client] != nil, let redirect = form["redirect_uri"] else {
            return AuthorizationAnswer.error("invalid_request")
        }
        var parameters: [(String, String)]
        if consent == .approve {
            let code = "code-\(number())"
            codes[code] = Code(
                grant: Grant(client: client, scope: form["scope"] ?? "", family: newFamily()), redirectURI: redirect,
                challenge: form["code_challenge"], method: form["code_challenge_method"] ?? "plain", expiry: now.addingTimeInterval(60))
            parameters = [("code", code)]
        } else {
            parameters = [("error", "access_denied")]
        }
        if let state = form["state"] { parameters.append(("state", state)) }
        parameters.append(("iss", form.origin))
        let query = parameters.map { "\($0)=\($1.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" }.joined(separator: "&")
        var response = HTTPResponse(status: .found)
        response.headerFields[.location] = redirect + (redirect.contains("?") ? "&" : "?") + query
        return (response, .empty)
    }

    mutating func token(_ form: AuthorizationForm, now: Date) -> (HTTPResponse, HTTPBody) {
        if let refusal = refusal(form) { return refusal }
        let client = form["client_id"] ?? ""
        switch form["grant_type"] {
        case "authorization_code": return exchangeCode(form, client, now)
        case "refresh_token": return refresh(form, client, now)
        case "urn:ietf:params:oauth:grant-type:device_code": return pollDevice(form, client, now)
        case "client_credentials":
            return issue(Grant(client: client, scope: form["scope"] ?? "", family: newFamily()), isRefreshable: false, now: now)
        case "password":
            guard let password = form["username"].flatMap({ users[$0] }), password == form["password"] else {
                return AuthorizationAnswer.error("invalid_grant")
            }
            return issue(Grant(client: client, scope: form["scope"] ?? "", family: newFamily()), now: now)
        default: return AuthorizationAnswer.error("unsupported_grant_type")
        }
    }

    private mutating func exchangeCode(_ form: AuthorizationForm, _ client: String, _ now: Date) -> (HTTPResponse, HTTPBody) {
        // A code is used once, whatever comes of it (RFC 6749 section 4.1.2).
        guard let code = form["code"].flatMap({ codes.removeValue(forKey: $0) }), code.grant.client == client, code.expiry > now,
            code.redirectURI == form["redirect_uri"]
        else { return AuthorizationAnswer.error("invalid_grant") }
        if let challenge = code.challenge {
            let verifier = form["code_verifier"] ?? ""
            let proof = code.method == "S256" ? SHA256Digest.base64URL(of: verifier) : verifier
            guard proof == challenge else { return AuthorizationAnswer.error("invalid_grant") }
        }
        return issue(code.grant, now: now)
    }

    private mutating func refresh(_ form: AuthorizationForm, _ client: String, _ now: Date) -> (HTTPResponse, HTTPBody) {
        let token = form["refresh_token"] ?? ""
        if let family = usedRefreshTokens[token] {
            // Somebody else has it too; nobody can tell who is who.
            reuses += 1
            revoke(family: family)
            return AuthorizationAnswer.error("invalid_grant")
        }
        guard let grant = refreshTokens[token], grant.client == client else { return AuthorizationAnswer.error("invalid_grant") }
        refreshTokens[token] = nil
        usedRefreshTokens[token] = grant.family
        return issue(grant, now: now)
    }

    /// RFC 8628 section 3.2.
    mutating func deviceAuthorization(_ form: AuthorizationForm, origin: String, now: Date) -> (HTTPResponse, HTTPBody) {
        if let refusal = refusal(form) { return refusal }
        let number = number()
        devices["device-\(number)"] = Device(
            grant: Grant(client: form["client_id"] ?? "", scope: form["scope"] ?? "", family: newFamily()), expiry: now.addingTimeInterval(600))
        return AuthorizationAnswer.json([
            "device_code": .string("device-\(number)"), "user_code": .string("USER-\(number)"),
            "verification_uri": .string(origin + "/device"), "expires_in": 600, "interval": .number(JSONNumber(Int(Self.pollingInterval))),
        ])
    }

    /// RFC 8628 section 3.5.
    private mutating func pollDevice(_ form: AuthorizationForm, _ client: String, _ now: Date) -> (HTTPResponse, HTTPBody) {
        let code = form["device_code"] ?? ""
        guard let device = devices[code], device.grant.client == client else { return AuthorizationAnswer.error("invalid_grant") }
        guard device.expiry > now else { return AuthorizationAnswer.error("expired_token") }
        if let last = device.lastAsked, now.timeIntervalSince(last) < Self.pollingInterval { return AuthorizationAnswer.error("slow_down") }
        devices[code]?.lastAsked = now
        switch consent {
        case .later: return AuthorizationAnswer.error("authorization_pending")
        case .deny: return AuthorizationAnswer.error("access_denied")
        case .approve:
            devices[code] = nil
            return issue(device.grant, now: now)
        }
    }

    /// RFC 7009.
    mutating func revoke(_ form: AuthorizationForm) -> (HTTPResponse, HTTPBody) {
        if let refusal = refusal(form) { return refusal }
        let token = form["token"] ?? ""
        if let grant = refreshTokens[token] {
            usedRefreshTokens[token] = grant.family
            revoke(family: grant.family)
        }
        accessTokens[token] = nil
        return (HTTPResponse(status: .ok), .empty)
    }

    /// RFC 7662.
    func introspect(_ form: AuthorizationForm, now: Date) -> (HTTPResponse, HTTPBody) {
        let token = form["token"] ?? ""
        guard let access = accessTokens[token], access.expiry > now else { return AuthorizationAnswer.json(["active": false]) }
        return AuthorizationAnswer.json([
            "active": true, "client_id": .string(access.grant.client), "scope": .string(access.grant.scope),
            "exp": .number(JSONNumber(Int(access.expiry.timeIntervalSince1970))),
        ])
    }
}

/// Answers of an authorization server.
enum AuthorizationAnswer {
    static func json(_ value: JSONValue, status: Int = 200) -> (HTTPResponse, HTTPBody) {
        var response = HTTPResponse(status: .init(code: status))
        response.headerFields[.contentType] = "application/json"
        response.headerFields[.cacheControl] = "no-store"
        return (response, HTTPBody((try? JSON.encode(value)) ?? Data()))
    }

    static func error(_ code: String, status: Int = 400) -> (HTTPResponse, HTTPBody) {
        json(["error": .string(code)], status: status)
    }

    /// RFC 8414 section 2.
    static func metadata(origin: String) -> (HTTPResponse, HTTPBody) {
        json([
            "issuer": .string(origin), "authorization_endpoint": .string(origin + "/authorize"),
            "token_endpoint": .string(origin + "/token"), "device_authorization_endpoint": .string(origin + "/device_authorization"),
            "revocation_endpoint": .string(origin + "/revoke"), "introspection_endpoint": .string(origin + "/introspect"),
            "response_types_supported": ["code"], "code_challenge_methods_supported": ["S256", "plain"],
            "authorization_response_iss_parameter_supported": true,
        ])
    }
}
