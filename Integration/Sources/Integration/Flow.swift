import Clients

/// One row of the table: what is to be proved on every server.
struct Flow: Sendable, Hashable {
    let name: String
    /// Where it is specified.
    let standard: String
    let run: @Sendable (Server) async throws -> Void

    init(_ name: String, _ standard: String, run: @escaping @Sendable (Server) async throws -> Void) {
        self.name = name
        self.standard = standard
        self.run = run
    }

    static func == (left: Flow, right: Flow) -> Bool { left.name == right.name }

    func hash(into hasher: inout Hasher) { hasher.combine(name) }

    /// All rows, in the order of the table.
    static let all: [Flow] = [
        .referenceAPI, .password, .authorizationCode, .proofKey, .consentRefused, .pushedRequest, .browser,
        .clientCredentials, .awkwardSecret, .privateKeyJWT, .device, .jwtBearer, .tokenExchange, .refresh,
        .rotation, .refusedToken, .sharedFile, .sharedDatabase, .lateRefresh, .revocation, .introspection, .jsonRequests,
        .grantTypeInQuery, .discovery, .metadataURL, .nonce, .signedIDToken, .refreshedIDToken, .endOfSession, .issuer, .resource,
        .possession,
    ]

    /// Signs a user in by the authorization code flow, in a browser.
    static func signIn(_ session: OAuth2Session, at server: Server, scopes: [String]? = nil) async throws {
        let request = try session.authorizationRequest(
            redirectURI: Registrations.redirectURI, scopes: scopes ?? server.scopes)
        let redirect = try await server.redirect(for: request)
        try await session.signIn(redirectedTo: redirect, for: request)
    }
}
