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
/// It listens on a loopback address at a port of the system's choice, so that no
/// other machine reaches it, and is closed after one redirect. A sandboxed
/// program on macOS needs the entitlement `com.apple.security.network.server`.
public final class LoopbackReceiver: Sendable {
    /// How the redirect URI names this machine.
    public enum Host: String, Sendable, Hashable {
        /// What RFC 8252 section 7.3 recommends.
        case ipv4 = "127.0.0.1"
        /// `[::1]`.
        case ipv6 = "[::1]"
        /// For servers that have only this name registered. Listens on 127.0.0.1.
        case localhost
    }

    /// What to register and to ask for: `http://127.0.0.1:PORT/PATH`.
    public let redirectURI: String

    private let path: String
    private let origin: String
    private let socket: ListeningSocket

    /// Begins to listen.
    ///
    /// - Parameters:
    ///   - path: The path of the redirect URI, as it is registered.
    ///   - host: How the redirect URI names this machine. RFC 8252 section 7.3
    ///     wants servers to take any port; some compare it.
    ///   - port: The port, where the server compares it; 0 for one of the
    ///     system's choice.
    /// - Throws: ``OAuth2Error/transport(_:)`` where the system has no such port
    ///   to spare.
    public init(path: String = "/callback", host: Host = .ipv4, port: UInt16 = 0) throws(OAuth2Error) {
        self.path = path.hasPrefix("/") ? path : "/" + path
        socket = try ListeningSocket(host, port: port)
        origin = "http://\(host.rawValue):\(socket.port)"
        redirectURI = origin + self.path
    }

    /// Waits for the redirect that answers `request`, and tells the user that
    /// the window can be closed. Other requests, such as for an icon, are
    /// answered with 404 and not counted. A server that reports an error without
    /// the `state` of the request is not believed, as anybody could send that;
    /// the page in the browser says so, and the waiting goes on.
    ///
    /// - Returns: The whole URL, for ``OAuth2Session/signIn(redirectedTo:for:)``.
    /// - Throws: ``OAuth2Error/cancelled`` when the calling task is cancelled,
    ///   ``OAuth2Error/transport(_:)`` with ``TimedOut`` when nobody comes.
    public func redirect(
        for request: AuthorizationRequest, within limit: Duration = .seconds(300)
    ) async throws(OAuth2Error) -> String {
        let (path, socket) = (path, socket)
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<String, OAuth2Error>, Never>) in
                // A thread of its own: waiting must not hold one of the few
                // that tasks run on.
                Thread.detachNewThread {
                    continuation.resume(returning: Self.wait(on: socket, path: path, for: request, within: limit))
                }
            }
        } onCancel: {
            socket.stop()
        }
        socket.close()
        let target = try result.get()
        return origin + target
    }

    /// Nobody was redirected here in time.
    public struct TimedOut: Error, Sendable, Hashable {
        /// How long it was waited.
        public var limit: Duration
    }

    /// How many connections are held at once; the oldest one goes for a newer.
    private static let maximumConnections = 32

    private static func wait(
        on socket: ListeningSocket, path: String, for request: AuthorizationRequest, within limit: Duration
    ) -> Result<String, OAuth2Error> {
        let end = ContinuousClock.now + limit
        var connections: [LoopbackConnection] = []
        while true {
            if socket.isStopped { return .failure(.cancelled) }
            let left = ContinuousClock.now.duration(to: end)
            if left <= .zero { return .failure(.transport(TimedOut(limit: limit))) }
            let milliseconds = left.components.seconds > 3600 ? 3_600_000 : left / .milliseconds(1)
            for connection in socket.wait(for: &connections, most: Int32(milliseconds.rounded(.up))) {
                switch connection.read() {
                case .incomplete: continue
                case .other: break
                case .target(let target):
                    if answer(connection, target, path, request) { return .success(target) }
                }
                connections.removeAll { $0 === connection }
            }
            if connections.count > maximumConnections { connections.removeFirst() }
        }
    }

    /// Tells the browser what has become of it, and returns whether `target` is
    /// the answer to the request.
    private static func answer(
        _ connection: LoopbackConnection, _ target: String, _ path: String, _ request: AuthorizationRequest
    ) -> Bool {
        let parameters = PercentEncoding.parameters(target.drop { $0 != "?" }.dropFirst())
        let isError = parameters.contains { $0.name == "error" }
        let state = parameters.first { $0.name == "state" }?.value
        guard target.prefix(while: { $0 != "?" }) == path, isError || state != nil else {
            connection.answer(status: "404 Not Found", page: "There is nothing here.")
            return false
        }
        guard let state else {
            connection.answer(
                status: "400 Bad Request",
                page: "The server reports an error, but not for which sign-in. The program still waits; try again.")
            return false
        }
        guard ConstantTime.equal(state, request.state) else {
            connection.answer(status: "404 Not Found", page: "There is nothing here.")
            return false
        }
        // The code is not exchanged yet, so nobody is signed in yet.
        if isError {
            connection.answer(status: "200 OK", page: "You are not signed in. You can close this window.")
        } else {
            connection.answer(status: "200 OK", page: "The program goes on. You can close this window.")
        }
        return true
    }
}

extension LoopbackReceiver.TimedOut: SignInFault {
    var sentence: String { "nobody came back to the redirect within \(limit.formatted(.units(allowed: [.minutes, .seconds], width: .wide)))" }
}
