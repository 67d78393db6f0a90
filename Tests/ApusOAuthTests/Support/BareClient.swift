import ApusRuntime
import HTTPTypes

@testable import ApusOAuth

/// A client as it is generated, with one operation.
struct BareClient: APIClient {
    var core: ClientCore

    init(_ session: OAuth2Session) {
        var credentials: [String: any Credential] = [:]
        session.join(&credentials)
        core = ClientCore(
            serverURL: session.context.serverURL, credentials: credentials, security: [[session.scheme.name: ["read"]]],
            transport: session.context.transport)
    }

    func call(_ path: RequestPath = "/things") async throws(APIError<Never>) {
        try await send(Request(.get, path, operation: "call"), as: .empty, errors: .none)
    }
}
