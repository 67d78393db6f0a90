import Emission
import Foundation
import Source
import Testing

/// A few lines of a description, beside what comes of them.
///
/// `Snippets/Generated` holds what is understood, `Degraded` what is generated with
/// warnings, `Refused` what is not generated. `WRITE_SNIPPETS=1` writes the expected
/// texts anew; the difference is then for reading.
@Suite("Snippets")
struct SnippetTests {
    struct Snippet: CustomTestStringConvertible, Sendable {
        let url: URL
        var testDescription: String { url.deletingPathExtension().lastPathComponent }

        static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Snippets")

        static func all(in kind: String) -> [Snippet] {
            let files = (try? FileManager.default.contentsOfDirectory(at: folder.appending(path: kind), includingPropertiesForKeys: nil)) ?? []
            return files.filter { $0.pathExtension == "yaml" }.sorted { $0.path < $1.path }.map(Snippet.init)
        }

        /// The snippet with what every description has to have, below it, so that its lines
        /// keep their numbers.
        func description() throws -> String {
            var text = try String(contentsOf: url, encoding: .utf8)
            if !text.contains("paths:") { text += "paths: {}\n" }
            return text + "openapi: 3.2.0\ninfo: {title: Snippet, version: '1'}\n"
        }

        func lowered() throws -> Lowered { try Lowered(description()) }

        /// All but the client itself, without the first line and the imports of each file.
        func swift(_ lowered: Lowered) throws -> String {
            let files = try Emitter(toolVersion: "test").emit(lowered.module, source: "snippet", layout: .byName)
            let bodies = files.filter { $0.path.contains("/") }.map { file in
                let lines = String(decoding: file.content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
                return lines.drop { !$0.hasPrefix("extension") && !$0.hasPrefix("///") }.joined(separator: "\n")
            }
            let warnings = lowered.diagnostics.map { "// \($0.location?.line ?? 0):\($0.location?.column ?? 0): \($0.message)\n" }.joined()
            return (warnings.isEmpty ? "" : warnings + "\n") + bodies.joined(separator: "\n")
        }

        /// Compares with the text beside the snippet.
        func expect(_ actual: String, in fileExtension: String) throws {
            let expected = url.deletingPathExtension().appendingPathExtension(fileExtension)
            if ProcessInfo.processInfo.environment["WRITE_SNIPPETS"] != nil {
                try Data(actual.utf8).write(to: expected)
                return
            }
            let text = try String(contentsOf: expected, encoding: .utf8)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let actualLines = actual.split(separator: "\n", omittingEmptySubsequences: false)
            let first = zip(lines, actualLines).enumerated().first { $1.0 != $1.1 }?.offset ?? min(lines.count, actualLines.count)
            #expect(
                text == actual,
                "\(expected.lastPathComponent):\(first + 1): expected \(first < lines.count ? lines[first] : "the end"), got \(first < actualLines.count ? actualLines[first] : "the end")"
            )
        }
    }

    @Test("Understood", arguments: Snippet.all(in: "Generated"))
    func generated(snippet: Snippet) throws {
        let lowered = try snippet.lowered()
        #expect(lowered.diagnostics.isEmpty)
        try snippet.expect(try snippet.swift(lowered), in: "swift")
    }

    @Test("Generated with a warning", arguments: Snippet.all(in: "Degraded"))
    func degraded(snippet: Snippet) throws {
        let lowered = try snippet.lowered()
        #expect(!lowered.diagnostics.isEmpty)
        try snippet.expect(try snippet.swift(lowered), in: "swift")
    }

    @Test("Not generated", arguments: Snippet.all(in: "Refused"))
    func refused(snippet: Snippet) throws {
        let error = try #require(throws: SourceError.self) { try snippet.lowered() }
        try snippet.expect("\(error)\n", in: "txt")
    }

    @Test("Every text belongs to a snippet")
    func texts() throws {
        for kind in ["Generated", "Degraded", "Refused"] {
            let files = try FileManager.default.contentsOfDirectory(atPath: Snippet.folder.appending(path: kind).path)
            let stems = Set(Snippet.all(in: kind).map(\.testDescription))
            #expect(!stems.isEmpty)
            for file in files { #expect(stems.contains(String(file.split(separator: ".")[0])), "\(file) stands alone") }
        }
    }
}
