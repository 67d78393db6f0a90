import ApusRuntime
import Foundation

/// The tokens of one security scheme, and all that is done with them.
///
/// - A token is renewed before it ends, and once when the server refuses it.
/// - However many requests need a new token at the same time, there is one
///   token request; a caller that is cancelled neither cancels nor repeats it.
/// - A new token is in the store before anyone uses it.
/// - Only the server's `invalid_grant` ends a session. After a time-out, a 5xx,
///   a broken answer or any other error the tokens are as they were.
public actor OAuth2Session {
    /// What the description says, and the server itself after
    /// ``discover()``.
    public nonisolated var scheme: OAuth2Scheme { found.scheme ?? described }
    nonisolated let described: OAuth2Scheme
    nonisolated let found = FoundScheme()
    /// The one discovery that is under way.
    var discovery: Task<OAuth2Error?, Never>?
    /// The client's registration; `nil` where none was given, so that nobody
    /// can sign in.
    public nonisolated let client: OAuth2Client?

    nonisolated let context: CredentialContext
    nonisolated let clock: any OAuth2Clock
    nonisolated let leeway: Double
    nonisolated let store: any TokenStore
    /// Names the tokens in the store. The server is part of it: a token for a
    /// test server must never reach another one.
    nonisolated let storeKey: String
    nonisolated let broadcast = StateBroadcast()
    /// What the authorization server wants to see in proofs.
    nonisolated let endpointNonces = DPoPNonces()
    /// What the servers that take the tokens want to see in proofs.
    nonisolated let resourceNonces = DPoPNonces()

    /// The token in use.
    var current: OAuth2Token?
    /// Whether the store may hold a token that was signed out, because it
    /// could not be cleared.
    var isStoreStale = false
    var loading: Task<OAuth2Error?, Never>?
    /// Changes with every sign-in and sign-out, so that work which began
    /// before one of them knows that it is too late.
    var generation = 0
    /// The last write to the store; the next one waits for it.
    var lastWrite: Task<OAuth2Error?, Never>?
    /// When saving ``current`` failed last; `nil` where it is in the store.
    var unsavedSince: Date?
    /// The one refresh.
    var refresh: Task<Void, Never>?
    var waiters: [Int: CheckedContinuation<RefreshOutcome, Never>] = [:]
    var nextWaiter = 0
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
    ///   - clock: The time.
    ///   - leeway: How long before its end a token is renewed, in seconds. It
    ///     is never more than a tenth of the token's lifetime.
    public init(
        scheme: OAuth2Scheme,
        client: OAuth2Client?,
        store: any TokenStore = MemoryTokenStore(),
        context: CredentialContext,
        clock: any OAuth2Clock = SystemOAuth2Clock(),
        leeway: Double = 60
    ) {
        self.leeway = max(0, leeway)
        described = scheme
        self.client = client
        self.store = store
        self.context = context
        self.clock = clock
        storeKey = [context.serverURL, scheme.name, client?.id ?? ""].joined(separator: " ")
    }

    /// Whether a client id was given.
    public nonisolated var isConfigured: Bool { client != nil }

    /// What happens from now on. Each call gives a stream of its own.
    public nonisolated var states: AsyncStream<State> { broadcast.stream() }

    /// The token in use, expired or not; `nil` where nobody is signed in or
    /// the store cannot be read.
    public var token: OAuth2Token? {
        get async {
            try? await restore()
        }
    }

    /// The token in use, expired or not. While there is none the store is
    /// asked, so that a sign-in by another process is noticed.
    ///
    /// - Throws: ``OAuth2Error/store(_:)`` where the store cannot be read. The
    ///   next call tries again.
    @discardableResult
    public func restore() async throws(OAuth2Error) -> OAuth2Token? {
        if let current { return current }
        let load = loading ?? Task { await self.load() }
        loading = load
        if let error = await load.value { throw error }
        return current
    }

    private func load() async -> OAuth2Error? {
        defer { loading = nil }
        _ = await lastWrite?.value
        if isStoreStale { return nil }
        let began = generation
        do {
            let token = try await store.load(storeKey)
            // A sign-in or sign-out that came in between knows better.
            guard let token, generation == began, current == nil else { return nil }
            current = token
            broadcast.send(.signedIn)
            return nil
        } catch {
            return current == nil ? .store(error) : nil
        }
    }

    /// What to build requests with.
    nonisolated var requests: EndpointRequests { EndpointRequests(scheme: scheme, serverURL: context.serverURL) }

    /// What to send requests with.
    func sender() async throws(OAuth2Error) -> EndpointSender {
        guard let client else { throw .notConfigured(scheme: scheme.name) }
        try await discover()
        return EndpointSender(
            authenticator: ClientAuthenticator(scheme: scheme, client: client, serverURL: context.serverURL),
            transport: context.transport, clock: clock, nonces: endpointNonces)
    }

    /// The key for the tokens of a new sign-in; `nil` where they are bound to
    /// none.
    nonisolated func newKey() -> DPoPKey? { scheme.dpop == .none ? nil : DPoPKey() }
}

extension OAuth2Session: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public nonisolated var description: String { "OAuth2Session(\(scheme.name))" }
    public nonisolated var debugDescription: String { description }
    public nonisolated var customMirror: Mirror { Mirror(self, children: ["scheme": scheme]) }
}
