/// How long to wait before the next attempt.
package enum Backoff {
    /// Full jitter: anything from 0 to a bound that doubles, so that clients
    /// that failed together do not come back together.
    ///
    /// - Parameters:
    ///   - retry: 0 for the first one.
    ///   - random: From 0 up to, but not, 1.
    static func delay(retry: Int, isThrottled: Bool, _ policy: RetryPolicy, random: Double) -> Duration {
        let bound = bound(
            retry: retry, base: isThrottled ? policy.throttledBaseDelay : policy.baseDelay,
            most: isThrottled ? policy.maximumThrottledDelay : policy.maximumDelay)
        return .seconds(max(0, bound.secondsAsDouble * random))
    }

    /// A bound that doubles with each retry, the first of which is 0.
    package static func bound(retry: Int, base: Duration, most: Duration) -> Duration {
        // Beyond 2^62 every bound has been reached long ago.
        .seconds(min(most.secondsAsDouble, base.secondsAsDouble * Double(1 << UInt64(min(max(retry, 0), 62)))))
    }

    /// What a server asked for is the least; up to a tenth is added.
    static func delay(atLeast floor: Duration, random: Double) -> Duration {
        .seconds(floor.secondsAsDouble * (1 + random / 10))
    }
}

extension Duration {
    var secondsAsDouble: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
