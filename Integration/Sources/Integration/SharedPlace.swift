import Clients
import Crypto
import Foundation
import PostgresTokens

/// Where several processes keep tokens together, in words that fit on a command
/// line.
enum SharedPlace: Sendable {
    case file(URL)
    /// A connection string of libpq, the key that tokens are encrypted with, and
    /// a user.
    case postgres(String, key: Data, user: String)

    /// Reads ``arguments``.
    init(_ arguments: some Collection<String>) throws {
        let parts = Array(arguments)
        switch (parts.first, parts.count) {
        case ("file", 2): self = .file(URL(fileURLWithPath: parts[1]))
        case ("postgres", 4):
            guard let key = Data(base64Encoded: parts[2]) else { fallthrough }
            self = .postgres(parts[1], key: key, user: parts[3])
        default: throw Unexpected("no place for tokens: \(parts.first ?? "")")
        }
    }

    var arguments: [String] {
        switch self {
        case .file(let url): ["file", url.path]
        case .postgres(let server, let key, let user): ["postgres", server, key.base64EncodedString(), user]
        }
    }

    /// The database that `run` has started, for a user that nobody has used yet.
    static func database() throws -> SharedPlace {
        guard let server = ProcessInfo.processInfo.environment["POSTGRES_TOKENS_SERVER"] else {
            throw Unexpected("POSTGRES_TOKENS_SERVER names no database")
        }
        return .postgres(server, key: SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }, user: UUID().uuidString)
    }

    func store() async throws -> any TokenStore {
        switch self {
        case .file(let url): FileTokenStore(url)
        case .postgres(let server, let key, let user):
            try await TokenDatabase(server, key: SymmetricKey(data: key)).store(for: user)
        }
    }

    /// Runs `body` with a file in a folder that is removed afterwards.
    static func withFile<Value: Sendable>(_ body: (SharedPlace) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await body(.file(folder.appendingPathComponent("tokens.json")))
    }
}
