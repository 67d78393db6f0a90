import ArgumentParser
import Emission
import Foundation
import Generation

struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Write the Swift client for a description.")

    @Argument(help: "The OpenAPI description, YAML or JSON.")
    var description: String

    @Option(name: .shortAndLong, help: "The folder to write to.")
    var output: String

    @Option(name: .customLong("config"), help: "The configuration (apus.yaml).")
    var configurationPath: String?

    @OptionGroup
    var source: SourceOptions

    @Option(help: "The enum that contains everything; by default named after the API's title.")
    var namespace: String?

    @Option(help: "A folder of templates that replace the tool's own.")
    var templates: String?

    @Option(help: .hidden)
    var shards: Int?

    @Option(help: .hidden)
    var stem: String?

    @Flag(help: "Treat warnings as errors.")
    var strict = false

    @Flag(name: .shortAndLong, help: "Print notes besides warnings.")
    var verbose = false

    func run() throws {
        var generation = ClientGeneration(
            description: description, output: output,
            layout: shards.map { FileLayout.shards(stem: stem ?? "API", count: $0) } ?? .byName)
        generation.configurationPath = configurationPath
        generation.namespace = namespace
        generation.templates = templates
        generation.isStrict = strict
        generation.isVerbose = verbose
        generation.overlays = source.overlays
        generation.fetch = source.fetch
        do {
            let summary = try generation.run()
            if verbose || shards == nil { print(summary) }
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
    }
}
