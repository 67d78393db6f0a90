import Source
import SpecSource
import SyntaxTree

/// Reads a text, for tests.
struct Reading {
    let root: Node
    let diagnostics: [Diagnostic]

    init(_ text: String, path: String = "test.yaml") throws {
        try self.init(Array(text.utf8), path: path)
    }

    init(_ bytes: [UInt8], path: String = "test.yaml") throws {
        let diagnostics = Diagnostics()
        root = try SourceReader.parse(bytes, path: path, diagnostics: diagnostics).root
        self.diagnostics = diagnostics.all
    }

    /// What is wrong with a text that cannot be read.
    static func error(_ bytes: [UInt8], path: String = "test.yaml") -> SourceError? {
        do throws(SourceError) {
            _ = try SourceReader.parse(bytes, path: path, diagnostics: Diagnostics())
            return nil
        } catch {
            return error
        }
    }

    static func error(_ text: String, path: String = "test.yaml") -> SourceError? {
        error(Array(text.utf8), path: path)
    }
}
