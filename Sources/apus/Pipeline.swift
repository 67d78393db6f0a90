import Emission
import Foundation
import Lowering
import OpenAPI
import SpecSource

/// From a description's file to a module, with what was found on the way.
struct Pipeline {
    let diagnostics = Diagnostics()

    struct Result {
        /// How many operations the description has, without those that are not selected.
        let described: Int
        let document: Document
        let module: Module
    }

    /// Reads and lowers a description.
    func run(_ path: String, configuration: Configuration) throws(SourceError) -> Result {
        let tree = try SourceReader.read(path: path, diagnostics: diagnostics)
        let document = try Document.read(tree, diagnostics: diagnostics)
        let described = OperationCount.described(in: tree)
        let all = document.operations.count
        document.select(configuration.selection, diagnostics: diagnostics)
        var options = LoweringOptions()
        options.namespace = configuration.namespace
        if let access = configuration.accessLevel { options.accessLevel = access }
        return Result(
            described: described - (all - document.operations.count), document: document,
            module: Module(lowering: document, options: options, diagnostics: diagnostics))
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
