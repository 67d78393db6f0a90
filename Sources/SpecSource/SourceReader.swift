#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif
import Source
import SyntaxTree
import TextScanning

/// The first stage: from a file to a tree of nodes.
public enum SourceReader {
    /// Reads a file in JSON or YAML.
    ///
    /// Which of both it is shows in the content, not in the name.
    ///
    /// - Throws: What is wrong with the file, with its place.
    public static func read(path: String, diagnostics: Diagnostics) throws(SourceError) -> SourceTree {
        var isDirectory = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
            throw SourceError(location: nil, message: "\(path): there is no such file", hint: "check the path")
        }
        guard !isDirectory else {
            throw SourceError(
                location: nil, message: "\(path): this is a directory", hint: "give the path of the description in it")
        }
        let data: Data
        do {
            data = try Data(contentsOf: URL(filePath: path))
        } catch {
            throw SourceError(location: nil, message: "\(path): the file cannot be read", hint: "check its permissions")
        }
        return try parse([UInt8](data), path: path, diagnostics: diagnostics)
    }

    /// Reads a text in JSON or YAML.
    ///
    /// - Parameter path: What locations name as their file.
    public static func parse(_ bytes: [UInt8], path: String, diagnostics: Diagnostics) throws(SourceError) -> SourceTree {
        guard bytes.count < Int(UInt32.max) else {
            throw SourceError(location: nil, message: "\(path): the file is larger than 4 GiB")
        }
        var text = try SourceText.utf8(bytes, path: path)
        let start = SourceLocation(path: path, line: 1, column: 1)
        guard let first = text.first(where: { $0 != 0x20 && !(0x09...0x0D).contains($0) }) else {
            throw SourceError(
                location: start, message: "the file is empty", hint: "an API description begins with `openapi: 3.1.0`")
        }

        var jsonFault: SourceFault?
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") {
            switch result({ bytes throws(SourceFault) in try JSONReader.read(bytes) }, text) {
            case .success(let builder): return tree(builder, path: path, diagnostics: diagnostics)
            case .failure(let fault): jsonFault = fault
            }
        }

        // YAML contains JSON, and forgives a comma too many.
        if WellFormedText.replaceControlCharacters(in: &text) != nil {
            diagnostics.warn(.invalidCharacters, "the file contains control characters, which YAML does not allow; they are replaced by spaces", at: start)
        }
        switch result({ bytes throws(SourceFault) in try YAMLReader.read(bytes) }, text) {
        case .success(let builder):
            if let jsonFault {
                diagnostics.warn(.invalidJSON, "\(jsonFault.message); the file is read as YAML", at: location(of: jsonFault, path: path))
            }
            return tree(builder, path: path, diagnostics: diagnostics)
        case .failure(let yamlFault):
            // Whichever came further understood the file better; JSON's words are plainer.
            var fault = yamlFault
            if let jsonFault, (jsonFault.line, jsonFault.column) >= (yamlFault.line, yamlFault.column) || path.hasSuffix(".json") {
                fault = jsonFault
            }
            throw SourceError(location: location(of: fault, path: path), message: fault.message,
                hint: fault.hint ?? "check the quotes, brackets and commas before this place")
        }
    }

    private static func result(
        _ read: (UnsafeBufferPointer<UInt8>) throws(SourceFault) -> TreeBuilder, _ text: [UInt8]
    ) -> Result<TreeBuilder, SourceFault> {
        text.withUnsafeBufferPointer { bytes in
            do throws(SourceFault) {
                return .success(try read(bytes))
            } catch {
                return .failure(error)
            }
        }
    }

    private static func location(of fault: SourceFault, path: String) -> SourceLocation {
        SourceLocation(path: path, line: Int(fault.line), column: Int(fault.column))
    }

    private static func tree(_ builder: TreeBuilder, path: String, diagnostics: Diagnostics) -> SourceTree {
        for warning in builder.warnings {
            diagnostics.warn(
                warning.code, warning.message, at: SourceLocation(path: path, line: Int(warning.line), column: Int(warning.column)))
        }
        return SourceTree(builder, path: path)
    }
}
