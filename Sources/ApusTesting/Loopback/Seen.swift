import Foundation

/// Keeps what a server's thread has seen.
package final class Seen<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var values: [Value] = []

    package init() {}

    /// - Returns: How many there are then.
    @discardableResult
    package func append(_ value: Value) -> Int {
        lock.withLock {
            values.append(value)
            return values.count
        }
    }

    package var all: [Value] { lock.withLock { values } }

    package func removeAll() { lock.withLock { values = [] } }

    /// Waits until there are `count`.
    package func wait(for count: Int) async -> [Value] {
        while all.count < count { try? await Task.sleep(nanoseconds: 1_000_000) }
        return all
    }
}
