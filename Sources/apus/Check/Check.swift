import ArgumentParser
import Foundation
import Generation
import OpenAPI
import Source
import Terminal

struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List what is in a description, and what became a more general type.",
        discussion: """
            Each diagnostic ends with its code in brackets; `diagnostics` in apus.yaml says which codes are switched off, and which are errors. \
            The exit code is 1 where the description cannot be used or where there are errors.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text, json, sarif
    }

    @Argument(help: "The OpenAPI description, YAML or JSON.")
    var description: String

    @Option(name: .customLong("config"), help: "The configuration (apus.yaml).")
    var configurationPath: String?

    @OptionGroup
    var source: SourceOptions

    @Option(help: "text, json, or sarif for annotations in code review (SARIF 2.1.0).")
    var format = Format.text

    @Flag(name: .shortAndLong, help: "List notes besides warnings.")
    var verbose = false

    func run() throws {
        let progress = ProgressBar(steps: Pipeline.Stage.allCases.count)
        let pipeline = Pipeline(overlays: source.overlays, fetch: source.fetch) { progress.begin($0.rawValue, $0.title) }
        let report: CheckReport
        do {
            var configuration = Configuration()
            if let configurationPath {
                configuration = try Configuration(path: configurationPath, diagnostics: pipeline.diagnostics)
            }
            let result = try pipeline.run(description, configuration: configuration)
            ExampleCheck.report(result.document, pipeline.diagnostics)
            report = CheckReport(result, pipeline.diagnostics.all)
            progress.end()
        } catch {
            progress.end()
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            // What shows annotations has to show this one first of all.
            if format == .sarif { print(try SARIF(error).text()) }
            throw ExitCode(1)
        }
        switch format {
        case .text: print(CheckTable(report: report, style: .output, isVerbose: verbose).text, terminator: "")
        case .json: print(try report.json())
        case .sarif: print(try SARIF(report.diagnostics).text())
        }
        if report.diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    }
}
