import Foundation
import HTTPTypes

/// Whether an attempt is followed by another one.
enum RetryDecision: Hashable {
    case stop
    case retry(after: Duration, isThrottled: Bool)
}

/// What is known of an attempt that was no success.
struct RetryQuestion {
    enum Outcome {
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

    /// The only place that decides on a repetition: all three gates have to be open.
    func decision(now: Date, random: () -> Double) -> RetryDecision {
        guard isSafe(now), isWorthIt, isBodyReplayable, retries < policy.maximumRetries else { return .stop }
        let isThrottled = if case .answer(let response) = outcome { response.status.code == 429 } else { false }
        var delay = Backoff.delay(retry: retries, isThrottled: isThrottled, policy, random: random())
        if case .answer(let response) = outcome, let floor = RetryAfter.delay(in: response, now: now) {
            guard floor <= policy.longestRetryAfter else { return .stop }
            delay = max(delay, Backoff.delay(atLeast: floor, random: random()))
        }
        if let timeLeft, delay >= timeLeft { return .stop }
        return .retry(after: delay, isThrottled: isThrottled)
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
