import ApusRuntime
import Foundation

/// The last failure of a refresh, and until when it answers for the token
/// endpoint: as long as the server wants to be left alone, else a second, and
/// twice as long each time, up to ten.
struct RefreshFailures {
    private struct Failure {
        var error: OAuth2Error
        var signIn: String
        var since: Date
        /// In seconds.
        var pause: Double
        var isOfServer: Bool
        /// How many there have been in a row that the server did not set a time for.
        var count = 0
    }

    private var last: Failure?

    /// What a refresh would fail with again.
    ///
    /// - Parameter isRequested: Whether the program asks for it, which only the
    ///   server's own wish keeps back.
    func error(for signIn: String, at now: Date, isRequested: Bool) -> OAuth2Error? {
        guard let last, last.signIn == signIn, last.isOfServer || !isRequested else { return nil }
        // A clock that was put back must not hold it up for longer.
        let age = now.timeIntervalSince(last.since)
        return age >= 0 && age < last.pause ? last.error : nil
    }

    mutating func remember(_ error: OAuth2Error, for signIn: String, at now: Date) {
        guard error.isRetryable else { return }
        if case .unavailable(_, let seconds?) = error {
            last = Failure(error: error, signIn: signIn, since: now, pause: seconds, isOfServer: true)
        } else {
            let before = last.flatMap { $0.signIn == signIn && !$0.isOfServer ? $0.count : nil } ?? 0
            let pause = Backoff.bound(retry: before, base: .seconds(1), most: .seconds(10))
            last = Failure(
                error: error, signIn: signIn, since: now, pause: pause / .seconds(1), isOfServer: false, count: before + 1)
        }
    }

    mutating func forget() { last = nil }
}
