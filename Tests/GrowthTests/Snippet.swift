import Foundation
import Growth
import Source
import SpecSource

/// Descriptions as tests write them: YAML.
func value(_ yaml: String) throws -> Value {
    Value(try SourceReader.parse(Array(yaml.utf8), path: "test.yaml", diagnostics: Diagnostics()).root)
}

func seeded(_ seed: Int = 1) -> SeededGenerator {
    SeededGenerator(seed: [String(seed)])
}

/// The folders of descriptions to try.
enum Folders {
    static let root = URL(filePath: #filePath).appending(path: "../../..").standardizedFileURL
    static let corpus = root.appending(path: "../shared/corpus").standardizedFileURL
    static let hasCorpus = FileManager.default.fileExists(atPath: corpus.path)
}
