import Foundation
import Generation
import Source
import Testing

/// One of `goldens.json`.
struct Golden: Decodable, Sendable, CustomTestStringConvertible {
    var description: String
    var configuration: String?
    var stem = ""

    private enum CodingKeys: CodingKey { case description, configuration }

    var testDescription: String { stem }
    var url: URL { Generator.root.appending(path: description) }

    func settings() throws -> Configuration? {
        try configuration.map { try Configuration(path: Generator.root.appending(path: $0).path, diagnostics: Diagnostics()) }
    }

    static let all: [Golden] = {
        let list = Generator.root.appending(path: "Tests/GoldenTests/goldens.json")
        guard let data = try? Data(contentsOf: list), let goldens = try? JSONDecoder().decode([String: Golden].self, from: data) else { return [] }
        return goldens.map { stem, golden in
            var golden = golden
            golden.stem = stem
            return golden
        }.sorted { $0.stem < $1.stem }
    }()
}
