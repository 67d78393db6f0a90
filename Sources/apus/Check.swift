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
        let decisions = result.module.operations.filter { !$0.isVariant }
        let pages = decisions.compactMap { operation in
            operation.pagination.declaration.map { "  \(operation.name): \(PlainText.line($0.reason))" }
        }
        let undecided = decisions.compactMap { operation -> String? in
            guard case .undecided(let reason) = operation.pagination else { return nil }
            return "  \(operation.name): \(PlainText.line(reason))"
        }
        return section("Operations: \(result.described) described, \(generated) generated", methods)
            + section("Schemas: \(result.document.schemas.count)", schemas)
            + section("Paginated: \(pages.count)", pages)
            + section("Not paginated, though they may be: \(undecided.count)", undecided)
            + section("Degraded: \(degraded.count)", degraded)
            + "Warnings: \(degraded.count + others.count)" + others.map { "\n" + $0 }.joined()
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        ([title] + lines).joined(separator: "\n") + "\n"
    }

    /// What was decided of the operations that look like pages, each with the reason.
    private func pagination(_ operations: [OperationDeclaration]) -> [[String: Any]] {
        operations.compactMap { operation in
            var entry: [String: Any] = ["operation": "\(operation.method) \(operation.template)", "method": operation.name]
            switch operation.pagination {
            case .none: return nil
            case .undecided(let reason):
                entry["paginated"] = false
                entry["reason"] = reason
            case .paginated(let pages):
                entry["paginated"] = true
                entry["reason"] = pages.reason
                entry["style"] = pages.style.name
                entry["next"] = pages.style.next
                entry["items"] = pages.items.map(\.name).joined(separator: ".")
            }
            return entry
        }
    }

    private func json(_ result: Pipeline.Result, _ diagnostics: [Diagnostic]) throws -> String {
        let object: [String: Any] = [
            "operations": result.described,
            "generatedOperations": result.module.operations.count { !$0.isVariant },
            "schemas": result.document.schemas.count,
            "paginated": result.module.operations.count { $0.pagination.declaration != nil },
            "pagination": pagination(result.module.operations),
            "degraded": diagnostics.filter(\.isDegradation).map { "\($0)" },
            "warnings": diagnostics.filter { $0.severity != .note }.map { "\($0)" },
        ]
        let data = try JSONSerialization.data(
            withJSONObject: object, options: [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes])
        return String(decoding: data, as: UTF8.self)
    }
}
