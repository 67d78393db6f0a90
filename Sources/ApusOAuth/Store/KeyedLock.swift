/// A lock for each key, for tasks of one process that have to take turns.
///
/// Whoever waits goes on waiting when it is cancelled: what the lock protects
/// must not be left half done.
public actor KeyedLock {
    /// Those who wait, first come first served; a key that is here is locked.
    private var queues: [String: [CheckedContinuation<Void, Never>]] = [:]

    /// Creates a lock that nobody holds.
    public init() {}

    /// Runs `body` while nobody else runs theirs for the same key.
    public nonisolated func hold<Value: Sendable>(
        _ key: String, _ body: @Sendable () async throws -> Value
    ) async rethrows -> Value {
        await lock(key)
        do {
            let value = try await body()
            await unlock(key)
            return value
        } catch {
            await unlock(key)
            throw error
        }
    }

    private func lock(_ key: String) async {
        guard queues[key] != nil else {
            queues[key] = []
            return
        }
        await withCheckedContinuation { queues[key]?.append($0) }
    }

    private func unlock(_ key: String) {
        guard queues[key]?.isEmpty == false else {
            queues[key] = nil
            return
        }
        queues[key]?.removeFirst().resume()
    }
}
