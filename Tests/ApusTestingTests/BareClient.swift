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

extension AnsweringTransport {
    /// The same JSON each time.
    static func json(_ body: String, status: Int = 200, fields: HTTPFields = [:]) -> AnsweringTransport {
        var fields = fields
        fields[.contentType] = "application/json"
        return AnsweringTransport(status, body, fields: fields)
    }
}
