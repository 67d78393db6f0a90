import ApusRuntime
import Foundation
import HTTPTypes

/// A transport that answers from a closure and remembers what it was asked.
final class FakeServer: Transport, @unchecked Sendable {
    struct Exchange: Sendable {
        var request: HTTPRequest
        var body: String
        var url: String { "\(request.scheme ?? "")://\(request.authority ?? "")\(request.path ?? "")" }
        /// The members of a form body.
        var form: [String: String] {
            var components = URLComponents()
            components.percentEncodedQuery = body.replacingOccurrences(of: "+", with: "%20")
            return Dictionary((components.queryItems ?? []).map { ($0.name, $0.value ?? "") }) { first, _ in first }
        }
    }

    struct Answer: Sendable {
        var status = 200
        var body = ""
        var contentType = "application/json"
        var headerFields = HTTPFields()

        static func json(_ body: String, status: Int = 200) -> Answer {
            Answer(status: status, body: body)
        }

        /// A token answer that lasts an hour.
        static func token(_ access: String, refresh: String? = nil, expiresIn: String = "3600") -> Answer {
            let refresh = refresh.map { #","refresh_token":"\#($0)""# } ?? ""
            return .json(#"{"access_token":"\#(access)","token_type":"Bearer","expires_in":\#(expiresIn)\#(refresh)}"#)
        }

        static func error(_ code: String, status: Int = 400) -> Answer {
            .json(#"{"error":"\#(code)"}"#, status: status)
        }
    }

    struct Unreachable: Error {}

    private let lock = NSLock()
    private var recorded: [Exchange] = []
    private let answer: @Sendable (Exchange, Int) async throws -> Answer

    /// - Parameter answer: Gets the request and how many came before it.
    init(_ answer: @escaping @Sendable (Exchange, Int) async throws -> Answer) {
        self.answer = answer
    }

    /// Gives the answers one after the other; the last one again and again.
    convenience init(answers: Answer...) {
        self.init { _, index in answers[min(index, answers.count - 1)] }
    }

    var exchanges: [Exchange] { lock.withLock { recorded } }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let data = try await body?.collect(upTo: 1_000_000) ?? Data()
        let exchange = Exchange(request: request, body: String(decoding: data, as: UTF8.self))
        let index = lock.withLock {
            recorded.append(exchange)
            return recorded.count - 1
        }
        let answer = try await answer(exchange, index)
        var response = HTTPResponse(status: .init(code: answer.status), headerFields: answer.headerFields)
        response.headerFields[.contentType] = answer.contentType
        return (response, HTTPBody(Data(answer.body.utf8)))
    }
}
