import Foundation

extension OAuth2Session {
    /// Forgets the tokens, here and in the store, and then revokes them where
    /// the server can (RFC 7009).
    ///
    /// - Parameter revoke: Whether to tell the server.
    /// - Throws: ``OAuth2Error/store(_:)`` where the store still has them, or
    ///   why they could not be revoked; ``revokePending()`` can try that again.
    ///   In either case this session is signed out.
    public func signOut(revoke: Bool = true) async throws(OAuth2Error) {
        let (tokens, failure) = await vault.signOut()
        if revoke {
            try await self.revoke(tokens)
        } else {
            await vault.revoked(tokens)
        }
        if let failure { throw failure }
    }

    /// Revokes what a sign-out could not, for instance as there was no network.
    /// The store keeps it until then, also in later runs of the program.
    ///
    /// - Throws: Why it could not be revoked now either.
    public func revokePending() async throws(OAuth2Error) {
        _ = try await vault.restore()
        try await revoke(await vault.record?.unrevoked ?? [])
    }

    private func revoke(_ tokens: [RevocableToken]) async throws(OAuth2Error) {
        guard !tokens.isEmpty else { return }
        let requests = try await endpoint.requests { $0.revocationURL != nil }
        for token in tokens {
            if let request = try requests.revocation(of: token) {
                try await endpoint.send(request, bodyExpected: false)
            }
            await vault.revoked([token])
        }
    }

    /// Revokes a token that nobody will use, if that is possible.
    func giveUp(_ token: OAuth2Token) async {
        let requests = try? await endpoint.requests { $0.revocationURL != nil }
        guard let request = try? requests?.revocation(of: RevocableToken(token)) else { return }
        _ = try? await endpoint.send(request, bodyExpected: false)
    }
}
