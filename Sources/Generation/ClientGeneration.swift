import Declarations
import Emission
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
    /// The other descriptions of the target that no two clients may have one
    /// namespace with: those whose own runs leave the comparison to this one.
    public var siblings: [Sibling] = []
    /// Whether warnings are errors.
    public var isStrict = false
    /// Whether notes are reported besides warnings.
    public var isVerbose = false
    /// Whether the output is a folder that a build plugin has to itself.
    public var isPlugin = false

    public init(description: String, output: String, layout: FileLayout) {
        self.description = description
        self.output = output
        self.layout = layout
    }

    /// Another description of the same target.
    public struct Sibling: Hashable, Sendable {
        public var description: String
        public var configurationPath: String?

        public init(description: String, configurationPath: String?) {
            self.description = description
            self.configurationPath = configurationPath
        }
    }

    /// Generates the client and reports warnings to standard error.
    ///
    /// - Parameter end: Told what was done, in one line, before what was made of the
    ///   description is given back: a process that ends here does not do that.
    /// - Returns: What was done, in one line.
    /// - Throws: Why nothing was written.
    @discardableResult
    public func run(then end: (String) -> Void = { _ in }) throws -> String {
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
        let others = try checkNamespace(configuration)
        let sources = PreviousRun.File.all(at: [description] + configuration.overlays + overlays + others)
        let result = try pipeline.run(description, configuration: configuration)
        let module = result.module
        let warnings = pipeline.report(verbose: isVerbose)
        printWarnings(warnings)
        let diagnostics = pipeline.diagnostics.all
        if diagnostics.contains(where: { $0.severity == .error }) {
            throw Failure(description: "error: there are diagnostics that the configuration makes errors; nothing was written")
        }
        if isStrict, diagnostics.contains(where: { $0.severity == .warning }) {
            throw Failure(description: "error: there are warnings, and --strict makes them errors; nothing was written")
        }
        let source = String(description[(description.lastIndex(of: "/").map(description.index(after:)) ?? description.startIndex)...])
        let files = emitter.emit(module, source: source, layout: layout)
        let written = try OutputFolder(path: output).write(files)
        removeOthers(than: files.map(\.path))
        let report = PreviousRun.Report(
            text: warnings,
            summary: "\(module.namespace): \(module.operations.count { !$0.isVariant }) operations, \(files.count) files")
        if result.isOneFile, let settings, let sources {
            previous?.remember(report, inputs: settings + sources, files: files)
        }
        let summary = "\(report.summary), \(written.count) written"
        withExtendedLifetime((result, files)) { end(summary) }
        return summary
    }

    /// - Returns: The files that were read for it.
    /// - Throws: Where a sibling has the same namespace: all of its types would be
    ///   declared twice.
    private func checkNamespace(_ configuration: Configuration) throws -> [String] {
        guard !siblings.isEmpty else { return [] }
        // What is wrong with a file is said where it is the one to be generated from.
        guard let own = try? Pipeline(overlays: overlays).namespace(of: description, configuration: configuration) else { return [] }
        var files: [String] = []
        for sibling in siblings {
            let pipeline = Pipeline()
            guard let other = try? sibling.configurationPath.map({ try Configuration(path: $0, diagnostics: pipeline.diagnostics) }) ?? Configuration(),
                let namespace = try? pipeline.namespace(of: sibling.description, configuration: other)
            else { continue }
            files += [sibling.description] + [sibling.configurationPath].compactMap(\.self) + other.overlays
            guard namespace != own else {
                throw Failure(
                    description: """
                        \(description):1:1: error: the clients of this description and of \(sibling.description) would both be called \(own) \
                        (hint: give one of them another name in its configuration, with `namespace:`; \
                        the configuration of NAME.openapi.yaml is NAME.apus.yaml)
                        """)
            }
        }
        return files
    }

    /// Of a run that reads nothing but what it can look for again.
    private var previousRun: PreviousRun? {
        guard fetch == nil, templates == nil else { return nil }
        return PreviousRun(
            output: output, isPlugin: isPlugin,
            arguments: [description, configurationPath ?? "", namespace ?? "", "\(layout)", "\(isStrict)", "\(isVerbose)"] + overlays
                + siblings.flatMap { [$0.description, $0.configurationPath ?? ""] })
    }

    private func removeOthers(than files: [String]) {
        if case .byName = layout { OutputFolder(path: output).removeOthers(than: files) }
    }

    private func printWarnings(_ text: String) {
        StandardError.write(text)
    }
}
