import ApusRuntime
import ApusTesting
import HTTPTypes

/// A transport that answers from a closure and remembers what it was asked.
typealias FakeServer = AnsweringTransport

extension AnsweringTransport {
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

    /// - Parameter answer: Gets the request and how many came before it.
    convenience init(_ answer: @escaping @Sendable (Exchange, Int) async throws -> Answer) {
        self.init { exchange in
            let answer = try await answer(exchange, exchange.index)
            var response = HTTPResponse(status: .init(code: answer.status), headerFields: answer.headerFields)
            response.headerFields[.contentType] = answer.contentType
            return (response, HTTPBody(answer.body))
        }
    }

    /// Gives the answers one after the other; the last one again and again.
    convenience init(answers: Answer...) {
        self.init { _, index in answers[min(index, answers.count - 1)] }
    }
}
