public import HTTPTypes

/// Carries one HTTP request to a server and its response back.
///
/// A transport neither follows redirects to another origin nor retries; both
/// are decided above it. It checks for task cancellation.
public protocol Transport: Sendable {
    /// Sends `request`, whose scheme, authority and path are set.
    ///
    /// - Returns: The head of the response, and its body, which may still be
    ///   arriving.
    /// - Throws: Whatever the network reports. `CancellationError` when the
    ///   calling task is cancelled.
    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
}
