/// Work that is done once however many ask for it at the same time.
///
/// The work is not a child of who asks: whoever is cancelled or loses patience
/// leaves, and the work goes on.
actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
    /// What came of waiting.
    enum Outcome: Sendable {
        case value(Value)
        /// The waiting task was cancelled.
        case cancelled
        /// The time was up.
        case late
    }

    private var waiters: [Key: [Int: CheckedContinuation<Outcome, Never>]] = [:]
    private var next = 0

    /// Joins the work that is under way for `key`, or begins it.
    ///
    /// - Parameters:
    ///   - key: What the work is for.
    ///   - limit: How long to wait; `nil` until it is done.
    ///   - work: The work.
    func value(
        for key: Key, within limit: Duration? = nil, _ work: @escaping @Sendable () async -> Value
    ) async -> Outcome {
        if Task.isCancelled { return .cancelled }
        if waiters[key] == nil {
            waiters[key] = [:]
            Task { self.land(key, await work()) }
        }
        next &+= 1
        let waiter = next
        let alarm = limit.map { limit in
            Task {
                try await Task.sleep(for: limit)
                self.leave(key, waiter, .late)
            }
        }
        defer { alarm?.cancel() }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { waiters[key]?[waiter] = $0 }
        } onCancel: {
            Task { await self.leave(key, waiter, .cancelled) }
        }
    }

    private func leave(_ key: Key, _ waiter: Int, _ outcome: Outcome) {
        waiters[key]?.removeValue(forKey: waiter)?.resume(returning: outcome)
    }

    private func land(_ key: Key, _ value: Value) {
        for waiter in waiters.removeValue(forKey: key) ?? [:] { waiter.value.resume(returning: .value(value)) }
    }
}
