import ArgumentParser
import Declarations
import Foundation
import Generation
import Lowering
import OpenAPI
import Source
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

    @OptionGroup
    var source: SourceOptions

    @Option(help: "text or json.")
    var format = Format.text

    func run() throws {
        let pipeline = Pipeline(overlays: source.overlays, fetch: source.fetch)
        do {
            var configuration = Configuration()
            if let configurationPath {
                configuration = try Configuration(path: configurationPath, diagnostics: pipeline.diagnostics)
            }
            let result = try pipeline.run(description, configuration: configuration)
            ExampleCheck.report(result.document, pipeline.diagnostics)
            switch format {
            case .text: print(text(result, pipeline.diagnostics.all))
            case .json: print(try json(result, pipeline.diagnostics.all))
            }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
    }

    private func text(_ result: Pipeline.Result, _ diagnostics: [Diagnostic]) -> String {
        let methods = result.module.operations.map { operation in
            "  \(operation.method) \(PlainText.line(operation.template)) → \(operation.name)"
        }
        let schemas = result.document.schemas.map { "  " + PlainText.line($0.name) }
        let degraded = diagnostics.filter(\.isDegradation).map { "  \($0)" }
        let others = diagnostics.filter { !$0.isDegradation && $0.severity != .note }.map { "  \($0)" }
        let generated = result.module.operations.count { !$0.isVariant }
        return section("Operations: \(result.described) described, \(generated) generated", methods)
            + section("Schemas: \(result.document.schemas.count)", schemas)
            + section("Degraded: \(degraded.count)", degraded)
            + "Warnings: \(degraded.count + others.count)" + others.map { "\n" + $0 }.joined()
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        ([title] + lines).joined(separator: "\n") + "\n"
    }

    private func json(_ result: Pipeline.Result, _ diagnostics: [Diagnostic]) throws -> String {
        let object: [String: Any] = [
            "operations": result.described,
            "generatedOperations": result.module.operations.count { !$0.isVariant },
            "schemas": result.document.schemas.count,
            "degraded": diagnostics.filter(\.isDegradation).map { "\($0)" },
            "warnings": diagnostics.filter { $0.severity != .note }.map { "\($0)" },
        ]
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
