import ApusOAuth
import ApusRuntime
import Foundation
import HTTPTypes

/// A session as all the processes have it.
enum TestSession {
    static let serverURL = "https://api.example"

    static func session(store: any TokenStore, transport: any Transport) -> OAuth2Session {
        OAuth2Session(
            scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token"), client: OAuth2Client(id: "client"),
            store: store, context: CredentialContext(serverURL: serverURL, transport: transport))
    }
}

/// Stands for the authorization server: it writes a line into a file for each
/// token request, and takes its time to answer.
struct LoggingServer: Transport {
    let log: URL

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let handle = try FileHandle(forUpdating: log)
        try handle.seekToEnd()
        try handle.write(contentsOf: Data("token request\n".utf8))
        try handle.close()
        try await Task.sleep(for: .milliseconds(200))
        let answer = #"{"access_token":"new","token_type":"Bearer","expires_in":3600,"refresh_token":"next"}"#
        var response = HTTPResponse(status: .ok)
        response.headerFields[.contentType] = "application/json"
        return (response, HTTPBody(Data(answer.utf8)))
    }
}
