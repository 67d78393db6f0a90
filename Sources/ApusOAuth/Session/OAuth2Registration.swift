import ApusRuntime

/// A client that is registered at an authorization server, and where its tokens are kept.
public struct OAuth2Registration: Sendable {
    /// What the authorization server knows the client as.
    public var client: OAuth2Client

    /// Where tokens are kept between runs.
    public var store: any TokenStore

    /// Whether the client renews tokens; `false` for an extension whose program
    /// does.
    public var renewsTokens: Bool

    /// How ID tokens have to be signed; empty where their signature is not
    /// checked.
    public var idTokenAlgorithms: [any SignatureAlgorithm]

    /// Creates a registration.
    public init(
        client: OAuth2Client, store: any TokenStore = .memory, renewsTokens: Bool = true,
        idTokenAlgorithms: [any SignatureAlgorithm] = []
    ) {
        self.idTokenAlgorithms = idTokenAlgorithms
        self.client = client
        self.store = store
        self.renewsTokens = renewsTokens
    }
}

extension OAuth2Session {
    /// Creates a session for a registered client; without a registration every
    /// sign-in fails with ``OAuth2Error/notConfigured(scheme:)``.
    public init(scheme: OAuth2Scheme, registration: OAuth2Registration?, context: CredentialContext) {
        self.init(
            scheme: scheme, client: registration?.client, store: registration?.store ?? .memory, context: context,
            renewsTokens: registration?.renewsTokens ?? true, idTokenAlgorithms: registration?.idTokenAlgorithms ?? [])
    }

    /// Authorizes the requests of a client, unless it has another credential for the scheme.
    public nonisolated func join(_ credentials: inout [String: any Credential]) {
        guard isConfigured, credentials[scheme.name] == nil else { return }
        credentials[scheme.name] = self
    }
}
