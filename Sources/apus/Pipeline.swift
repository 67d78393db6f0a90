import Emission
import Foundation
import Lowering
import OpenAPI
import SpecSource

/// From a description's file to a module, with what was found on the way.
struct Pipeline {
    let diagnostics = Diagnostics()
    /// What the command line says of reading.
    let source: SourceOptions

    struct Result {
        /// How many operations the description has, without those that are not selected.
        let described: Int
        let document: Document
        let module: Module
    }

    /// Reads and lowers a description.
    func run(_ path: String, configuration: Configuration) throws(SourceError) -> Result {
        let sources = try read(path, overlays: configuration.overlays + source.overlays)
        let document = try Document.read(sources, diagnostics: diagnostics)
        let described = OperationCount.described(in: sources)
        let all = document.operations.count
        document.select(configuration.selection, diagnostics: diagnostics)
        return Result(
            described: described - (all - document.operations.count), document: document,
            module: Module(lowering: document, options: configuration.lowering, diagnostics: diagnostics))
    }

    private func read(_ path: String, overlays: [String]) throws(SourceError) -> SourceSet {
        var tree = try SourceReader.read(path: path, diagnostics: diagnostics)
        var read: [Overlay] = []
        for path in overlays {
            read.append(try Overlay(try SourceReader.read(path: path, diagnostics: diagnostics), diagnostics: diagnostics))
        }
        tree = try Overlay.apply(read, to: tree, diagnostics: diagnostics)
        guard source.allowsRemote else { return SourceSet(root: tree, diagnostics: diagnostics) }
        return SourceSet(root: tree, diagnostics: diagnostics, fetch: RemoteFile.fetch)
    }

    /// Prints warnings, and notes where they are asked for, to standard error.
    func report(verbose: Bool) {
        let shown = diagnostics.all.filter { verbose || $0.severity != .note }
        guard !shown.isEmpty else { return }
        let text = shown.map { "\($0)\n" }.joined()
        FileHandle.standardError.write(Data(text.utf8))
    }
}

/// What stops the tool: printed as it is, exit code 1.
struct Failure: Error, CustomStringConvertible {
    let description: String
}
