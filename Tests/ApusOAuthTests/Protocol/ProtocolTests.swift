import Testing

/// Every order of steps of sessions that share a store, with crashes at each.
@Suite struct ProtocolTests {
    /// All states that can be reached, and the first fault.
    private func explore(_ start: ProtocolModel) -> (states: Int, fault: String?) {
        var seen: Set<ProtocolModel> = [start]
        var waiting = [start]
        while let state = waiting.popLast() {
            if let fault = state.fault { return (seen.count, fault) }
            for next in state.successors where seen.insert(next).inserted { waiting.append(next) }
        }
        return (seen.count, nil)
    }

    @Test(arguments: [
        (2, 1, 1, 0), (2, 1, 1, 1), (2, 2, 1, 1), (2, 1, 2, 0), (3, 1, 0, 1),
    ] as [(Int, UInt8, UInt8, UInt8)])
    func noOrderOfStepsBreaksIt(sessions: Int, refreshes: UInt8, userActions: UInt8, crashes: UInt8) {
        let start = ProtocolModel(
            .whole, sessions: sessions, refreshes: refreshes, userActions: userActions, crashes: crashes)
        let (states, fault) = explore(start)
        #expect(fault == nil)
        #expect(states > 100)
        print(
            "token protocol, \(sessions) sessions with \(refreshes) refreshes, \(userActions) sign-ins or sign-outs,",
            "\(crashes) crashes: \(states) states, \(fault ?? "no violation")")
    }

    /// Each part of the protocol is needed: without it a fault is found.
    @Test(arguments: [
        (.withoutLock, ["a refresh token was spent twice"]),
        (.withoutComparison, ["a late refresh overwrote another sign-in", "a late refresh undid a sign-out"]),
        (.withoutRevocation, ["a token outlives its sign-out"]),
        (.withoutSignInIdentity, ["a session changed its user"]),
    ] as [(ProtocolModel.Variant, Set<String>)])
    func eachPartIsNeeded(variant: ProtocolModel.Variant, faults: Set<String>) throws {
        let (_, fault) = explore(ProtocolModel(variant, sessions: 2, refreshes: 1, userActions: 1, crashes: 0))
        #expect(faults.contains(try #require(fault)))
    }
}
