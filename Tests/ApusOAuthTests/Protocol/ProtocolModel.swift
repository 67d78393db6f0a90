/// The protocol between sessions, a store and an authorization server as a
/// machine whose every step is a function of its state, so that all orders of
/// steps can be tried. What `TokenVault` and `OAuth2Session` do between two
/// accesses to the store or the server is one step here.
struct ProtocolModel: Hashable {
    /// What is left out, to see that the explorer finds what it is there for.
    enum Variant: Hashable, CaseIterable {
        case whole
        /// Refreshes do not take turns.
        case withoutLock
        /// What a refresh has brought is written whatever the store holds.
        case withoutComparison
        /// A late answer is dropped, but not revoked.
        case withoutRevocation
        /// What others have written is taken over whoever signed in.
        case withoutSignInIdentity
    }

    struct Record: Hashable {
        var revision: UInt8
        var signIn: UInt8
        /// The refresh token; `nil` for the mark of a sign-out.
        var token: UInt8?
    }

    enum Refresh: Hashable {
        case idle, wantsLock, synchronizes
        case requests(Record)
        case lands(Record, UInt8)
        case rereads(Record, UInt8)
        case isRefused(Record)
        case givesUp(UInt8)
    }

    enum User: Hashable {
        case idle
        case reads(Record)
        case swaps(Record, found: Record?)
        case revokes(UInt8)
    }

    struct Session: Hashable {
        var memory: Record?
        var refresh = Refresh.idle
        var user = User.idle
        /// Whether the vault is in the middle of landing an answer.
        var isLanding = false
        var refreshesLeft: UInt8
        var userActionsLeft: UInt8
    }

    let variant: Variant
    var store: Record?
    var lockHolder: Int?
    var sessions: [Session]
    var crashesLeft: UInt8
    var nextRevision: UInt8 = 1
    var nextSignIn: UInt8 = 1
    var nextToken: UInt8 = 1
    // Bit sets, by number of token or sign-in.
    var liveTokens: UInt32 = 1
    var spentTokens: UInt32 = 0
    var signedOut: UInt32 = 0
    /// A crash has lost what was under way, which no client can mend.
    var damaged: UInt32 = 0
    var tokenOwners: [UInt8] = [0]
    var violation: String?

    /// One user is signed in, and all sessions know it.
    init(_ variant: Variant, sessions count: Int, refreshes: UInt8, userActions: UInt8, crashes: UInt8) {
        self.variant = variant
        let record = Record(revision: 0, signIn: 0, token: 0)
        store = record
        sessions = Array(
            repeating: Session(memory: record, refreshesLeft: refreshes, userActionsLeft: userActions), count: count)
        crashesLeft = crashes
    }

    /// All states that one step leads to.
    var successors: [ProtocolModel] {
        sessions.indices.flatMap { index in
            refreshSteps(index) + userSteps(index) + [load(index), crash(index)].compactMap { $0 }
        }
    }

    // MARK: Refresh

    private func refreshSteps(_ index: Int) -> [ProtocolModel] {
        var next = self
        let session = sessions[index]
        let isVaultFree = session.isLanding || !session.isUserWriting
        switch session.refresh {
        case .idle:
            guard session.refreshesLeft > 0, session.memory?.token != nil else { return [] }
            next.sessions[index].refreshesLeft -= 1
            next.sessions[index].refresh = .wantsLock
        case .wantsLock:
            if variant != .withoutLock {
                guard lockHolder == nil else { return [] }
                next.lockHolder = index
            }
            next.sessions[index].refresh = .synchronizes
        case .synchronizes:
            guard isVaultFree else { return [] }
            next.synchronize(index)
        case .requests(let spent):
            next.request(index, spent)
        case .lands(let spent, let token):
            guard isVaultFree else { return [] }
            next.land(index, spent, token)
        case .rereads(let spent, let token):
            next.reread(index, spent, token)
        case .isRefused(let spent):
            guard isVaultFree else { return [] }
            next.endGrant(index, spent)
        case .givesUp(let token):
            if variant != .withoutRevocation { next.liveTokens &= ~bit(token) }
            next.finishRefresh(index)
        }
        return [next]
    }

    private mutating func synchronize(_ index: Int) {
        guard let own = sessions[index].memory, own.token != nil, let found = store else { return finishRefresh(index) }
        if found.revision == own.revision {
            sessions[index].refresh = .requests(own)
        } else {
            follow(index, found, after: own)
            finishRefresh(index)
        }
    }

    private mutating func follow(_ index: Int, _ found: Record, after own: Record) {
        let isOwn = found.signIn == own.signIn || variant == .withoutSignInIdentity
        sessions[index].memory = isOwn && found.token != nil ? found : nil
        if let now = sessions[index].memory, now.signIn != own.signIn { violation = "a session changed its user" }
    }

    private mutating func request(_ index: Int, _ spent: Record) {
        guard let token = spent.token else { return }
        if spentTokens & bit(token) != 0 {
            if damaged & bit(spent.signIn) == 0 { violation = "a refresh token was spent twice" }
            // RFC 9700 section 4.14: the whole grant ends.
            for (other, owner) in tokenOwners.enumerated() where owner == spent.signIn { liveTokens &= ~bit(UInt8(other)) }
            damaged |= bit(spent.signIn)
        }
        guard liveTokens & bit(token) != 0 else {
            sessions[index].refresh = .isRefused(spent)
            return
        }
        liveTokens &= ~bit(token)
        spentTokens |= bit(token)
        sessions[index].refresh = .lands(spent, issue(to: spent.signIn))
    }

    private mutating func land(_ index: Int, _ spent: Record, _ token: UInt8) {
        guard let own = sessions[index].memory, own.signIn == spent.signIn, own.token != nil else {
            sessions[index].refresh = .givesUp(token)
            return
        }
        guard store?.revision == spent.revision || variant == .withoutComparison else {
            sessions[index].isLanding = true
            sessions[index].refresh = .rereads(spent, token)
            return
        }
        if store?.signIn != spent.signIn { violation = "a late refresh overwrote another sign-in" }
        if store?.token == nil { violation = "a late refresh undid a sign-out" }
        let record = Record(revision: freshRevision(), signIn: spent.signIn, token: token)
        store = record
        sessions[index].memory = record
        finishRefresh(index)
    }

    private mutating func reread(_ index: Int, _ spent: Record, _ token: UInt8) {
        sessions[index].isLanding = false
        guard let found = store, let own = sessions[index].memory else { return finishRefresh(index) }
        follow(index, found, after: own)
        if sessions[index].memory == nil || variant == .withoutSignInIdentity {
            sessions[index].refresh = .givesUp(token)
        } else {
            finishRefresh(index)
        }
    }

    private mutating func endGrant(_ index: Int, _ spent: Record) {
        if let own = sessions[index].memory, own.signIn == spent.signIn {
            if store?.revision == spent.revision {
                store = Record(revision: freshRevision(), signIn: spent.signIn, token: nil)
                signedOut |= bit(spent.signIn)
            }
            sessions[index].memory = nil
        }
        finishRefresh(index)
    }

    private mutating func finishRefresh(_ index: Int) {
        sessions[index].refresh = .idle
        if lockHolder == index { lockHolder = nil }
    }

    // MARK: Sign-in and sign-out

    private func userSteps(_ index: Int) -> [ProtocolModel] {
        let session = sessions[index]
        var next = self
        switch session.user {
        case .idle:
            guard session.userActionsLeft > 0, !session.isLanding else { return [] }
            next.sessions[index].userActionsLeft -= 1
            var signIn = next
            let number = signIn.nextSignIn
            signIn.nextSignIn += 1
            let token = signIn.issue(to: number)
            signIn.sessions[index].user = .reads(
                Record(revision: signIn.freshRevision(), signIn: number, token: token))
            var signOut = next
            // Nobody here uses the token any more.
            let owner = session.memory?.signIn ?? 0
            signOut.sessions[index].memory = nil
            signOut.sessions[index].user = .reads(
                Record(revision: signOut.freshRevision(), signIn: owner, token: nil))
            return [signIn, signOut]
        case .reads(let record):
            next.sessions[index].user = .swaps(record, found: store)
        case .swaps(let record, let found):
            next.swap(index, record, found)
        case .revokes(let token):
            next.liveTokens &= ~bit(token)
            next.sessions[index].user = .idle
        }
        return [next]
    }

    private mutating func swap(_ index: Int, _ record: Record, _ found: Record?) {
        guard store?.revision == found?.revision else {
            sessions[index].user = .reads(record)
            return
        }
        store = record
        sessions[index].memory = record.token == nil ? nil : record
        sessions[index].user = .idle
        guard record.token == nil, let found, let token = found.token else { return }
        signedOut |= bit(found.signIn)
        sessions[index].user = .revokes(token)
    }

    // MARK: What happens at any time

    /// A session without a token asks the store.
    private func load(_ index: Int) -> ProtocolModel? {
        let session = sessions[index]
        guard session.memory == nil, session.user == .idle, !session.isLanding, let store, store.token != nil else {
            return nil
        }
        var next = self
        next.sessions[index].memory = store
        return next
    }

    /// The process is killed, and begins anew.
    private func crash(_ index: Int) -> ProtocolModel? {
        let session = sessions[index]
        guard crashesLeft > 0, session.refresh != .idle || session.user != .idle else { return nil }
        var next = self
        next.crashesLeft -= 1
        switch session.refresh {
        case .lands(let spent, _), .rereads(let spent, _): next.damaged |= bit(spent.signIn)
        case .givesUp(let token): next.damaged |= bit(tokenOwners[Int(token)])
        default: break
        }
        switch session.user {
        case .reads(let record), .swaps(let record, _): next.damaged |= bit(record.signIn)
        // The mark in the store keeps what is to be revoked.
        case .revokes(let token): next.liveTokens &= ~bit(token)
        case .idle: break
        }
        next.finishRefresh(index)
        next.sessions[index].memory = nil
        next.sessions[index].user = .idle
        next.sessions[index].isLanding = false
        return next
    }

    // MARK: What must hold

    /// What is wrong with this state.
    var fault: String? {
        if let violation { return violation }
        guard sessions.allSatisfy({ $0.refresh == .idle && $0.user == .idle }) else { return nil }
        for (token, owner) in tokenOwners.enumerated()
        where liveTokens & bit(UInt8(token)) != 0 && signedOut & bit(owner) != 0 && damaged & bit(owner) == 0 {
            return "a token outlives its sign-out"
        }
        if let store, let token = store.token, damaged & bit(store.signIn) == 0, liveTokens & bit(token) == 0 {
            return "the store holds a token that is worth nothing"
        }
        if lockHolder != nil { return "the lock is held by nobody" }
        return nil
    }

    private mutating func issue(to signIn: UInt8) -> UInt8 {
        defer { nextToken += 1 }
        tokenOwners.append(signIn)
        liveTokens |= bit(nextToken)
        return nextToken
    }

    private mutating func freshRevision() -> UInt8 {
        defer { nextRevision += 1 }
        return nextRevision
    }

    private func bit(_ number: UInt8) -> UInt32 { 1 << UInt32(number) }
}

extension ProtocolModel.Session {
    /// Whether the vault is in the middle of a sign-in or a sign-out.
    var isUserWriting: Bool {
        switch user {
        case .reads, .swaps: true
        case .idle, .revokes: false
        }
    }
}
