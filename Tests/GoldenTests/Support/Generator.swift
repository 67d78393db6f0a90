import Declarations
import Emission
import Foundation
import Generation
import Lowering
import OpenAPI
import Source
import SpecSource

/// Runs the pipeline on a description.
struct Generator {
    let diagnostics: [Diagnostic]
    let files: [GeneratedFile]

    static let root = URL(filePath: #filePath).appending(path: "../../../..").standardizedFileURL
    static let goldens = root.appending(path: "Tests/GoldenTests/Generated")

    init(_ url: URL, layout: FileLayout, options: LoweringOptions = LoweringOptions()) throws {
        try self.init(Array(Data(contentsOf: url)), name: url.lastPathComponent, path: url.path, layout: layout, options: options)
    }

    init(_ golden: Golden, layout: FileLayout) throws {
        let configuration = try golden.settings()
        try self.init(
            Array(Data(contentsOf: golden.url)), name: golden.url.lastPathComponent, path: golden.url.path, layout: layout,
            options: configuration?.lowering ?? LoweringOptions(), selection: configuration?.selection ?? Selection())
    }

    init(_ text: String, layout: FileLayout = .byName, validation: Validation = .none) throws {
        var options = LoweringOptions()
        options.validation = validation
        try self.init(Array(text.utf8), name: "test.yaml", layout: layout, options: options)
    }

    /// - Parameter path: Where the description lies, for references to other files.
    init(_ bytes: [UInt8], name: String, path: String? = nil, layout: FileLayout, options: LoweringOptions = LoweringOptions(), selection: Selection = Selection()) throws {
        let diagnostics = Diagnostics()
        let tree = try SourceReader.parse(bytes, path: path ?? name, diagnostics: diagnostics)
        let document = try Document.read(SourceSet(root: tree, diagnostics: diagnostics), diagnostics: diagnostics)
        document.select(selection, diagnostics: diagnostics)
        let module = Module(lowering: document, options: options, diagnostics: diagnostics)
        files = try Emitter(toolVersion: "golden").emit(module, source: name, layout: layout)
        self.diagnostics = diagnostics.all
    }

    /// All of the generated Swift.
    var text: String { files.map { String(decoding: $0.content, as: UTF8.self) }.joined(separator: "\n") }
}
