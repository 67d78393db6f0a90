import ApusRuntime
import Foundation

/// Waits on this machine for the authorization server's redirect (RFC 8252
/// section 7.3), for command-line and desktop programs.
///
///     let receiver = try LoopbackReceiver()
///     let request = try session.authorizationRequest(redirectURI: receiver.redirectURI)
///     // Open request.url in a browser.
///     let url = try await receiver.redirect(for: request, within: .seconds(300))
///     try await session.signIn(redirectedTo: url, for: request)
///
/// It listens on 127.0.0.1 at a port of the system's choice, so that no other
/// machine reaches it, and is closed after one redirect.
public final class LoopbackReceiver: Sendable {
    /// What to register and to ask for: `http://127.0.0.1:PORT/PATH`.
    public let redirectURI: String

    private let path: String
    private let socket: ListeningSocket

    /// Begins to listen.
    ///
    /// - Parameter path: The path of the redirect URI, as it is registered.
    /// - Throws: ``OAuth2Error/transport(_:)`` where the system has no port to spare.
    public init(path: String = "/callback") throws(OAuth2Error) {
        self.path = path.hasPrefix("/") ? path : "/" + path
        socket = try ListeningSocket()
        redirectURI = "http://127.0.0.1:\(socket.port)\(self.path)"
    }

    /// Waits for the redirect that answers `request`, and tells the user that
    /// the window can be closed. Other requests, such as for an icon, are
    /// answered with 404 and not counted.
    ///
    /// - Returns: The whole URL, for ``OAuth2Session/signIn(redirectedTo:for:)``.
    /// - Throws: ``OAuth2Error/cancelled`` when the calling task is cancelled,
    ///   ``OAuth2Error/transport(_:)`` with ``TimedOut`` when nobody comes.
    public func redirect(
        for request: AuthorizationRequest, within limit: Duration = .seconds(300)
    ) async throws(OAuth2Error) -> String {
        let end = ContinuousClock.now + limit
        let (path, socket) = (path, socket)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<String, OAuth2Error>, Never>) in
                // A thread of its own: waiting must not hold one of the few
                // that tasks run on.
                Thread.detachNewThread {
                    continuation.resume(returning: Self.wait(on: socket, path: path, for: request, until: end))
                }
            }
        } onCancel: {
            socket.stop()
        }
        socket.close()
        let target = try result.get()
        return "http://127.0.0.1:\(socket.port)\(target)"
    }

    /// Nobody was redirected here in time.
    public struct TimedOut: Error, Sendable, Hashable {}

    private static func wait(
        on socket: ListeningSocket, path: String, for request: AuthorizationRequest, until end: ContinuousClock.Instant
    ) -> Result<String, OAuth2Error> {
        while true {
            if socket.isStopped { return .failure(.cancelled) }
            if ContinuousClock.now >= end { return .failure(.transport(TimedOut())) }
            guard let connection = socket.connection(within: 0.1) else { continue }
            defer { connection.close() }
            guard let target = connection.target() else { continue }
            let parameters = PercentEncoding.parameters(target.drop { $0 != "?" }.dropFirst())
            let isAnswer = target.prefix { $0 != "?" } == path
                && parameters.contains { $0.name == "state" && ConstantTime.equal($0.value, request.state) }
            if isAnswer {
                // The code is not exchanged yet, so nobody is signed in yet.
                if parameters.contains(where: { $0.name == "error" }) {
                    connection.answer(status: "200 OK", page: "You are not signed in. You can close this window.")
                } else {
                    connection.answer(status: "200 OK", page: "The program goes on. You can close this window.")
                }
                return .success(target)
            }
            connection.answer(status: "404 Not Found", page: "There is nothing here.")
        }
    }
}
