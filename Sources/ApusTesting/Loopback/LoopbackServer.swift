public import ApusRuntime
import Foundation
import HTTPTypes

/// Serves a transport over HTTP/1.1 on 127.0.0.1: a stub, a replay or an authorization
/// server for what cannot be given a transport, such as a command line tool.
///
///     let server = try LoopbackServer(FakeAuthorizationServer())
///     let metadata = server.url + "/.well-known/oauth-authorization-server"
///
/// It stops when nobody holds it any more.
public final class LoopbackServer: Sendable {
    /// Its origin, such as `http://127.0.0.1:49152`.
    public let url: String

    private let server: SocketServer

    /// Starts a server on a free port.
    ///
    /// - Throws: ``LoopbackError`` where there is none.
    public init(_ transport: any Transport) throws {
        server = try SocketServer { connection in Self.serve(connection, transport) }
        url = "http://\(server.authority)"
    }

    private static func serve(_ connection: SocketConnection, _ transport: any Transport) {
        while let (request, body) = connection.httpRequest() {
            let done = DispatchSemaphore(value: 0)
            Task {
                defer { done.signal() }
                do {
                    let context = TransportContext(operation: OperationContext(operation: "", method: request.method))
                    let (response, content) = try await transport.send(request, body: body.isEmpty ? nil : HTTPBody(body), context: context)
                    try await connection.send(response, content)
                } catch {
                    // As a server does that falls over: the client sees the connection end.
                    connection.close()
                }
            }
            done.wait()
        }
    }
}

extension SocketConnection {
    /// The next request; nil where there is none any more.
    fileprivate func httpRequest() -> (HTTPRequest, Data)? {
        guard let received = try? request(), case let words = received.line.split(separator: " "), words.count == 3,
            let method = HTTPRequest.Method(String(words[0]))
        else { return nil }
        var fields = HTTPFields()
        for (name, value) in received.fields where name.lowercased() != "host" {
            guard let name = HTTPField.Name(name) else { continue }
            fields.append(HTTPField(name: name, value: value))
        }
        let request = HTTPRequest(
            method: method, scheme: "http", authority: received["Host"].first, path: String(words[1]), headerFields: fields)
        return (request, Data(received.body))
    }

    /// Sends a whole response, its body in the chunks in which it arrives.
    fileprivate func send(_ response: HTTPResponse, _ body: HTTPBody) async throws {
        let hasBody = ![204, 304].contains(response.status.code)
        var head = "HTTP/1.1 \(response.status.code) \(response.status.reasonPhrase)\r\n"
        for field in response.headerFields where ![.contentLength, .transferEncoding].contains(field.name) {
            head += "\(field.name.rawName): \(field.value)\r\n"
        }
        try send(head + (hasBody ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n"))
        for try await chunk in body where hasBody && !chunk.isEmpty { try sendChunk(chunk) }
        // An empty chunk ends the body.
        if hasBody { try sendChunk([]) }
    }
}

/// Why there is no server.
public struct LoopbackError: Error, Sendable, Hashable, CustomStringConvertible {
    /// `errno`.
    public let code: Int32

    package init(code: Int32) {
        self.code = code
    }

    public var description: String { "no socket on 127.0.0.1: error \(code)" }
}
