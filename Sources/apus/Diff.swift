import ArgumentParser
import Comparison
import Declarations
import Foundation
import Generation
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

    func run() throws {
        let changes: [InterfaceChange]
        do {
            let before = Pipeline(overlays: source.overlays, fetch: source.fetch)
            let after = Pipeline(overlays: source.overlays, fetch: source.fetch)
            changes = ModuleComparison(old: try module(before, old), new: try module(after, new)).changes()
            switch format {
            case .text: print(text(changes), terminator: "")
            case .json: print(try json(changes))
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
        if failOnBreaking, changes.contains(where: \.isBreaking) { throw ExitCode(1) }
    }

    private func module(_ pipeline: Pipeline, _ path: String) throws -> Module {
        var configuration = Configuration()
        if let configurationPath { configuration = try Configuration(path: configurationPath, diagnostics: pipeline.diagnostics) }
        return try pipeline.run(path, configuration: configuration).module
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
