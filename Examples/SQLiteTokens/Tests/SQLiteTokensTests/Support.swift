import ApusOAuth
import ApusRuntime
import Foundation
import SQLiteTokens
import Testing

/// A folder that is gone after the test.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("apus-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

func token(_ access: String, refresh: String = "R", expires: Date? = nil) -> OAuth2Token {
    OAuth2Token(
        accessToken: Secret(access), refreshToken: Secret(refresh), issuedAt: Date(timeIntervalSince1970: 1),
        expiresAt: expires)
}

extension Process {
    /// Starts the program TokenSharer, which is built with these tests.
    static func tokenSharer(_ arguments: String...) throws -> Process {
        var folder = Bundle.main.executableURL?.deletingLastPathComponent() ?? URL(fileURLWithPath: "/")
        while folder.pathComponents.count > 1,
            !FileManager.default.isExecutableFile(atPath: folder.appendingPathComponent("TokenSharer").path)
        {
            folder = folder.deletingLastPathComponent()
        }
        let process = Process()
        process.executableURL = folder.appendingPathComponent("TokenSharer")
        process.arguments = arguments
        try process.run()
        return process
    }
}
