import Clients

/// A running authorization server, with the API behind it.
struct Server: Sendable {
    /// Who a token stands for, as the API behind the server says.
    struct Identity: Sendable, Equatable {
        var username: String?
        var client: String?
    }

    /// Its name on the command line and in the folder Servers.
    let name: String
    /// Its name in the table; its version is added to it.
    var title: String
    let url: String
    /// What the server's description says of its OAuth 2.0, taken from the
    /// generated client.
    let scheme: OAuth2Scheme
    /// What to ask for at a sign-in.
    let scopes: [String]
    /// What the server calls itself; `nil` where it has no issuer identifier.
    var issuer: String?
    /// Whether it refuses a code or a refresh token with the error code of RFC
    /// 6749 section 5.2. A session ends with that code alone.
    var saysInvalidGrant = true
    /// Signs the user in at a URL, as a person does in a browser, and returns
    /// where the browser is sent then: the redirect URI with its parameters.
    var signIn: @Sendable (_ url: String, _ redirectURI: String) async throws -> String = { url, redirectURI in
        try await FormBrowser().redirect(from: url, to: redirectURI)
    }
    /// Enters the code of a device at a URL.
    var enterCode: @Sendable (_ url: String, _ code: String) async throws -> Void = { url, code in
        try await FormBrowser(userCode: code).finish(from: url)
    }
    /// Asks the API, through the generated client.
    let whoAmI: @Sendable (any Credential, any Transport) async throws -> Identity
    /// Which flows cannot be proved on this server, and why.
    let absent: [Flow: String]

    /// Where tokens come from.
    var tokenURL: String { url + (scheme.tokenURL ?? "") }

    static let notOffered = "The server does not offer it."
    static let encodedBasicNotRead = "It does not decode the id and the secret of HTTP Basic."
    static let noIDTokenAtRefresh = "It sends no ID token at a refresh."
    static let formsOnly = "It reads token requests as forms only."
    static let anotherAPI = "The server of that API is Doorkeeper."

    /// Whether an error says that a code or a refresh token was refused.
    func refusesGrant(_ error: OAuth2Error) -> Bool {
        saysInvalidGrant ? error.isFromServer(.invalidGrant) : error.isRefusal
    }

    /// Signs the user in at the URL of a request.
    func redirect(for request: AuthorizationRequest) async throws -> String {
        try await signIn(request.url, request.redirectURI)
    }

    /// A session of the server's scheme.
    ///
    /// - Parameter change: What to do otherwise than the description says.
    func session(
        _ client: OAuth2Client = Registrations.confidential, store: any TokenStore = .memory,
        transport: any Transport = URLSessionTransport(), _ change: (inout OAuth2Scheme) -> Void = { _ in }
    ) -> OAuth2Session {
        var scheme = scheme
        if client.secret == nil { scheme.clientAuthentication = .none }
        change(&scheme)
        return OAuth2Session(
            scheme: scheme, client: client, store: store,
            context: CredentialContext(serverURL: url, transport: transport))
    }

    /// Checks that a session's token is good for the API, and whose it is.
    func check(_ session: OAuth2Session, isSignedInAs username: String? = Registrations.username) async throws {
        let identity = try await whoAmI(session, URLSessionTransport())
        guard username != nil || identity.username == nil else {
            throw Unexpected("the client's own token stands for \(identity.username ?? "")")
        }
        if let username { try expect(identity.username, username, "the user of the token") }
        if let id = identity.client { try expect(id, session.client?.id, "the client of the token") }
    }
}
