import ApusRuntime
import Foundation
import HTTPTypes

/// Remembers requests and answers them as it is told to.
final class RecordingTransport: Transport, @unchecked Sendable {
    struct Message: Sendable {
        let request: HTTPRequest
        let body: String

        /// `GET https://host/path?query`
        var line: String {
            "\(request.method.rawValue) \(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")"
        }
    }

    struct Answer: Sendable {
        var status = 200
        var headerFields: HTTPFields = [:]
        var body = ""

        static func status(_ status: Int, _ body: String = "", _ headerFields: HTTPFields = [:]) -> Answer {
            Answer(status: status, headerFields: headerFields, body: body)
        }
    }

    private let lock = NSLock()
    private var recorded: [Message] = []
    private let answer: @Sendable (HTTPRequest) async throws -> Answer

    init(_ answer: @escaping @Sendable (HTTPRequest) async throws -> Answer = { _ in .status(200) }) {
        self.answer = answer
    }

    var messages: [Message] { lock.withLock { recorded } }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let content = try await body?.collect(upTo: .max) ?? Data()
        lock.withLock { recorded.append(Message(request: request, body: String(decoding: content, as: UTF8.self))) }
        let answer = try await answer(request)
        return (
            HTTPResponse(status: .init(code: answer.status), headerFields: answer.headerFields), HTTPBody(answer.body)
        )
    }
}

struct TestClient: APIClient {
    var core: ClientCore

    init(
        _ transport: any Transport, server: String = "https://api.example/v1/", credentials: [String: any Credential] = [:],
        security: SecurityRequirements = [], middleware: [any Middleware] = []
    ) {
        core = ClientCore(
            serverURL: server, credentials: credentials, security: security, transport: transport, middleware: middleware)
    }
}
