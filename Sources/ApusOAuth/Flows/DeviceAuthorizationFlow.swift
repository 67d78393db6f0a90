import ApusRuntime
import Foundation

extension Grant {
    static func deviceCode(_ code: Secret, scopes: [String]) -> Grant {
        Grant(GrantType.deviceCode, [Parameter("device_code", code)], scopes: scopes, namesScopes: false, secrets: [code])
    }
}

extension OAuth2Session {
    /// Begins signing in on another device (RFC 8628): show the user the code
    /// and the address.
    ///
    /// - Parameter scopes: What to ask for.
    public func deviceAuthorization(scopes: [String] = []) async throws(OAuth2Error) -> DeviceAuthorization {
        let request = try await endpoint.requests { $0.deviceAuthorizationURL != nil }.deviceAuthorization(scopes: scopes)
        let asked = clock.date
        return try DeviceAuthorization(try await endpoint.send(request), scopes: scopes, askedAt: asked)
    }

    /// Waits until the user has signed in on the other device (RFC 8628
    /// section 3.4). Faults of the network or of the server do not end the
    /// waiting, only make it ask more rarely.
    ///
    /// - Throws: ``OAuth2Error/deviceCodeExpired``, the server's error such as
    ///   `access_denied`, or ``OAuth2Error/cancelled``.
    public func signIn(with authorization: DeviceAuthorization) async throws(OAuth2Error) {
        let grant = Grant.deviceCode(authorization.deviceCode, scopes: authorization.scopes)
        let key = newKey()
        var interval = authorization.interval
        while true {
            guard clock.date.addingTimeInterval(interval) < authorization.expiresAt else { throw .deviceCodeExpired }
            do { try await clock.sleep(for: .seconds(interval)) } catch { throw .cancelled }
            do {
                return try await signIn(grant, key: key)
            } catch {
                switch error {
                case .server(.authorizationPending, _, _, _): break
                case .server(.slowDown, _, _, _): interval += 5
                case .server(.expiredToken, _, _, _): throw .deviceCodeExpired
                case .store: throw error
                case _ where error.isRetryable:
                    // Section 3.5: an exponential backoff after a time-out.
                    interval = min(interval * 2, max(interval, 60))
                default: throw error
                }
            }
        }
    }
}
