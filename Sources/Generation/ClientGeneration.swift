import Declarations
import Emission
import Foundation
import SpecSource

/// One run: from a description to the files of its client.
public struct ClientGeneration {
    /// The path of the description.
    public var description: String
    /// The folder to write to.
    public var output: String
    /// The path of the configuration, where there is one.
    public var configurationPath: String?
    /// Overlays besides the configuration's.
    public var overlays: [String] = []
    /// How references to other hosts are followed; they are not without it.
    public var fetch: RemoteFetch?
    /// Takes the place of the configuration's namespace.
    public var namespace: String?
    /// The folder of templates that take the place of the tool's own.
    public var templates: String?
    /// Which declaration goes to which file.
    public var layout: FileLayout
    /// Whether warnings are errors.
    public var isStrict = false
    /// Whether notes are reported besides warnings.
    public var isVerbose = false

    public init(description: String, output: String, layout: FileLayout) {
        self.description = description
        self.output = output
        self.layout = layout
    }

    /// Generates the client and reports warnings to standard error.
    ///
    /// - Returns: What was done, in one line.
    /// - Throws: Why nothing was written.
    public func run() throws -> String {
        let previous = previousRun
        if let (report, files) = previous?.repeated() {
            removeOthers(than: files)
            printWarnings(report.text)
            return "\(report.summary), 0 written"
        }
        let pipeline = Pipeline(overlays: overlays, fetch: fetch)
        var configuration = Configuration()
        // Looked at before they are read: what changes meanwhile is seen the next time.
        let settings = PreviousRun.File.all(at: [configurationPath].compactMap(\.self))
        if let configurationPath {
            configuration = try Configuration(path: configurationPath, diagnostics: pipeline.diagnostics)
        }
        if let namespace { configuration.lowering.namespace = namespace }
        let emitter = try Emitter(toolVersion: ToolVersion.current, overrides: TemplateFolder.read(templates))
        let sources = PreviousRun.File.all(at: [description] + configuration.overlays + overlays)
        let result = try pipeline.run(description, configuration: configuration)
        let module = result.module
        let warnings = pipeline.report(verbose: isVerbose)
        printWarnings(warnings)
        if isStrict, pipeline.diagnostics.all.contains(where: { $0.severity == .warning }) {
            throw Failure(description: "error: there are warnings, and --strict makes them errors; nothing was written")
        }
        let source = URL(fileURLWithPath: description).lastPathComponent
        let files = emitter.emit(module, source: source, layout: layout)
        let written = try OutputFolder(path: output).write(files)
        removeOthers(than: files.map(\.path))
        let report = PreviousRun.Report(
            text: warnings,
            summary: "\(module.namespace): \(module.operations.count { !$0.isVariant }) operations, \(files.count) files")
        if result.isOneFile, let settings, let sources {
            previous?.remember(report, inputs: settings + sources, files: files)
        }
        return "\(report.summary), \(written.count) written"
    }

    /// Of a run that reads nothing but what it can look for again.
    private var previousRun: PreviousRun? {
        guard fetch == nil, templates == nil else { return nil }
        return PreviousRun(
            output: output,
            arguments: [description, configurationPath ?? "", namespace ?? "", "\(layout)", "\(isStrict)", "\(isVerbose)"] + overlays)
    }

    private func removeOthers(than files: [String]) {
        if case .byName = layout { OutputFolder(path: output).removeOthers(than: files) }
    }

    private func printWarnings(_ text: String) {
        if !text.isEmpty { FileHandle.standardError.write(Data(text.utf8)) }
    }
}

/// The version that generated files name.
public enum ToolVersion {
    public static let current = "0.1.0"
}
