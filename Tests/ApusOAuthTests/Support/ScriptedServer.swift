import ApusTesting
import Foundation

/// A real server on this machine whose answers can be broken on purpose. It
/// takes one request for each connection.
final class ScriptedServer: Sendable {
    enum Step: Sendable {
        case send(String)
        case pause(Double)
        /// Breaks the connection off, so that the client sees a reset.
        case reset
        /// Holds the connection until the server is stopped.
        case hold

        /// A whole answer.
        static func answer(_ body: String, status: String = "200 OK", type: String = "application/json", more: String = "") -> Step {
            .send(
                "HTTP/1.1 \(status)\r\nContent-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\(more)Connection: close\r\n\r\n\(body)")
        }

        static func token(_ access: String, refresh: String, lifetime: Int = 3600) -> Step {
            answer(#"{"access_token":"\#(access)","token_type":"Bearer","expires_in":\#(lifetime),"refresh_token":"\#(refresh)"}"#)
        }
    }

    let url: String
    private let server: SocketServer
    private let received = Seen<String>()
    private let isStopped = Seen<Void>()

    /// - Parameter script: Gets the request and how many came before it.
    init(_ script: @escaping @Sendable (_ request: String, _ index: Int) -> [Step]) throws {
        server = try SocketServer { [received, isStopped] connection in
            guard let request = try connection.request() else { return }
            let text = ([request.line] + request.fields.map { "\($0): \($1)" } + ["", request.text]).joined(separator: "\r\n")
            for step in script(text, received.append(text) - 1) {
                switch step {
                case .send(let text): try? connection.send(text)
                case .pause(let seconds): Thread.sleep(forTimeInterval: seconds)
                case .reset: return connection.reset()
                case .hold: while isStopped.all.isEmpty { Thread.sleep(forTimeInterval: 0.02) }
                }
            }
        }
        url = "http://\(server.authority)"
    }

    deinit {
        stop()
    }

    /// The requests, heads and bodies.
    var requests: [String] { received.all }

    /// Stops the server. Nobody can connect any more.
    func stop() {
        isStopped.append(())
        server.stop()
    }
}
