import ApusRuntime
import HTTPTypes

extension OAuth2Session: Credential {
    /// Adds `Authorization: Bearer …` (RFC 6750 section 2.1), or `DPoP …` and a
    /// proof (RFC 9449 section 7.1), with a token that holds long enough for
    /// the request, renewing it first if need be.
    public nonisolated func authorize(
        _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
    ) async throws(AuthorizationError) {
        if request.scheme?.lowercased() == "http", !LoopbackAddress.isLoopback(authority: request.authority ?? "") {
            throw .insecureConnection(host: request.authority ?? "")
        }
        do throws(OAuth2Error) {
            let token = try await validToken()
            guard let key = token.key else {
                // RFC 9449 section 7.1: without its proof it is worth nothing,
                // and as a bearer token it would only be given away.
                if token.tokenType.lowercased() == "dpop" { throw .signingFailed(SigningKeyError.malformed) }
                request.headerFields.setToken("Bearer " + token.accessToken.exposed)
                return
            }
            request.headerFields[.dpop] = try key.proof(
                request.method, request.origin + (request.path ?? "/"), token: token.accessToken,
                nonce: resourceNonces.nonce(for: request.origin.lowercased()), now: clock.date)
            request.headerFields.setToken("DPoP " + token.accessToken.exposed)
        } catch {
            throw authorizationError(error)
        }
    }

    /// Takes the nonce that the next proof is to carry (RFC 9449 section 8.2).
    public nonisolated func receive(_ response: HTTPResponse, to request: HTTPRequest) {
        resourceNonces.take(from: response, for: request.origin.lowercased())
    }

    /// Renews the token that `request` carried, if it is still the present
    /// one. Where only the proof lacked a nonce, the token is as good as
    /// before.
    public nonisolated func recover(
        _ request: HTTPRequest, response: HTTPResponse, context: CredentialContext
    ) async throws(AuthorizationError) -> Bool {
        guard response.status.code == 401, let sent = request.headerFields[.authorization] else { return false }
        let parts = sent.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, parts[0] == "Bearer" || parts[0] == "DPoP" else { return false }
        if parts[0] == "DPoP", Challenge.all(in: response).contains(where: \.wantsNonce) {
            return response.headerFields[.dpopNonce] != nil
        }
        guard Challenge.all(in: response).allSatisfy(\.mayBeOfToken) else { return false }
        do {
            return try await replace(Secret(String(parts[1])))
        } catch {
            throw authorizationError(error)
        }
    }

    /// Gets a new token although the present one has not ended.
    ///
    /// - Throws: ``OAuth2Error/signInRequired`` where there is nothing to get
    ///   one with.
    public func refreshToken() async throws(OAuth2Error) {
        guard let record = try await vault.restore(), record.token?.isRenewable == true else { throw .signInRequired }
        _ = try await renewed(replacing: record, .requested)
    }

    /// Whether there is another token than the one that was sent.
    private func replace(_ sent: Secret) async throws(OAuth2Error) -> Bool {
        guard let record = try await vault.restore(), let token = record.token else { return false }
        if token.accessToken != sent { return true }
        guard token.isRenewable else {
            announceExpiry(of: token)
            return false
        }
        // An operation that refuses every token must not have a new one each
        // time: there are servers that end a grant for it.
        if record.renewals > 0, token.isFresh(at: clock.date) { return false }
        return try await renewed(replacing: record, .refused).accessToken != sent
    }

    private nonisolated func authorizationError(_ error: OAuth2Error) -> AuthorizationError {
        switch error {
        case .signInRequired: .signInRequired(scheme: scheme.name)
        case _ where scheme.endsGrant(error): .signInRequired(scheme: scheme.name)
        case .notConfigured: .missingCredential(schemes: [scheme.name])
        case .cancelled: .failed(scheme: scheme.name, CancellationError())
        default: .failed(scheme: scheme.name, error)
        }
    }
}

extension Challenge {
    /// RFC 6750 section 3.1: a challenge to the token that says what is wrong
    /// with it says `invalid_token` where another one would do.
    fileprivate var mayBeOfToken: Bool {
        guard scheme == "bearer" || scheme == "dpop", let error = parameters["error"] else { return true }
        return error == OAuth2Error.Code.invalidToken.rawValue
    }

    /// RFC 9449 section 9.
    fileprivate var wantsNonce: Bool {
        scheme == "dpop" && parameters["error"] == OAuth2Error.Code.useDPoPNonce.rawValue
    }
}

extension HTTPRequest {
    /// Scheme, host and port.
    fileprivate var origin: String { "\(scheme ?? "")://\(authority ?? "")" }
}

extension HTTPFields {
    /// Sets what authorizes a request. HTTP/2 and HTTP/3 do not keep it in
    /// their compression tables (RFC 7541 section 7.1).
    fileprivate mutating func setToken(_ value: String) {
        var field = HTTPField(name: .authorization, value: value)
        field.indexingStrategy = .disallow
        self[fields: .authorization] = [field]
    }
}
