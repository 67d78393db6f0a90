import ApusRuntime
import Foundation

extension OAuth2Session {
    /// Asks the authorization server for its endpoints, where the scheme has a
    /// ``OAuth2Scheme/discoveryURL``: once, whoever asks and however many.
    /// Whatever needs an endpoint does so by itself, but for
    /// ``authorizationRequest(redirectURI:scopes:)``, which does not wait.
    ///
    /// - Throws: Why nothing was learned. The next call tries again.
    public func discover() async throws(OAuth2Error) {
        guard let url = described.discoveryURL, !described.isComplete, !found.isKnown else { return }
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
}

/// What discovery has brought. Not part of the actor, so that an authorization
/// request can be made without waiting.
final class FoundScheme: @unchecked Sendable {
    // Guarded by `lock`.
    private var value: OAuth2Scheme?
    private let lock = NSLock()

    var scheme: OAuth2Scheme? { lock.withLock { value } }
    var isKnown: Bool { scheme != nil }

    func take(_ scheme: OAuth2Scheme) {
        lock.withLock { value = scheme }
    }
}
