import Foundation

extension ReferenceServer {
    /// What was asked of a server since it started.
    public struct Counters: Sendable, Hashable {
        /// Token requests, whatever became of them, by their `grant_type`.
        /// Types that the server does not know count as `other`.
        public internal(set) var tokenRequests: [String: Int] = [:]
        /// Token requests that were answered with an error.
        public internal(set) var refusedTokenRequests = 0
        /// Requests to `/api/v1`, whatever became of them.
        public internal(set) var apiRequests = 0
        /// Those among ``apiRequests`` that were answered with status 401.
        public internal(set) var unauthorizedRequests = 0

        /// Token requests with a refresh token.
        public var refreshes: Int { tokenRequests["refresh_token", default: 0] }
    }
}

/// Counts.
final class Tally: @unchecked Sendable {
    // Guarded by `lock`.
    private var current = ReferenceServer.Counters()
    private let lock = NSLock()

    var counters: ReferenceServer.Counters { lock.withLock { current } }

    func count(_ change: (inout ReferenceServer.Counters) -> Void) {
        lock.withLock { change(&current) }
    }
}
