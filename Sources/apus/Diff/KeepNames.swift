import ArgumentParser
import Comparison
import Foundation
import Generation
import Lowering
import Source

/// What `apus diff --keep-names` prints or writes, and what it cannot keep.
struct KeepNames {
    let names: KeptNames

    /// The names as lines of the configuration.
    var lines: RenameLines {
        RenameLines(KeptNames.Section.allCases.map { section in
            (section.rawValue, names.entries.filter { $0.section == section }.map { ($0.key, $0.name) })
        })
    }

    /// The configuration with the names in it.
    func added(to configuration: Configuration) -> Configuration {
        var configuration = configuration
        for (number, entry) in names.entries.enumerated() {
            let name = Configured(text: entry.name, location: SourceLocation(path: "--keep-names", line: number + 1, column: 1))
            switch entry.section {
            case .schemas: configuration.lowering.renames.schemas[entry.key] = name
            case .operations: configuration.lowering.renames.operations[entry.key] = name
            case .properties: configuration.lowering.renames.properties[entry.key] = name
            case .tags: configuration.lowering.renames.tags[entry.key] = name
            }
        }
        return configuration
    }

    /// Merges the names into the file at `path`, which need not be there.
    func write(to path: String) throws {
        let text = FileManager.default.fileExists(atPath: path) ? try String(contentsOfFile: path, encoding: .utf8) : ""
        let merged = try lines.merged(into: text, path: path)
        if merged != text { try Data(merged.utf8).write(to: URL(filePath: path), options: .atomic) }
    }
}
