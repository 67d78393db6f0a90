import ApusRuntime
import Foundation

/// The token that a session goes by, and the store behind it.
///
/// What is in memory changes only together with the store, one change after the
/// other, and independently of whether a caller is cancelled. Where the store
/// cannot be written, memory goes ahead and the store is tried again.
actor TokenVault {
    private let store: any TokenStore
    private let key: String
    private let clock: any CallClock
    private let broadcast: StateBroadcast

    /// What the session goes by; without a token after a sign-out.
    private(set) var record: TokenRecord?
    /// The revision that the store is believed to hold.
    private var storeRevision: String?
    /// When writing ``record`` failed last; `nil` where it is in the store.
    private var unsavedSince: Date?
    /// The last change; the next one waits for it.
    private var lastTurn: Task<Void, Never>?

    init(store: any TokenStore, key: String, clock: any CallClock, broadcast: StateBroadcast) {
        self.store = store
        self.key = key
        self.clock = clock
        self.broadcast = broadcast
    }

    /// The record in use, if somebody is signed in.
    var current: TokenRecord? { record?.token == nil ? nil : record }

    /// The record in use. While there is none the store is asked, so that a
    /// sign-in elsewhere is noticed.
    func restore() async throws(OAuth2Error) -> TokenRecord? {
        if let current { return current }
        let failure = await inTurn { vault in await vault.load() }
        if let failure { throw failure }
        return current
    }

    private func load() async -> OAuth2Error? {
        if current != nil { return nil }
        if unsavedSince != nil {
            // A sign-out that the store does not know of yet.
            await saveNow()
            if unsavedSince != nil { return nil }
        }
        do {
            guard let found = try await store.record(for: key) else { return nil }
            adopt(found)
            if found.token != nil { broadcast.send(.signedIn) }
            return nil
        } catch {
            return .store(error)
        }
    }

    /// Takes the token of a sign-in into use, whatever the store holds.
    ///
    /// - Returns: Why it could not be saved. It is in use all the same.
    func signIn(_ token: OAuth2Token) async -> OAuth2Error? {
        await inTurn { vault in
            var new = TokenRecord(signedInWith: token)
            let failure = await vault.overwrite { found in
                new.unrevoked = found?.unrevoked ?? []
                return new
            }
            vault.use(new, failure: failure)
            vault.broadcast.send(.signedIn)
            if let failure { vault.broadcast.send(.unsaved(failure)) }
            return failure
        }
    }

    /// Forgets the token, here and in the store.
    ///
    /// - Returns: What is to be revoked, and why the store still has it.
    func signOut() async -> (revocable: [RevocableToken], failure: OAuth2Error?) {
        await inTurn { vault in
            let old = vault.record
            let isUnsaved = vault.unsavedSince != nil
            var mark = TokenRecord(signedOutOf: old?.signIn)
            // Nobody here uses the token any more, however long the store takes.
            vault.record = mark
            let failure = await vault.overwrite { found in
                var tokens = found?.unrevoked ?? old?.unrevoked ?? []
                if let token = found?.token { tokens.append(RevocableToken(token)) }
                // The store's is the later one of the same sign-in, unless this
                // session could not save its own.
                if let token = old?.token, isUnsaved || found?.token == nil || found?.signIn != old?.signIn {
                    tokens.append(RevocableToken(token))
                }
                mark.unrevoked = tokens.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
                return mark
            }
            vault.use(mark, failure: failure)
            vault.broadcast.send(.signedOut(.requested))
            return (mark.unrevoked, failure)
        }
    }

    /// Notes that tokens have been revoked.
    func revoked(_ tokens: [RevocableToken]) async {
        await inTurn { vault in
            guard var new = vault.record, new.unrevoked.contains(where: tokens.contains) else { return }
            let old = new
            new.unrevoked.removeAll(where: tokens.contains)
            new.revision = RandomText.fresh()
            // Where this fails they are revoked once more, which does no harm.
            guard vault.unsavedSince == nil,
                (try? await vault.store.replace(old.revision, with: new, for: vault.key)) == true
            else { return }
            vault.adopt(new)
        }
    }

    /// What the store holds of this session's sign-in, before a refresh token is spent.
    enum Standing: Sendable {
        case record(TokenRecord)
        /// Somebody has signed out, or signed in anew, here or elsewhere.
        case signedOut
    }

    /// Looks what others have done, and takes over what is of the same sign-in.
    func synchronize(_ signIn: String) async -> Standing {
        await inTurn { vault in
            guard let own = vault.current, own.signIn == signIn else { return .signedOut }
            if vault.unsavedSince != nil { return .record(own) }
            // What is in memory is as good as ever where the store cannot be read.
            let found: TokenRecord?
            do { found = try await vault.store.record(for: vault.key) } catch { return .record(own) }
            guard let found else {
                // The file is gone, the keychain is locked: nobody signed out.
                if (try? await vault.store.replace(nil, with: own, for: vault.key)) == true {
                    vault.storeRevision = own.revision
                }
                return .record(own)
            }
            if found.revision == own.revision { return .record(own) }
            return vault.follow(found, after: own)
        }
    }

    /// What became of the response to a refresh.
    enum Landing: Sendable {
        /// It is in use; where the store failed, with why.
        case taken(TokenRecord)
        /// Somebody without the lock was faster, with the same sign-in.
        case outdone(TokenRecord)
        /// Nobody may use it: a sign-in or a sign-out came in between.
        case late
    }

    /// Puts the token that a refresh has brought in place of the record that was
    /// spent on it, unless somebody has come in between.
    func land(_ new: TokenRecord, after spent: TokenRecord, isQuiet: Bool = false) async -> Landing {
        await inTurn { vault in
            guard let own = vault.current, own.signIn == spent.signIn else { return .late }
            var expected = vault.storeRevision
            while true {
                do {
                    if try await vault.store.replace(expected, with: new, for: vault.key) {
                        vault.use(new, failure: nil)
                        if !isQuiet { vault.broadcast.send(.refreshed) }
                        return .taken(new)
                    }
                    let found = try await vault.store.record(for: vault.key)
                    if let found, found.revision != spent.revision {
                        guard case .record(let other) = vault.follow(found, after: own) else { return .late }
                        return .outdone(other)
                    }
                    expected = found?.revision
                } catch {
                    let failure = OAuth2Error.store(error)
                    vault.use(new, failure: failure)
                    if !isQuiet { vault.broadcast.send(.refreshed) }
                    vault.broadcast.send(.unsaved(failure))
                    return .taken(new)
                }
            }
        }
    }

    /// Ends a session whose grant the server has refused, unless others have
    /// gone on with it.
    func end(_ spent: TokenRecord, _ reason: OAuth2Error) async {
        await inTurn { vault in
            guard let own = vault.current, own.signIn == spent.signIn else { return }
            let mark = TokenRecord(signedOutOf: own.signIn, unrevoked: own.unrevoked)
            var failure: OAuth2Error?
            do {
                let expected = vault.storeRevision
                if try await !vault.store.replace(expected, with: mark, for: vault.key),
                    let found = try await vault.store.record(for: vault.key)
                {
                    // Theirs is none of this session's business.
                    vault.storeRevision = found.revision
                }
            } catch {
                failure = .store(error)
            }
            vault.record = mark
            vault.unsavedSince = failure == nil ? nil : vault.clock.date
            if failure == nil, vault.storeRevision == own.revision { vault.storeRevision = mark.revision }
            vault.broadcast.send(.signedOut(.refused(reason)))
        }
    }

    /// Tries again to save what could not be saved, at most every ten seconds.
    func saveUnsaved() async {
        guard unsavedSince != nil else { return }
        await inTurn { vault in await vault.saveNow() }
    }

    private func saveNow() async {
        // The clock may have been put back.
        guard let since = unsavedSince, let own = record, abs(clock.date.timeIntervalSince(since)) >= 10 else { return }
        unsavedSince = clock.date
        var expected = storeRevision
        do {
            while try await !store.replace(expected, with: own, for: key) {
                let found = try await store.record(for: key)
                if let found, found.signIn != own.signIn || (own.token != nil && found.renewals >= own.renewals) {
                    unsavedSince = nil
                    if own.token == nil { return adopt(found) }
                    _ = follow(found, after: own)
                    return
                }
                expected = found?.revision
            }
            storeRevision = own.revision
            unsavedSince = nil
        } catch {
            // The next call tries again.
        }
    }

    /// Goes on with what somebody else has written; forgets the token where that
    /// is no longer the sign-in of this session.
    private func follow(_ found: TokenRecord, after own: TokenRecord) -> Standing {
        guard found.signIn == own.signIn, found.token != nil else {
            record = nil
            storeRevision = found.revision
            unsavedSince = nil
            broadcast.send(.signedOut(.elsewhere))
            return .signedOut
        }
        adopt(found)
        broadcast.send(.refreshed)
        return .record(found)
    }

    private func adopt(_ found: TokenRecord) {
        record = found
        storeRevision = found.revision
        unsavedSince = nil
    }

    private func use(_ new: TokenRecord, failure: OAuth2Error?) {
        record = new
        unsavedSince = failure == nil ? nil : clock.date
        if failure == nil { storeRevision = new.revision }
    }

    /// Replaces whatever the store holds.
    ///
    /// - Parameter make: Gets what the store holds, if that can be read, and
    ///   gives what is to take its place.
    private func overwrite(_ make: (TokenRecord?) -> TokenRecord) async -> OAuth2Error? {
        var failure: (any Error)?
        while true {
            var found: TokenRecord?
            var expected = storeRevision
            do {
                found = try await store.record(for: key)
                expected = found?.revision
                failure = nil
            } catch {
                // Read in vain, twice, and not what was there before.
                if failure != nil { return .store(error) }
                failure = error
            }
            do {
                if try await store.replace(expected, with: make(found), for: key) { return nil }
            } catch {
                return .store(error)
            }
        }
    }

    /// Runs `change` after all changes before it, in a task of its own.
    private func inTurn<Value: Sendable>(
        _ change: @escaping @Sendable (isolated TokenVault) async -> Value
    ) async -> Value {
        let previous = lastTurn
        let turn = Task {
            await previous?.value
            return await change(self)
        }
        lastTurn = Task { _ = await turn.value }
        return await turn.value
    }
}
