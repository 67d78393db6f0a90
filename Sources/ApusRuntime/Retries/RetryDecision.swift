import Foundation
import HTTPTypes

/// Whether an attempt is followed by another one.
package enum RetryDecision: Hashable {
    case stop
    case retry(after: Duration, isThrottled: Bool)
}

/// An error that knows how long the server asks to be left alone.
package protocol DelayingError: Error {
    var requestedDelay: Duration? { get }
}

/// What is known of an attempt that was no success.
package struct RetryQuestion {
    package enum Outcome {
        case answer(HTTPResponse)
        case failure(any Error)
    }

    let policy: RetryPolicy
    let outcome: Outcome
    /// By its method or the description.
    let isIdempotent: Bool
    let hasIdempotencyKey: Bool
    let isBodyReplayable: Bool
    /// How many retries there have been.
    let retries: Int
    /// Until the call's deadline.
    let timeLeft: Duration?

    package init(
        policy: RetryPolicy, outcome: Outcome, isIdempotent: Bool, hasIdempotencyKey: Bool, isBodyReplayable: Bool,
        retries: Int, timeLeft: Duration?
    ) {
        self.policy = policy
        self.outcome = outcome
        self.isIdempotent = isIdempotent
        self.hasIdempotencyKey = hasIdempotencyKey
        self.isBodyReplayable = isBodyReplayable
        self.retries = retries
        self.timeLeft = timeLeft
    }

    /// The only place that decides on a repetition: all three gates have to be open.
    package func decision(now: Date, random: () -> Double) -> RetryDecision {
        guard isSafe(now), isWorthIt, isBodyReplayable, retries < policy.maximumRetries else { return .stop }
        let isThrottled = if case .answer(let response) = outcome { response.status.code == 429 } else { false }
        var delay = Backoff.delay(retry: retries, isThrottled: isThrottled, policy, random: random())
        if let floor = requestedDelay(now) {
            guard floor <= policy.longestRetryAfter else { return .stop }
            delay = max(delay, Backoff.delay(atLeast: floor, random: random()))
        }
        if let timeLeft, delay >= timeLeft { return .stop }
        return .retry(after: delay, isThrottled: isThrottled)
    }

    /// How long the server asks to be left alone.
    private func requestedDelay(_ now: Date) -> Duration? {
        switch outcome {
        case .answer(let response): RetryAfter.delay(in: response, now: now)
        case .failure(let error): (error as? any DelayingError)?.requestedDelay
        }
    }

    /// Gate A: doing it again cannot do it twice.
    private func isSafe(_ now: Date) -> Bool {
        if isIdempotent || hasIdempotencyKey { return true }
        switch outcome {
        case .failure(let error):
            return UnderlyingError(error).isUnsent
        case .answer(let response):
            // 503 may come after the deed.
            switch response.status.code {
            case 425: return true
            case 429: return policy.retriesThrottledWrites && RetryAfter.delay(in: response, now: now) != nil
            default: return false
            }
        }
    }

    /// Gate B: it may go better the next time.
    private var isWorthIt: Bool {
        switch outcome {
        case .failure(let error):
            return UnderlyingError(error).isRetryable
        case .answer(let response):
            switch response.headerFields[Self.shouldRetry]?.lowercased() {
            case "true": return true
            case "false": return false
            default: break
            }
            let status = response.status.code
            return policy.statuses.contains(status) && (status != 500 || isIdempotent)
        }
    }

    private static let shouldRetry = HTTPField.Name("x-should-retry")!
}
