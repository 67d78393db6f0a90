import ApusRuntime
import Foundation

extension OAuth2Session {
    enum RefreshOutcome: Sendable {
        case renewed(OAuth2Token)
        case failed(OAuth2Error)
        /// Somebody signed in or out meanwhile.
        case superseded
        /// The waiting task was cancelled; the refresh goes on.
        case abandoned
    }

    /// A token that can be sent now.
    func usableToken() async throws(OAuth2Error) -> OAuth2Token {
        guard let token = try await restore() else { throw .signInRequired }
        if unsavedSince != nil { await saveUnsaved() }
        guard token.isDue(at: clock.now, leeway: leeway) else { return token }
        guard token.isRenewable else {
            guard token.isExpired(at: clock.now) else { return token }
            announceExpiry(of: token)
            throw .signInRequired
        }
        do {
            return try await renewed(replacing: token)
        } catch {
            // The server cannot renew just now, but what there is still holds.
            if error.isRetryable, current?.accessToken == token.accessToken, !token.isExpired(at: clock.now) {
                return token
            }
            throw error
        }
    }

    /// A token other than `stale`: the present one if it is another already,
    /// else that of the one refresh.
    func renewed(replacing stale: OAuth2Token) async throws(OAuth2Error) -> OAuth2Token {
        if let current, current.accessToken != stale.accessToken { return current }
        if Task.isCancelled { throw .cancelled }
        switch await refreshed() {
        case .renewed(let token): return token
        case .failed(let error): throw error
        case .abandoned: throw .cancelled
        case .superseded:
            _ = await lastWrite?.value
            guard let current else { throw .signInRequired }
            return current
        }
    }

    func announceExpiry(of token: OAuth2Token) {
        guard announcedExpiry != token.accessToken else { return }
        announcedExpiry = token.accessToken
        broadcast.send(.expired)
    }

    /// Joins the refresh that is under way, or begins one.
    private func refreshed() async -> RefreshOutcome {
        if refresh == nil {
            // Not a child of the caller, so that its cancellation does not
            // reach the request: with rotating refresh tokens an answer that
            // nobody reads is a lost session.
            refresh = Task { await self.performRefresh() }
        }
        nextWaiter &+= 1
        let waiter = nextWaiter
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiters[waiter] = $0 }
        } onCancel: {
            Task { await self.abandon(waiter) }
        }
    }

    private func abandon(_ waiter: Int) {
        waiters.removeValue(forKey: waiter)?.resume(returning: .abandoned)
    }

    private func performRefresh() async {
        let began = generation
        let outcome: RefreshOutcome
        do {
            outcome = try await store.exclusively(storeKey) { await self.refreshExclusively(began) }
        } catch {
            outcome = .failed(.store(error))
        }
        refresh = nil
        let waiting = waiters
        waiters = [:]
        for waiter in waiting.values { waiter.resume(returning: outcome) }
    }

    /// One refresh, while no other process that shares the store does one.
    private func refreshExclusively(_ began: Int) async -> RefreshOutcome {
        guard generation == began, var token = current else { return .superseded }
        if unsavedSince == nil {
            switch await stored() {
            case .unreadable: break
            case .none:
                guard generation == began else { return .superseded }
                generation &+= 1
                current = nil
                broadcast.send(.signedOut(.elsewhere))
                return .failed(.signInRequired)
            case .token(let other):
                guard generation == began else { return .superseded }
                if other.accessToken != token.accessToken {
                    // Another process has refreshed already.
                    current = other
                    token = other
                    if !other.isDue(at: clock.now, leeway: leeway) {
                        broadcast.send(.refreshed)
                        return .renewed(other)
                    }
                }
            }
        }
        var adoptions = 0
        while true {
            let asked = clock.now
            let answer: TokenAnswer
            do {
                answer = try await requestRenewal(of: token)
            } catch {
                guard generation == began else { return .superseded }
                guard error.endsGrant else { return .failed(error) }
                // A store without exclusion: perhaps another process was
                // faster, and its refresh token replaced ours.
                if adoptions < 2, case .token(let other) = await stored(), generation == began,
                    other.refreshToken != token.refreshToken
                {
                    adoptions += 1
                    current = other
                    token = other
                    if !other.isDue(at: clock.now, leeway: leeway) {
                        broadcast.send(.refreshed)
                        return .renewed(other)
                    }
                    continue
                }
                guard generation == began else { return .superseded }
                _ = await forget(.refused(error))
                return .failed(error)
            }
            return await takeOver(answer.token(after: token, askedAt: asked), began)
        }
    }

    private func takeOver(_ token: OAuth2Token, _ began: Int) async -> RefreshOutcome {
        let failure = generation == began ? await write(.save(token), generation: began) : nil
        guard generation == began else {
            // Signed out while the request was under way: the server has just
            // issued a token that nobody will ever hold.
            if current == nil { try? await revoke(token) }
            return .superseded
        }
        use(token, failure: failure)
        broadcast.send(.refreshed)
        if let failure { broadcast.send(.unsaved(failure)) }
        return .renewed(token)
    }

    /// Asks the server, up to three times while it or the network is at fault.
    private func requestRenewal(of token: OAuth2Token) async throws(OAuth2Error) -> TokenAnswer {
        let grant: EndpointRequests.Grant
        if let refreshToken = token.refreshToken {
            grant = .refresh(refreshToken, of: token.grantType)
        } else if token.grantType == GrantType.clientCredentials {
            grant = .clientCredentials(scopes: token.scopes)
        } else {
            throw .signInRequired
        }
        // The server binds the refresh tokens of public clients to the key too
        // (RFC 9449 section 5).
        let key = token.key ?? newKey()
        var attempt = 1
        while true {
            do {
                return try await answer(to: grant, key: key)
            } catch {
                // No longer than somebody would wait for the request that is
                // held up by this.
                var pause = 0.5 * Double(attempt * attempt) * Double.random(in: 1...1.5)
                if case .unavailable(_, let retryAfter?) = error { pause = max(pause, retryAfter) }
                guard error.isRetryable, attempt < 3, pause <= 10 else { throw error }
                do { try await clock.sleep(seconds: pause) } catch { throw .cancelled }
                attempt += 1
            }
        }
    }

    private enum Stored: Sendable {
        case token(OAuth2Token)
        case none
        case unreadable
    }

    private func stored() async -> Stored {
        _ = await lastWrite?.value
        do {
            return try await store.load(storeKey).map { .token($0) } ?? .none
        } catch {
            // What is in memory is as good as ever.
            return .unreadable
        }
    }
}
