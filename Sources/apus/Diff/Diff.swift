import ArgumentParser
import Comparison
import Declarations
import Foundation
import Generation
import Source
import SpecSource

struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List what changed in the Swift interface between two descriptions.",
        discussion: """
            A change is breaking where code that uses the client may have to be changed. The exit code is 1 where a description cannot be used. \
            With --exit-code it is 0 where nothing differs, 2 where all changes are compatible, and 3 where one is breaking.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, markdown
    }

    @Argument(help: "The old description.")
    var old: String

    @Argument(help: "The new description.")
    var new: String

    @Option(name: .customLong("config"), help: "The configuration (apus.yaml), for both.")
    var configurationPath: String?

    @OptionGroup
    var source: SourceOptions

    @Option(help: "text, json, or markdown for a comment on a pull request.")
    var format = Format.text

    @Flag(help: "End with exit code 1 if a change is breaking.")
    var failOnBreaking = false

    @Flag(help: "End with exit code 2 if there are compatible changes alone, and 3 if one is breaking.")
    var exitCode = false

    @Flag(help: "Print `rename` entries for apus.yaml that keep code for the old description compiling.")
    var keepNames = false

    @Flag(help: "With --keep-names: merge the names into the file that --config names.")
    var write = false

    func validate() throws {
        if write, !keepNames || configurationPath == nil {
            throw ValidationError("--write goes with --keep-names and with --config, which names the file to write to")
        }
    }

    func run() throws {
        let changes: [InterfaceChange]
        do {
            let configuration = try configuration()
            let before = try module(old, configuration)
            let after = try module(new, configuration)
            if keepNames {
                changes = try keepNames(before, after, configuration)
            } else {
                changes = ModuleComparison(old: before, new: after).changes()
                let report = DiffReport(changes: changes, title: after.title)
                switch format {
                case .text: print(report.text, terminator: "")
                case .json: print(try report.json())
                case .markdown: print(DiffMarkdown(report: report).text)
                }
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
        let isBreaking = changes.contains(where: \.isBreaking)
        if exitCode, !changes.isEmpty { throw ExitCode(isBreaking ? 3 : 2) }
        if failOnBreaking, isBreaking { throw ExitCode(1) }
    }

    private func configuration() throws -> Configuration {
        // The file that names are written to may be new.
        guard let configurationPath, !write || FileManager.default.fileExists(atPath: configurationPath) else { return Configuration() }
        return try Configuration(path: configurationPath, diagnostics: Diagnostics())
    }

    private func module(_ path: String, _ configuration: Configuration) throws -> Module {
        try Pipeline(overlays: source.overlays, fetch: source.fetch).run(path, configuration: configuration).module
    }

    /// Prints or writes the names.
    ///
    /// - Returns: What is different with them all the same.
    private func keepNames(_ before: Module, _ after: Module, _ configuration: Configuration) throws -> [InterfaceChange] {
        let kept = KeepNames(names: KeptNames(old: before, new: after))
        let changes = ModuleComparison(old: before, new: try module(new, kept.added(to: configuration))).changes()
        if write, let configurationPath {
            try kept.write(to: configurationPath)
            print("\(kept.names.entries.count) names added to \(configurationPath)")
        } else {
            print(kept.lines.text, terminator: "")
        }
        let breaking = changes.filter(\.isBreaking)
        if !breaking.isEmpty {
            let list = breaking.map { "  \($0)\n" }.joined()
            FileHandle.standardError.write(Data("No name keeps these:\n\(list)".utf8))
        }
        return changes
    }
}
