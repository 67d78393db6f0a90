import Declarations
import Foundation
import Lowering
import OpenAPI
import Source
import SpecSource

/// A description that was lowered, to look at as a value.
struct Lowered {
    let module: Module
    let diagnostics: [Diagnostic]

    init(_ text: String, options: LoweringOptions = LoweringOptions()) throws {
        let diagnostics = Diagnostics()
        let tree = try SourceReader.parse(Array(text.utf8), path: "test.yaml", diagnostics: diagnostics)
        let document = try Document.read(SourceSet(root: tree, diagnostics: diagnostics), diagnostics: diagnostics)
        module = Module(lowering: document, options: options, diagnostics: diagnostics)
        self.diagnostics = diagnostics.all
    }

    /// A description with these paths and schemas.
    init(paths: String = "  {}", schemas: String = "    {}", options: LoweringOptions = LoweringOptions()) throws {
        try self.init(
            "openapi: 3.1.0\ninfo: {title: Test, version: '1'}\npaths:\n\(paths)\ncomponents:\n  schemas:\n\(schemas)\n",
            options: options)
    }

    /// The names of everything that is declared.
    var names: [String] { module.declarations.map { $0.path.joined(separator: ".") } }

    func kind(_ name: String) -> Declaration.Kind? {
        module.declarations.first { $0.path.joined(separator: ".") == name }?.kind
    }

    func structure(_ name: String) -> Structure? {
        if case .structure(let structure) = kind(name) { structure } else { nil }
    }

    func enumeration(_ name: String) -> Enumeration? {
        if case .enumeration(let enumeration) = kind(name) { enumeration } else { nil }
    }

    func union(_ name: String) -> Union? {
        if case .union(let union) = kind(name) { union } else { nil }
    }

    func operation(_ name: String) -> OperationDeclaration? {
        module.operations.first { $0.name == name }
    }

    /// The name of the declaration that a type is of.
    func name(of type: TypeReference?) -> String? {
        type?.declaration.map { module.declarations[$0].path.joined(separator: ".") }
    }
}
