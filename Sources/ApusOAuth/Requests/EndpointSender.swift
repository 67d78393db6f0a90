import ApusRuntime
import Foundation

/// Sends requests to the endpoints of one authorization server, each with what
/// says who the client is and what proves that it has the key of its tokens.
struct EndpointSender: Sendable {
    let authenticator: ClientAuthenticator
    let transport: any Transport
    let clock: any OAuth2Clock
    let nonces: DPoPNonces
    /// For a request as a whole.
    let timeout: Duration

    /// Sends a request; once more where the server wants a nonce in the proof
    /// (RFC 9449 section 8).
    ///
    /// - Parameters:
    ///   - key: What the request is to prove possession of.
    ///   - bodyExpected: Whether an answer without members is a fault.
    func send(
        _ request: EndpointRequest, key: DPoPKey? = nil, bodyExpected: Bool = true
    ) async throws(OAuth2Error) -> EndpointAnswer {
        let (exchange, isNonceNew) = try await exchange(request, key)
        do {
            return try exchange.answer(bodyExpected: bodyExpected)
        } catch {
            guard case .server(.useDPoPNonce, _, _, _) = error, key != nil, isNonceNew else { throw error }
        }
        return try await self.exchange(request, key).0.answer(bodyExpected: bodyExpected)
    }

    private func exchange(
        _ request: EndpointRequest, _ key: DPoPKey?
    ) async throws(OAuth2Error) -> (EndpointRequest.Exchange, isNonceNew: Bool) {
        var request = try await authenticator.authenticated(request, now: clock.now)
        let endpoint = request.endpoint
        if let key {
            request.proof = try key.proof(
                .post, endpoint.url, nonce: nonces.nonce(for: endpoint.origin), now: clock.now)
        }
        let exchange = try await request.post(by: transport, within: timeout)
        return (exchange, nonces.take(from: exchange.response, for: endpoint.origin))
    }
}
