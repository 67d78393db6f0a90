public import Foundation
public import HTTPTypes

/// Tells whether a request comes from somebody who has the secret.
///
/// All comparisons take the same time wherever two signatures differ, and all secrets are
/// tried whichever fits.
public struct WebhookVerifier: Sendable {
    /// How a scheme reads a request.
    let check: @Sendable (HTTPFields, Data, Date) throws(WebhookError) -> VerifiedWebhook

    init(_ check: @escaping @Sendable (HTTPFields, Data, Date) throws(WebhookError) -> VerifiedWebhook) {
        self.check = check
    }

    /// Verifies a request.
    ///
    /// - Parameters:
    ///   - headers: Its header fields.
    ///   - body: Its body, byte for byte as it came.
    ///   - now: The time to compare with.
    /// - Returns: What the signature vouches for beside the body.
    public func verify(headers: HTTPFields, body: Data, now: Date = Date()) throws(WebhookError) -> VerifiedWebhook {
        try check(headers, body, now)
    }
}

/// What is known of a request that was verified.
public struct VerifiedWebhook: Sendable, Hashable {
    /// What tells the message from all others: its ID where the signature covers one, else
    /// the signature.
    public let id: String

    /// When it was sent, where the signature covers that.
    public let timestamp: Date?

    /// Creates what a verifier says, for instance for a test of a ``ReplayGuard``.
    public init(id: String, timestamp: Date?) {
        self.id = id
        self.timestamp = timestamp
    }
}

extension WebhookVerifier: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    // It holds the secrets.
    public var description: String { "WebhookVerifier" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}
