import ApusRuntime
import Foundation
import HTTPTypes

/// A transport that answers from a closure and remembers what it was asked.
final class RecordingTransport: Transport, @unchecked Sendable {
    struct Exchange: Sendable {
        var request: HTTPRequest
        var body: String?

        var url: String { "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")" }

        func header(_ name: String) -> String? {
            HTTPField.Name(name).flatMap { request.headerFields[$0] }
        }
    }

    struct Answer: Sendable {
        var status = 200
        var body = HTTPBody.empty
        var headerFields = HTTPFields()

        static func json(_ text: String, status: Int = 200) -> Answer {
            Answer(status: status, body: HTTPBody(text), headerFields: [.contentType: "application/json"])
        }

        static func text(_ text: String, status: Int = 200, contentType: String = "text/plain") -> Answer {
            Answer(status: status, body: HTTPBody(text), headerFields: [.contentType: contentType])
        }

        static func empty(_ status: Int) -> Answer { Answer(status: status) }
    }

    private let lock = NSLock()
    private var recorded: [Exchange] = []
    private let answer: @Sendable (Exchange, Int) async throws -> Answer

    /// - Parameter answer: Gets the request and how many came before it.
    init(_ answer: @escaping @Sendable (Exchange, Int) async throws -> Answer) {
        self.answer = answer
    }

    /// Gives the answers one after the other; the last one again and again.
    convenience init(_ answers: Answer...) {
        self.init { _, index in answers.isEmpty ? .empty(204) : answers[min(index, answers.count - 1)] }
    }

    var exchanges: [Exchange] { lock.withLock { recorded } }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let data = try await body?.collect(upTo: 1_000_000)
        let exchange = Exchange(request: request, body: data.map { String(decoding: $0, as: UTF8.self) })
        let index = lock.withLock {
            recorded.append(exchange)
            return recorded.count - 1
        }
        let answer = try await answer(exchange, index)
        return (HTTPResponse(status: .init(code: answer.status), headerFields: answer.headerFields), answer.body)
    }
}
