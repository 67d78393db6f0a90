import ApusRuntime
import Foundation

extension Grant {
    /// RFC 6749 section 6.
    ///
    /// - Parameter first: The `grant_type` that has brought the first token.
    static func refresh(_ token: Secret, of first: String) -> Grant {
        Grant(GrantType.refreshToken, [Parameter("refresh_token", token)], secrets: [token], renewed: first)
    }
}

extension OAuth2Session {
    enum RefreshOutcome: Sendable {
        case renewed(TokenRecord)
        case failed(OAuth2Error)
        /// A sign-in or sign-out came in between.
        case superseded
    }

    /// Why a token is to be renewed.
    enum RenewalReason: Sendable {
        /// It ends soon, or has ended.
        case due
        /// An API has refused it.
        case refused
        /// The program wants another one.
        case requested
    }

    /// A token that can be sent now: it has not ended, and is renewed first where
    /// it ends soon. For protocols that Apus does not speak, such as SMTP.
    ///
    /// - Throws: ``OAuth2Error/signInRequired`` where there is none and none can
    ///   be got without the user, ``OAuth2Error/renewalNotAllowed`` where this
    ///   session does not renew tokens.
    public func validToken() async throws(OAuth2Error) -> OAuth2Token {
        guard let record = try await vault.restore(), let token = record.token else { throw .signInRequired }
        await vault.saveUnsaved()
        guard token.isDue(at: clock.date, leeway: leeway) else { return token }
        let holds = !token.isExpired(at: clock.date) && !token.isFromTheFuture(at: clock.date)
        guard token.isRenewable else {
            if holds { return token }
            announceExpiry(of: token)
            throw .signInRequired
        }
        if holds, !renewsTokens { return token }
        do {
            return try await renewed(replacing: record, .due, within: holds ? patience : nil)
        } catch {
            // There is no new one just now, but what there is still holds.
            let isPresent = await vault.current?.signIn == record.signIn
            if holds, error.isRetryable || isLate(error), isPresent { return token }
            throw error
        }
    }

    private func isLate(_ error: OAuth2Error) -> Bool {
        if case .transport(is RefreshUnderWay) = error { true } else { false }
    }

    /// The refresh goes on, but nobody waits for it any more.
    struct RefreshUnderWay: Error {}

    /// A token other than `stale`: the present one if it is another already,
    /// else that of the one refresh.
    func renewed(
        replacing stale: TokenRecord, _ reason: RenewalReason, within limit: Duration? = nil
    ) async throws(OAuth2Error) -> OAuth2Token {
        // A flight that began for an older token may end with this one.
        for _ in 0..<3 {
            guard let record = await vault.current, let token = record.token else { throw .signInRequired }
            if record.revision != stale.revision { return token }
            let outcome = await refreshes.value(for: record.signIn, within: limit) {
                await self.refresh(record, reason)
            }
            switch outcome {
            case .cancelled: throw .cancelled
            case .late: throw .transport(RefreshUnderWay())
            case .value(.failed(let error)): throw error
            case .value(.renewed), .value(.superseded): break
            }
        }
        guard let token = await vault.current?.token else { throw .signInRequired }
        return token
    }

    func announceExpiry(of token: OAuth2Token) {
        guard announcedExpiry != token.accessToken else { return }
        announcedExpiry = token.accessToken
        broadcast.send(.expired)
    }

    private func refresh(_ stale: TokenRecord, _ reason: RenewalReason) async -> RefreshOutcome {
        if let error = failures.error(for: stale.signIn, at: clock.date, isRequested: reason == .requested) {
            return .failed(error)
        }
        do {
            return try await store.exclusively(storeKey) { await self.refreshExclusively(stale, reason) }
        } catch {
            return .failed(.store(error))
        }
    }

    /// One refresh, while nobody else who shares the store does one.
    private func refreshExclusively(_ stale: TokenRecord, _ reason: RenewalReason) async -> RefreshOutcome {
        // A store that does not exclude others lets them be faster, twice.
        for adoption in 0..<3 {
            guard case .record(let spent) = await vault.synchronize(stale.signIn), let token = spent.token else {
                return .superseded
            }
            if spent.revision != stale.revision, !token.isDue(at: clock.date, leeway: leeway) { return .renewed(spent) }
            if !renewsTokens { return .failed(.renewalNotAllowed) }
            let asked = clock.date
            do {
                let response = try await requestRenewal(of: token)
                failures.forget()
                return await takeOver(response, after: spent, token, askedAt: asked)
            } catch {
                guard scheme.endsGrant(error) else {
                    failures.remember(error, for: stale.signIn, at: clock.date)
                    return .failed(error)
                }
                let standing = await vault.synchronize(stale.signIn)
                if adoption < 2, case .record(let other) = standing, other.revision != spent.revision { continue }
                return await refused(spent, token, reason, error)
            }
        }
        return .failed(.signInRequired)
    }

    /// The server has ended the grant. What it gave before is used to its end,
    /// unless an API has refused it.
    private func refused(
        _ spent: TokenRecord, _ token: OAuth2Token, _ reason: RenewalReason, _ error: OAuth2Error
    ) async -> RefreshOutcome {
        guard reason == .due, token.refreshToken != nil, token.expiresAt != nil, !token.isExpired(at: clock.date),
            !token.isFromTheFuture(at: clock.date)
        else {
            await vault.end(spent, error)
            return .failed(error)
        }
        var rest = token
        rest.refreshToken = nil
        var record = spent
        record.token = rest
        record.revision = RandomText.fresh()
        if case .late = await vault.land(record, after: spent, isQuiet: true) { return .superseded }
        return .renewed(record)
    }

    private func takeOver(
        _ response: TokenResponse, after spent: TokenRecord, _ old: OAuth2Token, askedAt asked: Date
    ) async -> RefreshOutcome {
        var token = response.token(after: old, askedAt: asked)
        do throws(OAuth2Error) {
            if let idToken = response.idToken {
                try validator.check(idToken, follows: old.idToken, at: asked)
                switch await signature(of: idToken) {
                case .signed: break
                case .notSigned(let error): throw error
                // The refresh token is spent, so what it has brought is used, but
                // for the ID token.
                case .unknown: token.idToken = old.idToken
                }
            }
        } catch {
            // OpenID Connect Core section 12.2: perhaps another user's.
            await giveUp(token)
            await vault.end(spent, error)
            return .failed(error)
        }
        switch await vault.land(spent.renewed(with: token), after: spent) {
        case .taken(let record), .outdone(let record): return .renewed(record)
        case .late:
            // The server has just issued a token that nobody will ever hold.
            await giveUp(token)
            return .superseded
        }
    }

    /// Asks the server, up to three times while it or the network is at fault.
    private func requestRenewal(of token: OAuth2Token) async throws(OAuth2Error) -> TokenResponse {
        let grant: Grant
        if let refreshToken = token.refreshToken {
            grant = .refresh(refreshToken, of: token.grantType)
        } else if token.grantType == GrantType.clientCredentials {
            // What was asked for first: the server may have granted scopes that
            // nobody may ask for.
            grant = .clientCredentials(scopes: token.requestedScopes ?? token.scopes)
        } else {
            throw .signInRequired
        }
        // The server binds the refresh tokens of public clients to the key too
        // (RFC 9449 section 5).
        let key = token.key ?? newKey()
        let start = clock.now
        var retries = 0
        while true {
            do {
                return try await endpoint.token(for: grant, key: key)
            } catch {
                // The server may have done it. It is asked again all the same, within
                // seconds: a session whose answer was lost has nothing to lose.
                let question = RetryQuestion(
                    policy: Self.retries, outcome: .failure(error), isIdempotent: true, hasIdempotencyKey: false,
                    isBodyReplayable: true, retries: retries, timeLeft: endpoint.timeout - (clock.now - start))
                guard case .retry(let delay, _) = question.decision(now: clock.date, random: { .random(in: 0..<1) }) else { throw error }
                do { try await clock.sleep(for: delay) } catch { throw .cancelled }
                retries += 1
            }
        }
    }

    /// No longer than somebody would wait for the request that is held up by it.
    private static let retries = RetryPolicy(
        maximumRetries: 2, baseDelay: .milliseconds(500), maximumDelay: .seconds(5), longestRetryAfter: .seconds(10))
}
