import Foundation

extension OAuth2Session {
    /// Forgets the tokens, here and in the store, and then revokes them where
    /// the server can (RFC 7009).
    ///
    /// - Parameter revoke: Whether to tell the server.
    /// - Throws: ``OAuth2Error/store(_:)`` where the store still has them, or
    ///   why they could not be revoked. In either case this session is signed
    ///   out.
    public func signOut(revoke: Bool = true) async throws(OAuth2Error) {
        // Also a token that is in the store only is to be revoked; one that
        // cannot be read cannot.
        let token = await self.token
        let failure = await forget(.requested)
        if revoke, let token { try await self.revoke(token) }
        if let failure { throw failure }
    }

    func revoke(_ token: OAuth2Token) async throws(OAuth2Error) {
        let sender = try await sender()
        guard let request = try requests.revocation(of: token) else { return }
        _ = try await sender.send(request, bodyExpected: false)
    }
}
