import ApusRuntime
import Foundation

extension OAuth2Session {
    /// What happened to a session, for a user interface to follow.
    public enum State: Sendable {
        /// There is a token: after a sign-in, or because the store had one.
        case signedIn
        /// A new token has taken the place of the one before.
        case refreshed
        /// The token has ended or is refused, and there is nothing to renew it
        /// with. The next request fails until the user signs in.
        case expired
        /// There is no token any more.
        case signedOut(SignOutReason)
        /// The token is in use but could not be saved, so it would be lost
        /// with the process.
        case unsaved(OAuth2Error)
    }

    /// Why a session has no token any more.
    public enum SignOutReason: Sendable {
        /// ``OAuth2Session/signOut(revoke:)`` was called.
        case requested
        /// The server no longer accepts the grant (`invalid_grant`).
        case refused(OAuth2Error)
        /// Somebody else who shares the store signed out.
        case elsewhere
    }
}

/// Hands each state to everyone who listens.
final class StateBroadcast: @unchecked Sendable {
    // Guarded by `lock`, and not part of the actor, so that listening begins
    // at once and not some time later.
    private var listeners: [Int: AsyncStream<OAuth2Session.State>.Continuation] = [:]
    private var next = 0
    private let lock = NSLock()

    func stream() -> AsyncStream<OAuth2Session.State> {
        AsyncStream(bufferingPolicy: .bufferingNewest(100)) { continuation in
            let id = lock.withLock {
                next &+= 1
                listeners[next] = continuation
                return next
            }
            continuation.onTermination = { [weak self] _ in self?.remove(id) }
        }
    }

    func send(_ state: OAuth2Session.State) {
        for listener in lock.withLock({ Array(listeners.values) }) {
            listener.yield(state)
        }
    }

    private func remove(_ id: Int) {
        lock.withLock { listeners[id] = nil }
    }

    deinit {
        for listener in listeners.values { listener.finish() }
    }
}

extension OAuth2Session: RenewingCredential {
    /// An element for each new token that took the place of another.
    public nonisolated var renewals: AsyncStream<Void> {
        let states = states
        return AsyncStream { continuation in
            let task = Task {
                for await state in states {
                    if case .refreshed = state { continuation.yield() }
                }
                continuation.finish()
            }
            continuation.onTermination = { _ in task.cancel() }
        }
    }
}
