import ArgumentParser
import Emission
import Foundation
import SpecSource

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

    @Option(help: "The enum everything lives in, in place of one named after the API's title.")
    var namespace: String?

    @Option(help: "A folder of templates that take the place of the tool's own.")
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
        let pipeline = Pipeline(source: source)
        do {
            try generate(pipeline)
        } catch let error as ExitCode {
            throw error
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
    }

    private func generate(_ pipeline: Pipeline) throws {
        var configuration = Configuration()
        if let configurationPath {
            configuration = try Configuration(path: configurationPath, diagnostics: pipeline.diagnostics)
        }
        if let namespace { configuration.lowering.namespace = namespace }
        let emitter = try Emitter(toolVersion: ToolVersion.current, overrides: TemplateFolder.read(templates))
        let module = try pipeline.run(description, configuration: configuration).module
        pipeline.report(verbose: verbose)
        if strict, pipeline.diagnostics.all.contains(where: { $0.severity == .warning }) {
            throw Failure(description: "error: there are warnings, and --strict makes them errors; nothing was written")
        }
        let source = URL(fileURLWithPath: description).lastPathComponent
        let layout = shards.map { FileLayout.shards(stem: stem ?? "API", count: $0) } ?? .byName
        let files = emitter.emit(module, source: source, layout: layout)
        let folder = OutputFolder(path: output)
        let written = try folder.write(files)
        if shards == nil { folder.removeOthers(than: files) }
        if verbose || shards == nil {
            print("\(module.namespace): \(module.operations.count { !$0.isVariant }) operations, \(files.count) files, \(written.count) written")
        }
    }
}

/// Templates of the user's own.
enum TemplateFolder {
    static func read(_ path: String?) throws -> [String: String] {
        guard let path else { return [:] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw Failure(description: "\(path): error: the folder of templates cannot be read")
        }
        var result: [String: String] = [:]
        for name in names where name.hasSuffix(".mustache") {
            result[String(name.dropLast(".mustache".count))] = try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8)
        }
        return result
    }
}
