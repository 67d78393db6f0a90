import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

let server = "https://api.example.com"

/// A scheme with every endpoint.
func fullScheme(_ change: (inout OAuth2Scheme) -> Void = { _ in }) -> OAuth2Scheme {
    var scheme = OAuth2Scheme(
        name: "oauth2", authorizationURL: "/oauth/authorize", tokenURL: "/oauth/token",
        deviceAuthorizationURL: "/oauth/device", revocationURL: "/oauth/revoke", pkce: .none
    )
    change(&scheme)
    return scheme
}

func session(
    _ transport: any Transport, clock: ManualClock = ManualClock(), store: any TokenStore = MemoryTokenStore(),
    secret: Secret? = "client-secret", scheme change: (inout OAuth2Scheme) -> Void = { _ in }
) -> OAuth2Session {
    OAuth2Session(
        scheme: fullScheme(change), client: OAuth2Client(id: "client-id", secret: secret), store: store,
        context: CredentialContext(serverURL: server, transport: transport), clock: clock
    )
}

extension OAuth2Session {
    /// The value of the header field that a request gets.
    func authorization() async throws -> String? {
        var request = HTTPRequest(method: .get, scheme: "https", authority: "api.example.com", path: "/")
        try await authorize(&request, scopes: [], context: context)
        return request.headerFields[.authorization]
    }

    /// Reports that a request with this token was answered with 401.
    func recover(from token: String, challenge: String = "Bearer error=\"invalid_token\"") async throws -> Bool {
        var request = HTTPRequest(method: .get, scheme: "https", authority: "api.example.com", path: "/")
        request.headerFields[.authorization] = "Bearer \(token)"
        var response = HTTPResponse(status: .unauthorized)
        response.headerFields[.wwwAuthenticate] = challenge
        return try await recover(request, response: response, context: context)
    }

    /// Signs in with a token that ends in an hour.
    func begin(_ access: String = "A1", refresh: String? = "R1", lifetime: Double = 3600) async throws {
        try await signedIn(
            with: OAuth2Token(
                accessToken: Secret(access), refreshToken: refresh.map { Secret($0) }, issuedAt: clock.date,
                expiresAt: clock.date.addingTimeInterval(lifetime)
            )
        )
    }

    var accessText: String? {
        get async { await current?.accessToken.exposed }
    }

    var refreshText: String? {
        get async { await current?.refreshToken?.exposed }
    }
}

/// A store that can be broken.
actor BreakableStore: TokenStore {
    struct DiskFull: Error {}

    private var records: [String: TokenRecord] = [:]
    var isBroken = false
    private(set) var saves = 0

    /// The tokens of those who are signed in.
    var tokens: [String: OAuth2Token] { records.compactMapValues(\.token) }

    func breakDown(_ isBroken: Bool = true) { self.isBroken = isBroken }

    func record(for key: String) throws -> TokenRecord? {
        if isBroken { throw DiskFull() }
        return records[key]
    }

    func replace(_ revision: String?, with record: TokenRecord, for key: String) throws -> Bool {
        if isBroken { throw DiskFull() }
        guard records[key]?.revision == revision else { return false }
        saves += 1
        records[key] = record
        return true
    }

    /// Excludes nobody, as a store may that cannot.
    func exclusively<Value: Sendable>(_ key: String, _ body: @Sendable () async -> Value) async -> Value {
        await body()
    }
}
