import ArgumentParser
import Comparison
import Declarations
import Foundation
import Generation
import Source
import SpecSource

struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what changed in the Swift interface between two descriptions.",
        discussion: "A change is breaking where code that uses the client may have to be changed.")

    @Argument(help: "The description as it was.")
    var old: String

    @Argument(help: "The description as it is.")
    var new: String

    @Option(name: .customLong("config"), help: "The configuration (apus.yaml), for both.")
    var configurationPath: String?

    @OptionGroup
    var source: SourceOptions

    @Option(help: "text or json.")
    var format = Check.Format.text

    @Flag(help: "End with exit code 1 if a change is breaking.")
    var failOnBreaking = false

    @Flag(help: "Print the names for `rename` in apus.yaml by which code written for the old description goes on compiling.")
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
                switch format {
                case .text: print(text(changes), terminator: "")
                case .json: print(try json(changes))
                }
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
        if failOnBreaking, changes.contains(where: \.isBreaking) { throw ExitCode(1) }
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

    private func text(_ changes: [InterfaceChange]) -> String {
        let breaking = changes.filter(\.isBreaking)
        let others = changes.filter { !$0.isBreaking }
        func section(_ title: String, _ changes: [InterfaceChange]) -> String {
            changes.isEmpty ? "" : title + "\n" + changes.map { "  \($0)\n" }.joined() + "\n"
        }
        return section("Breaking:", breaking) + section("Compatible:", others)
            + "\(breaking.count) breaking, \(others.count) compatible\n"
    }

    private func json(_ changes: [InterfaceChange]) throws -> String {
        let object: [String: Any] = [
            "breaking": changes.count(where: \.isBreaking),
            "changes": changes.map { change -> [String: Any] in
                [
                    "change": change.kind.rawValue, "kind": change.subject.rawValue, "name": change.name, "detail": change.detail,
                    "breaking": change.isBreaking,
                ]
            },
        ]
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
