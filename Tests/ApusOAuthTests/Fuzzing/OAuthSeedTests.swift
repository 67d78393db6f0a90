import Foundation
import Testing

@Suite struct OAuthSeedTests {
    /// What fuzzing has found, and one input of each kind: `make fuzz` begins with them.
    @Test("the oracle of fuzzing passes on each seed", arguments: try inputs("oauth"))
    func seed(input: URL) async throws {
        await fuzzOAuth(Array(try Data(contentsOf: input)))
    }

    private static func inputs(_ target: String) throws -> [URL] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Fuzzing/Seeds/\(target)").standardizedFileURL
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    }
}
