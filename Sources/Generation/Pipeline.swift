import Declarations
import Lowering
import OpenAPI
import Overlays
import Source
import SpecSource
import SyntaxTree

/// From a description's file to a module, with what was found on the way.
public struct Pipeline {
    public let diagnostics = Diagnostics()
    private let overlays: [String]
    private let fetch: RemoteFetch?
    private let progress: (Stage) -> Void

    /// What takes time, in this order.
    public enum Stage: Int, CaseIterable, Sendable {
        case reading, understanding, lowering

        public var title: String {
            switch self {
            case .reading: "Reading the files"
            case .understanding: "Reading operations and schemas"
            case .lowering: "Choosing types and names"
            }
        }
    }

    /// - Parameters:
    ///   - overlays: Those to apply besides the configuration's, after them.
    ///   - fetch: How references to other hosts are followed; they are not
    ///     without it.
    ///   - progress: Told of each stage as it begins.
    public init(overlays: [String] = [], fetch: RemoteFetch? = nil, progress: @escaping (Stage) -> Void = { _ in }) {
        self.overlays = overlays
        self.fetch = fetch
        self.progress = progress
    }

    public struct Result {
        /// How many operations the description has, without those that are not selected.
        public let described: Int
        public let document: Document
        public let module: Module
        /// Whether no reference leads to other files.
        public let isOneFile: Bool
    }

    /// Reads and lowers a description.
    public func run(_ path: String, configuration: Configuration) throws(SourceError) -> Result {
        progress(.reading)
        return try lower(try SourceReader.read(path: path, diagnostics: diagnostics), configuration: configuration)
    }

    /// Reads and lowers a description that is in memory.
    ///
    /// - Parameter path: What locations name as its file, and what references
    ///   to other files are relative to.
    public func run(_ bytes: [UInt8], path: String, configuration: Configuration) throws(SourceError) -> Result {
        progress(.reading)
        return try lower(try SourceReader.parse(bytes, path: path, diagnostics: diagnostics), configuration: configuration)
    }

    /// What the enum would be called that everything of a description lives in.
    public func namespace(of path: String, configuration: Configuration) throws(SourceError) -> String {
        if let chosen = configuration.lowering.namespace { return chosen }
        let sources = try apply(configuration.overlays + overlays, to: try SourceReader.read(path: path, diagnostics: diagnostics))
        return configuration.lowering.namespace(ofTitle: sources.root.root["info"]?["title"]?.text ?? "")
    }

    private func lower(_ tree: SourceTree, configuration: Configuration) throws(SourceError) -> Result {
        diagnostics.settings = configuration.diagnostics
        let sources = try apply(configuration.overlays + overlays, to: tree)
        progress(.understanding)
        let document = try Document.read(sources, diagnostics: diagnostics)
        if let name = document.extendSecuritySchemes(configuration.oauth), let location = configuration.oauthLocations[name] {
            let known = document.oauthSchemeNames
            throw SourceError(
                location: location, message: "the description has no security scheme of OAuth called `\(name)`",
                hint: known.isEmpty ? "it has none at all" : "it has \(known.joined(separator: ", "))")
        }
        let described = OperationCount.described(in: sources)
        let all = document.operations.count
        document.select(configuration.selection, diagnostics: diagnostics)
        progress(.lowering)
        return Result(
            described: described - (all - document.operations.count), document: document,
            module: Module(lowering: document, options: configuration.lowering, diagnostics: diagnostics),
            isOneFile: sources.isOneFile)
    }

    private func apply(_ overlays: [String], to tree: SourceTree) throws(SourceError) -> SourceSet {
        var read: [Overlay] = []
        for path in overlays {
            read.append(try Overlay(try SourceReader.read(path: path, diagnostics: diagnostics), diagnostics: diagnostics))
        }
        return SourceSet(root: try Overlay.apply(read, to: tree, diagnostics: diagnostics), diagnostics: diagnostics, fetch: fetch)
    }

    /// Warnings, and notes where they are asked for, a line each.
    public func report(verbose: Bool) -> String {
        diagnostics.all.filter { verbose || $0.severity != .note }.map { $0.line + "\n" }.joined()
    }
}

/// What stops the tool: printed as it is, exit code 1.
public struct Failure: Error, CustomStringConvertible {
    public let description: String
}
