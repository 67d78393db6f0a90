import Foundation
import Testing

@Suite struct OverlaySeedTests {
    /// What fuzzing has found, and one input of each kind: `make fuzz` begins with them.
    @Test("the oracle of fuzzing passes on each seed", arguments: try inputs("overlays"))
    func seed(input: URL) throws {
        fuzzOverlays(Array(try Data(contentsOf: input)))
    }

    private static func inputs(_ target: String) throws -> [URL] {
        let folder = URL(filePath: #filePath).appending(path: "../../../Fuzzing/Seeds/\(target)").standardizedFileURL
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    }
}
