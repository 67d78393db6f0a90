@testable import ApusOAuth
import ApusRuntime
import Crypto
import Foundation
import Testing

@testable import PostgresTokens

/// Against a real server, which `run-tests` starts.
@Suite struct PostgresTokensTests {
    private let parameters: String
    private let key = SymmetricKey(size: .bits256)

    struct NoServer: Error, CustomStringConvertible {
        var description: String { "no server: run the tests with Examples/PostgresTokens/run-tests" }
    }

    init() throws {
        guard let parameters = ProcessInfo.processInfo.environment["POSTGRES_TOKENS_SERVER"] else { throw NoServer() }
        self.parameters = parameters
    }

    private func token(_ text: String) -> OAuth2Token {
        OAuth2Token(accessToken: Secret(text), refreshToken: "SECRET-R", issuedAt: Date(timeIntervalSince1970: 1))
    }

    private func record(_ revision: String) -> TokenRecord {
        TokenRecord(revision: revision, signIn: "s", token: token(revision))
    }

    @Test func recordsAreComparedAndSwapped() async throws {
        let user = UUID().uuidString
        let first = try await TokenDatabase(parameters, key: key).store(for: user)
        let second = try await TokenDatabase(parameters, key: key).store(for: user)
        #expect(try await first.record(for: "a") == nil)
        #expect(try await first.replace("r0", with: record("r1"), for: "a") == false)
        #expect(try await first.replace(nil, with: record("r1"), for: "a"))
        #expect(try await second.replace(nil, with: record("r2"), for: "a") == false)
        #expect(try await second.record(for: "a") == record("r1"))
        let wins = try await withThrowingTaskGroup(of: Bool.self) { group in
            for index in 0..<20 {
                group.addTask {
                    try await (index % 2 == 0 ? first : second).replace("r1", with: record("n\(index)"), for: "a")
                }
            }
            return try await group.reduce(into: 0) { if $1 { $0 += 1 } }
        }
        #expect(wins == 1)
        try await first.clear("a")
        #expect(try await second.load("a") == nil)
        #expect(try await second.record(for: "a") != nil)
    }

    @Test func namesAreNoSQL() async throws {
        let database = try await TokenDatabase(parameters, key: key)
        let name = "'; DROP TABLE apus_record; -- ü" + UUID().uuidString
        try await database.store(for: name).save(token("A"), for: name)
        #expect(try await database.store(for: name).load(name) == token("A"))
        try await database.removeTokens(of: name)
        #expect(try await database.store(for: name).record(for: name) == nil)
    }

    /// Neither the table nor whoever can write it has a token.
    @Test func tokensAreEncryptedAndBound() async throws {
        let database = try await TokenDatabase(parameters, key: key)
        let (mia, tom) = (UUID().uuidString, UUID().uuidString)
        try await database.store(for: mia).save(token("SECRET-A"), for: "a")
        let (kept, _) = try await database.pool.run(
            "SELECT content FROM apus_record WHERE user_id = $1::text", [.text(mia)])
        let content = try #require(kept.column.first)
        #expect(!String(decoding: content, as: UTF8.self).contains("SECRET"))
        _ = try await database.pool.run(
            "INSERT INTO apus_record (user_id, name, revision, content) VALUES ($1::text, 'a', 'x', $2::bytea)",
            [.text(tom), .bytes(content)])
        await #expect(throws: CryptoKitError.self) { try await database.store(for: tom).load("a") }
        let other = try await TokenDatabase(parameters, key: SymmetricKey(size: .bits256))
        await #expect(throws: CryptoKitError.self) { try await other.store(for: mia).load("a") }
    }

    @Test func connectionsThatAreLost() async throws {
        let database = try await TokenDatabase(parameters, key: key, connections: 2)
        let store = database.store(for: UUID().uuidString)
        try await store.save(token("A1"), for: "a")
        for round in 2..<6 {
            try await Self.endConnections(parameters)
            try await store.save(token("A\(round)"), for: "a")
            #expect(try await store.load("a") == token("A\(round)"))
        }
    }

    private static func endConnections(_ parameters: String) async throws {
        _ = try? await PostgresConnection(parameters).run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'")
    }

    /// Eight processes, a thousand users whose tokens have ended, one of the
    /// processes killed, all connections lost again and again: one token request
    /// for each user, but for what the killed one had under way.
    @Test func fleet() async throws {
        let users = 1000
        let keyText = key.withUnsafeBytes { Data($0).base64EncodedString() }
        let database = try await TokenDatabase(parameters, key: key, connections: 8)
        let context = CredentialContext(serverURL: "https://api.example", transport: URLSessionTransport())
        let name = OAuth2Session(
            scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token"), client: OAuth2Client(id: "client"), context: context
        ).storeKey
        for user in 0..<users {
            try await database.removeTokens(of: "\(user)")
            try await database.store(for: "\(user)").save(
                OAuth2Token(
                    accessToken: "A0", refreshToken: Secret("R0-\(user)"), issuedAt: Date(timeIntervalSinceNow: -7200),
                    expiresAt: Date(timeIntervalSinceNow: -3600)), for: name)
        }
        let log = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
        _ = FileManager.default.createFile(atPath: log.path, contents: nil)
        defer { try? FileManager.default.removeItem(at: log) }

        let processes = try (0..<8).map { _ in try Sharer(parameters, keyText, log, users) }
        let victim = processes[3]
        // In the middle of its work.
        while try requests(log).count(where: { $0.process == "\(victim.identifier)" }) < 5 {
            try await Task.sleep(for: .milliseconds(20))
        }
        victim.kill()
        for _ in 0..<3 {
            try await Self.endConnections(parameters)
            try await Task.sleep(for: .milliseconds(300))
        }
        for process in processes where process !== victim { #expect(process.end() == "\(users) of \(users)\n") }

        let all = try requests(log)
        #expect(Set(all.map(\.token)).count == users)
        #expect(all.allSatisfy { $0.token.hasPrefix("R0-") })
        let twice = Dictionary(grouping: all, by: \.token).filter { $0.value.count > 1 }
        for (token, requests) in twice {
            #expect(requests.count == 2 && requests.contains { $0.process == "\(victim.identifier)" }, "\(token)")
        }
        for user in 0..<users {
            #expect(try await database.store(for: "\(user)").load(name)?.refreshToken == Secret("R1-\(user)"))
        }
    }

    private func requests(_ log: URL) throws -> [(process: String, token: String)] {
        try String(contentsOf: log, encoding: .utf8).split(separator: "\n").map { line in
            let parts = line.split(separator: " ")
            return (String(parts[0]), String(parts[1]))
        }
    }
}

/// One process of the fleet.
final class Sharer {
    struct NotBuilt: Error {}

    private let process = Process()
    private let output = Pipe()

    init(_ parameters: String, _ key: String, _ log: URL, _ users: Int) throws {
        guard let executable = Self.executable else { throw NotBuilt() }
        process.executableURL = executable
        process.arguments = [parameters, key, log.path, "\(users)"]
        process.standardOutput = output
        try process.run()
    }

    var identifier: Int32 { process.processIdentifier }

    func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

    func end() -> String {
        let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// SwiftPM puts it into the folder of the tests, or above it.
    private static let executable: URL? = {
        for start in [Bundle.main.executableURL, Bundle(for: Sharer.self).bundleURL] {
            guard var folder = start?.deletingLastPathComponent() else { continue }
            while folder.pathComponents.count > 1 {
                let candidate = folder.appendingPathComponent("TokenSharer")
                if FileManager.default.isExecutableFile(atPath: candidate.path) { return candidate }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }()
}
