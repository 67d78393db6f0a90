import ApusRuntime
import Foundation

/// The tokens of one security scheme, and all that is done with them.
///
/// - A token is renewed before it ends, and once when the server refuses it.
/// - However many requests need a new token at the same time, in however many
///   sessions on one store, there is one token request; a caller that is
///   cancelled neither cancels nor repeats it.
/// - A new token is in the store before anyone uses it, and never in place of
///   what another sign-in or a sign-out has put there meanwhile.
/// - Only the server ends a grant (`invalid_grant`). After a time-out, a 5xx, a
///   broken response or any other error the tokens are as they were.
public actor OAuth2Session {
    /// What the description says, and the server itself after
    /// ``discover()``.
    public nonisolated var scheme: OAuth2Scheme { endpoint.scheme }
    /// The authorization server.
    nonisolated let endpoint: TokenEndpoint
    /// The client's registration; `nil` where none was given, so that nobody
    /// can sign in.
    public nonisolated let client: OAuth2Client?

    nonisolated let context: CredentialContext
    nonisolated let clock: any CallClock
    nonisolated let leeway: Double
    nonisolated let store: any TokenStore
    /// Names the tokens in the store. The server is part of it: a token for a
    /// test server must never reach another one.
    nonisolated let storeKey: String
    nonisolated let broadcast = StateBroadcast()
    /// What the servers that take the tokens want to see in proofs.
    nonisolated let resourceNonces = DPoPNonces()

    /// The token in use, and the store.
    nonisolated let vault: TokenVault
    /// What the authorization server signs ID tokens with.
    nonisolated let keys = ServerKeys()
    /// How ID tokens have to be signed; empty where the signature does not matter.
    nonisolated let idTokenAlgorithms: [any SignatureAlgorithm]
    /// The one refresh of a sign-in.
    let refreshes = SingleFlight<String, RefreshOutcome>()
    var failures = RefreshFailures()
    /// How long a request waits for a new token while the old one still holds.
    nonisolated let patience: Duration
    /// Whether this session renews tokens, or leaves that to another one.
    nonisolated let renewsTokens: Bool
    /// The access token whose end was announced.
    var announcedExpiry: Secret?

    /// Creates a session. Nothing is read or sent before it is needed.
    ///
    /// - Parameters:
    ///   - scheme: What the description says.
    ///   - client: What the authorization server knows the client as.
    ///   - store: Where tokens are kept.
    ///   - context: The API's server, which relative URLs are resolved
    ///     against, and the transport.
    ///   - leeway: How long before its end a token is renewed, in seconds. It
    ///     is never more than a tenth of the token's lifetime.
    ///   - renewsTokens: `false` where another process does, as the program does
    ///     for its extension. The session then uses what the store holds.
    ///   - requestTimeout: How long a request to the authorization server may
    ///     take as a whole.
    ///   - idTokenAlgorithms: How every ID token has to be signed, with a key that
    ///     the server publishes. Empty: its signature is not checked, as it came
    ///     over TLS (OpenID Connect Core section 3.1.3.7 no. 6).
    public init(
        scheme: OAuth2Scheme,
        client: OAuth2Client?,
        store: any TokenStore = MemoryTokenStore(),
        context: CredentialContext,
        leeway: Double = 60,
        renewsTokens: Bool = true,
        requestTimeout: Duration = .seconds(30),
        idTokenAlgorithms: [any SignatureAlgorithm] = []
    ) {
        self.init(
            scheme: scheme, client: client, store: store, context: context, clock: context.callClock, leeway: leeway,
            renewsTokens: renewsTokens, requestTimeout: requestTimeout, idTokenAlgorithms: idTokenAlgorithms)
    }

    package init(
        scheme: OAuth2Scheme, client: OAuth2Client?, store: any TokenStore = MemoryTokenStore(), context: CredentialContext,
        clock: any CallClock, leeway: Double = 60, renewsTokens: Bool = true, requestTimeout: Duration = .seconds(30),
        patience: Duration = .seconds(3),
        idTokenAlgorithms: [any SignatureAlgorithm] = []
    ) {
        self.idTokenAlgorithms = idTokenAlgorithms
        self.leeway = max(0, leeway)
        self.renewsTokens = renewsTokens
        self.patience = patience
        self.client = client
        self.store = store
        self.context = context
        self.clock = clock
        endpoint = TokenEndpoint(scheme, client: client, context: context, clock: clock, timeout: requestTimeout)
        storeKey = Self.storeKey(of: scheme, client: client, serverURL: context.serverURL)
        vault = TokenVault(store: store, key: storeKey, clock: clock, broadcast: broadcast)
    }

    /// The API's server, the scheme and the client; and the authorization server
    /// where it is another one, so that a refresh token never reaches one that
    /// did not issue it.
    private static func storeKey(of scheme: OAuth2Scheme, client: OAuth2Client?, serverURL: String) -> String {
        var parts = [serverURL, scheme.name, client?.id ?? ""]
        if let authority = scheme.issuer ?? scheme.discoveryURL {
            parts.append(authority)
        } else if let url = scheme.tokenURL ?? scheme.tokenURLs.values.min(),
            let origin = try? Endpoint(url, serverURL: serverURL).origin,
            origin != (try? Endpoint(serverURL, serverURL: serverURL).origin)
        {
            parts.append(origin)
        }
        return parts.joined(separator: " ")
    }

    /// Whether a client id was given.
    public nonisolated var isConfigured: Bool { client != nil }

    /// What happens from now on. Each call gives a stream of its own.
    public nonisolated var states: AsyncStream<State> { broadcast.stream() }

    /// The token in use, expired or not; `nil` where nobody is signed in or
    /// the store cannot be read.
    public var token: OAuth2Token? {
        get async { try? await restore() }
    }

    /// The token in use, expired or not. While there is none the store is
    /// asked, so that a sign-in by another process is noticed.
    ///
    /// - Throws: ``OAuth2Error/store(_:)`` where the store cannot be read. The
    ///   next call tries again.
    @discardableResult
    public func restore() async throws(OAuth2Error) -> OAuth2Token? {
        try await vault.restore()?.token
    }

    /// The token in memory.
    var current: OAuth2Token? {
        get async { await vault.current?.token }
    }

    /// Takes the token of a sign-in into use.
    ///
    /// - Throws: ``OAuth2Error/store(_:)`` where it could not be saved. It is
    ///   in use all the same.
    func signedIn(with token: OAuth2Token) async throws(OAuth2Error) {
        if let failure = await vault.signIn(token) { throw failure }
    }

    /// Checks ID tokens.
    nonisolated var validator: IDTokenValidator {
        IDTokenValidator(clientID: client?.id ?? "", issuer: scheme.issuer)
    }

    /// Asks the authorization server for its endpoints, where the scheme has a
    /// ``OAuth2Scheme/discoveryURL``: once, whoever asks and however many.
    /// Whatever needs an endpoint does so by itself, but for
    /// ``authorizationRequest(redirectURI:scopes:parameters:)``, which does not wait.
    ///
    /// - Throws: Why nothing was learned. The next call tries again.
    public func discover() async throws(OAuth2Error) { try await endpoint.discover() }

    /// The key for the tokens of a new sign-in; `nil` where they are bound to
    /// none.
    nonisolated func newKey() -> DPoPKey? { scheme.dpop == .none ? nil : DPoPKey() }
}

extension OAuth2Session: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public nonisolated var description: String { "OAuth2Session(\(scheme.name))" }
    public nonisolated var debugDescription: String { description }
    public nonisolated var customMirror: Mirror { Mirror(self, children: ["scheme": scheme]) }
}
