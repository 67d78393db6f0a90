import ApusOAuth
import ApusRuntime
import Foundation
import HTTPTypes
import SQLiteTokens

/// A process that shares a database with others:
///
///     TokenSharer request DATABASE USER LOG    asks for a token, ten times at once
///     TokenSharer count DATABASE USER FILE     adds 1 to the number in a file, ten times
///     TokenSharer hold DATABASE USER FILE      takes the lease, writes the file and never ends
@main
struct TokenSharer {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 5 else { exit(2) }
        let database = try TokenDatabase(path: arguments[2], leaseDuration: 1)
        let store = database.store(for: arguments[3])
        let file = URL(fileURLWithPath: arguments[4])
        switch arguments[1] {
        case "request": try await request(store, log: file)
        case "count": try await count(store, file: file)
        case "hold": try await hold(store, file: file)
        default: exit(2)
        }
    }

    private static func request(_ store: SQLiteTokenStore, log: URL) async throws {
        let transport = LoggingServer(log: log)
        let session = TestSession.session(store: store, transport: transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    var request = HTTPRequest(method: .get, scheme: "https", authority: "api.example", path: "/")
                    let context = CredentialContext(serverURL: TestSession.serverURL, transport: transport)
                    try await session.authorize(&request, scopes: [], context: context)
                    guard request.headerFields[.authorization] == "Bearer new" else { exit(1) }
                }
            }
            try await group.waitForAll()
        }
    }

    private static func count(_ store: SQLiteTokenStore, file: URL) async throws {
        for _ in 0..<10 {
            try await store.exclusively("counter") {
                let number = Int((try? String(contentsOf: file, encoding: .utf8)) ?? "") ?? 0
                // Long enough for another process to come in between, if it could.
                try? await Task.sleep(for: .milliseconds(5))
                try? Data("\(number + 1)".utf8).write(to: file)
            }
        }
    }

    private static func hold(_ store: SQLiteTokenStore, file: URL) async throws {
        try await store.exclusively("counter") {
            try? Data("held".utf8).write(to: file)
            try? await Task.sleep(for: .seconds(3600))
        }
    }
}
