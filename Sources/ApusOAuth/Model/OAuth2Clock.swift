import Foundation

/// The time, as a session sees it. Tests put their own in its place.
///
/// It is the wall clock and not a monotonic one, because expiry has to survive
/// the process.
public protocol OAuth2Clock: Sendable {
    /// The present time.
    var now: Date { get }

    /// Waits.
    ///
    /// - Parameter seconds: How long.
    /// - Throws: `CancellationError` when the calling task is cancelled.
    func sleep(seconds: Double) async throws
}

/// The system's clock.
public struct SystemOAuth2Clock: OAuth2Clock {
    /// Creates the clock.
    public init() {}

    public var now: Date { Date() }

    public func sleep(seconds: Double) async throws {
        try await Task.sleep(for: .seconds(seconds))
    }
}
