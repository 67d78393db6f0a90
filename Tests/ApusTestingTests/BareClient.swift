import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes

/// A client without operations, for requests that it is told.
struct BareClient: APIClient {
    var core: ClientCore

    init(_ transport: any Transport, credentials: [String: any Credential] = [:], security: SecurityRequirements = []) {
        core = ClientCore(serverURL: "https://api.test/v1", credentials: credentials, security: security, transport: transport)
    }
}

/// Answers with what a closure says.
struct Answers: Transport {
    let answer: @Sendable (HTTPRequest, Data) async throws -> (HTTPResponse, HTTPBody)

    init(_ answer: @escaping @Sendable (HTTPRequest, Data) async throws -> (HTTPResponse, HTTPBody)) {
        self.answer = answer
    }

    /// The same answer each time.
    init(_ status: Int = 200, _ body: String = "", contentType: String = "application/json", fields: HTTPFields = [:]) {
        self.init { _, _ in
            var response = HTTPResponse(status: .init(code: status), headerFields: fields)
            response.headerFields[.contentType] = contentType
            return (response, HTTPBody(body))
        }
    }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await answer(request, try await body?.collect(upTo: .max) ?? Data())
    }
}
