import Foundation

extension OAuth2Session {
    enum Change: Sendable {
        case save(OAuth2Token)
        case clear
    }

    /// Takes the token of a sign-in into use.
    ///
    /// - Throws: ``OAuth2Error/store(_:)`` where it could not be saved. It is
    ///   in use all the same.
    func signedIn(with token: OAuth2Token) async throws(OAuth2Error) {
        generation &+= 1
        let mine = generation
        let failure = await write(.save(token), generation: mine)
        // A later sign-in or sign-out has the last word.
        guard generation == mine else { return }
        use(token, failure: failure)
        broadcast.send(.signedIn)
        if let failure {
            broadcast.send(.unsaved(failure))
            throw failure
        }
    }

    /// Forgets the token, here and in the store.
    ///
    /// - Returns: What went wrong with the store.
    func forget(_ reason: SignOutReason) async -> OAuth2Error? {
        generation &+= 1
        current = nil
        unsavedSince = nil
        let failure = await write(.clear, generation: generation)
        broadcast.send(.signedOut(reason))
        return failure
    }

    func use(_ token: OAuth2Token, failure: OAuth2Error?) {
        current = token
        unsavedSince = failure == nil ? nil : clock.now
    }

    /// Changes the store after all changes before, and independently of
    /// whether the caller is cancelled. Does nothing if by then a sign-in or a
    /// sign-out has made the change out of date.
    func write(_ change: Change, generation: Int) async -> OAuth2Error? {
        let previous = lastWrite
        let task = Task { () async -> OAuth2Error? in
            _ = await previous?.value
            guard self.generation == generation else { return nil }
            do {
                switch change {
                case .save(let token): try await store.save(token, for: storeKey)
                case .clear: try await store.clear(storeKey)
                }
                isStoreStale = false
                return nil
            } catch {
                if case .clear = change { isStoreStale = true }
                return .store(error)
            }
        }
        lastWrite = task
        return await task.value
    }

    /// Tries again to save a token that could not be saved, at most every ten
    /// seconds.
    func saveUnsaved() async {
        guard let since = unsavedSince, let token = current, clock.now.timeIntervalSince(since) >= 10 else { return }
        unsavedSince = clock.now
        let failure = await write(.save(token), generation: generation)
        if failure == nil, current?.accessToken == token.accessToken { unsavedSince = nil }
    }
}
