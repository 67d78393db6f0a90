import ApusOAuth
import ApusRuntime
import Crypto
import Foundation
import HTTPTypes
import PostgresTokens

/// A process of a service that shares a database with others:
///
///     TokenSharer DATABASE KEY LOG USERS
///
/// It asks for a token for each of so many users, in an order of its own and
/// forty at once, and writes a line into the log for each token request. A line
/// of its output says how many got the token that they should.
@main
struct TokenSharer {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5, let users = Int(arguments[4]), let key = Data(base64Encoded: arguments[2]) else {
            exit(2)
        }
        let database = try await TokenDatabase(arguments[1], key: SymmetricKey(data: key), leaseDuration: 3)
        let server = LoggingServer(log: URL(fileURLWithPath: arguments[3]))
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            var right = 0
            for (index, user) in (0..<users).shuffled().enumerated() {
                if index >= 40, let isRight = try await group.next() { right += isRight ? 1 : 0 }
                group.addTask { try await isAuthorized("\(user)", database, server) }
            }
            while let isRight = try await group.next() { right += isRight ? 1 : 0 }
            return right
        }
        print("\(right) of \(users)")
    }

    private static func isAuthorized(_ user: String, _ database: TokenDatabase, _ server: LoggingServer) async throws -> Bool {
        let context = CredentialContext(serverURL: "https://api.example", transport: server)
        let session = OAuth2Session(
            scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token"), client: OAuth2Client(id: "client"),
            store: database.store(for: user), context: context)
        var request = HTTPRequest(method: .get, scheme: "https", authority: "api.example", path: "/")
        try await session.authorize(&request, scopes: [], context: context)
        return request.headerFields[.authorization] == "Bearer A1-\(user)"
    }
}

/// Stands for the authorization server: it writes a line for each token request,
/// takes its time to answer, and knows the user by the refresh token, `R0-USER`.
struct LoggingServer: Transport {
    let log: URL

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let form = String(decoding: try await body?.collect(upTo: 10_000) ?? Data(), as: UTF8.self)
        let token = form.split(separator: "&").first { $0.hasPrefix("refresh_token=") }?.dropFirst(14) ?? ""
        let user = token.drop { $0 != "-" }.dropFirst()
        // One write to a file that is opened for appending is never torn.
        let descriptor = open(log.path, O_WRONLY | O_APPEND)
        let line = Array("\(getpid()) \(token)\n".utf8)
        guard write(descriptor, line, line.count) == line.count else { throw CocoaError(.fileWriteUnknown) }
        close(descriptor)
        try await Task.sleep(for: .milliseconds(50))
        let answer = #"{"access_token":"A1-\#(user)","token_type":"Bearer","expires_in":3600,"refresh_token":"R1-\#(user)"}"#
        var response = HTTPResponse(status: .ok)
        response.headerFields[.contentType] = "application/json"
        return (response, HTTPBody(Data(answer.utf8)))
    }
}
