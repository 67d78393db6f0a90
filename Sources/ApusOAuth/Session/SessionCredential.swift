import ApusRuntime
import HTTPTypes

extension OAuth2Session: Credential {
    /// Adds `Authorization: Bearer …` (RFC 6750 section 2.1) with a token that
    /// holds long enough for the request, renewing it first if need be.
    public nonisolated func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        if request.scheme?.lowercased() == "http", !LoopbackAddress.isLoopback(authority: request.authority ?? "") {
            throw .insecureConnection(host: request.authority ?? "")
        }
        let token: OAuth2Token
        do {
            token = try await usableToken()
        } catch {
            throw authorizationError(error)
        }
        request.headerFields[.authorization] = "Bearer " + token.accessToken.exposed
    }

    /// Renews the token that `request` carried, if it is still the present
    /// one.
    ///
    /// - Throws: An ``OAuth2Error/insufficientScope(required:)`` where a new
    ///   token would not help, in an `AuthorizationError`.
    public nonisolated func recover(
        _ request: HTTPRequest, response: HTTPResponse, context: CredentialContext
    ) async throws(AuthorizationError) -> Bool {
        if let error = OAuth2Error.insufficientScope(in: response) { throw authorizationError(error) }
        guard response.status.code == 401 else { return false }
        let prefix = "Bearer "
        guard let sent = request.headerFields[.authorization], sent.hasPrefix(prefix) else { return false }
        do {
            return try await replace(Secret(String(sent.dropFirst(prefix.count))))
        } catch {
            throw authorizationError(error)
        }
    }

    /// Gets a new token although the present one has not ended.
    ///
    /// - Throws: ``OAuth2Error/signInRequired`` where there is nothing to get
    ///   one with.
    public func refreshToken() async throws(OAuth2Error) {
        guard let token = try await restore(), token.isRenewable else { throw .signInRequired }
        _ = try await renewed(replacing: token)
    }

    /// Whether there is another token than the one that was sent.
    private func replace(_ sent: Secret) async throws(OAuth2Error) -> Bool {
        guard let token = try await restore() else { return false }
        if token.accessToken != sent { return true }
        guard token.isRenewable else {
            announceExpiry(of: token)
            return false
        }
        _ = try await renewed(replacing: token)
        return true
    }

    private nonisolated func authorizationError(_ error: OAuth2Error) -> AuthorizationError {
        switch error {
        case .signInRequired: .signInRequired(scheme: scheme.name)
        case _ where error.endsGrant: .signInRequired(scheme: scheme.name)
        case .notConfigured: .missingCredential(schemes: [scheme.name])
        case .cancelled: .failed(scheme: scheme.name, CancellationError())
        default: .failed(scheme: scheme.name, error)
        }
    }
}
