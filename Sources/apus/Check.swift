import ArgumentParser
import Foundation
import SpecSource

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Say what a description holds and what in it had to be degraded.")

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json
    }

    @Argument(help: "The OpenAPI description, YAML or JSON.")
    var description: String

    @Option(name: .customLong("config"), help: "The configuration (apus.yaml).")
    var configurationPath: String?

    @Option(help: "text or json.")
    var format = Format.text

    func run() throws {
        let pipeline = Pipeline()
        do {
            var configuration = Configuration()
            if let configurationPath {
                configuration = try Configuration(path: configurationPath, diagnostics: pipeline.diagnostics)
            }
            let (document, module) = try pipeline.module(description, configuration: configuration)
            let warnings = pipeline.diagnostics.all.filter { $0.severity != .note }.map { "\($0)" }
            let notes = pipeline.diagnostics.all.filter { $0.severity == .note }.map { "\($0)" }
            switch format {
            case .text:
                for line in warnings + notes { print(line) }
                print("operations: \(document.operations.count), generated: \(module.operations.count { !$0.isVariant })")
                print("schemas: \(document.schemas.count), warnings: \(warnings.count)")
            case .json:
                let object: [String: Any] = [
                    "operations": document.operations.count,
                    "generatedOperations": module.operations.count { !$0.isVariant },
                    "schemas": document.schemas.count,
                    "degraded": notes,
                    "warnings": warnings,
                ]
                let data = try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
                print(String(decoding: data, as: UTF8.self))
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
    }
}
