import ApusRuntime
import Foundation

/// The authorization server, as one client uses it: where its endpoints are,
/// which it is asked for where the description does not say, and requests to
/// them, each with what says who the client is and what proves that it has the
/// key of its tokens.
struct TokenEndpoint: Sendable {
    /// What the description says.
    let described: OAuth2Scheme
    let client: OAuth2Client?
    let context: CredentialContext
    let clock: any CallClock
    /// For a request as a whole.
    let timeout: Duration

    private let found = FoundScheme()
    private let discovery = SingleFlight<String, OAuth2Error?>()
    /// What the server wants to see in proofs.
    private let nonces = DPoPNonces()

    init(
        _ scheme: OAuth2Scheme, client: OAuth2Client?, context: CredentialContext, clock: any CallClock,
        timeout: Duration
    ) {
        described = scheme
        self.client = client
        self.context = context
        self.clock = clock
        self.timeout = timeout
    }

    /// What the description says, and the server itself after ``discover()``.
    var scheme: OAuth2Scheme { found.scheme ?? described }

    /// Asks the server for its endpoints, where the description says where: once,
    /// whoever asks and however many.
    ///
    /// - Parameter isEnough: Whether what the description says will do.
    func discover(unless isEnough: (OAuth2Scheme) -> Bool = \.isComplete) async throws(OAuth2Error) {
        guard let url = described.discoveryURL, !found.isKnown, !isEnough(described) else { return }
        switch await discovery.value(for: url, { await self.ask(url) }) {
        case .value(nil): return
        case .value(let error?): throw error
        case .cancelled, .late: throw .cancelled
        }
    }

    private func ask(_ url: String) async -> OAuth2Error? {
        do throws(OAuth2Error) {
            let endpoint = try Endpoint(url, serverURL: context.serverURL)
            var metadata = try await ServerMetadata.discover(endpoint.url, transport: context.transport)
            // A key is given to be used.
            if client?.key != nil { metadata.tokenEndpointAuthenticationMethods = ["private_key_jwt"] }
            found.take(described.completed(by: metadata))
            return nil
        } catch {
            return error
        }
    }

    /// What to build requests with, once the endpoints are known.
    ///
    /// - Parameter isEnough: Whether what the description says will do.
    func requests(
        unless isEnough: (OAuth2Scheme) -> Bool = \.isComplete
    ) async throws(OAuth2Error) -> RequestBuilder {
        guard client != nil else { throw .notConfigured(scheme: described.name) }
        try await discover { $0.isComplete && isEnough($0) }
        return RequestBuilder(scheme: scheme, serverURL: context.serverURL)
    }

    /// Asks for a token.
    ///
    /// - Parameter key: What the token is to be bound to.
    func token(for grant: Grant, key: DPoPKey?) async throws(OAuth2Error) -> TokenResponse {
        let response = try await send(try await requests().token(grant), key: key)
        let token = try TokenResponse(
            response.members, scopeSeparator: scheme.scopeSeparator, status: response.status, key: key)
        // RFC 9449 section 5: a client that cannot do without it must not use
        // the token.
        if scheme.dpop == .required, token.key == nil {
            throw .invalidResponse(status: response.status, reason: "the token is not bound to the key")
        }
        return token
    }

    /// Sends a request; once more where the server wants a nonce in the proof
    /// (RFC 9449 section 8).
    ///
    /// - Parameters:
    ///   - key: What the request is to prove possession of.
    ///   - bodyExpected: Whether a response without members is a fault.
    @discardableResult
    func send(
        _ request: EndpointRequest, key: DPoPKey? = nil, bodyExpected: Bool = true
    ) async throws(OAuth2Error) -> EndpointResponse {
        let (exchange, isNonceNew) = try await exchange(request, key)
        do {
            return try exchange.response(bodyExpected: bodyExpected)
        } catch {
            guard case .server(.useDPoPNonce, _, _, _) = error, key != nil, isNonceNew else { throw error }
        }
        return try await self.exchange(request, key).0.response(bodyExpected: bodyExpected)
    }

    private func exchange(
        _ request: EndpointRequest, _ key: DPoPKey?
    ) async throws(OAuth2Error) -> (EndpointRequest.Exchange, isNonceNew: Bool) {
        guard let client else { throw .notConfigured(scheme: described.name) }
        let authenticator = ClientAuthenticator(scheme: scheme, client: client, serverURL: context.serverURL)
        var request = try await authenticator.authenticated(request, now: clock.date)
        let endpoint = request.endpoint
        if let key {
            request.proof = try key.proof(
                .post, endpoint.url, nonce: nonces.nonce(for: endpoint.origin), now: clock.date)
        }
        let exchange = try await request.post(by: context.transport, within: timeout)
        return (exchange, nonces.take(from: exchange.head, for: endpoint.origin))
    }
}
