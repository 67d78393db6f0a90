import Foundation
import Testing

/// A page for users.
struct Page: CustomTestStringConvertible, Sendable {
    let url: URL
    var testDescription: String { url.lastPathComponent }

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    static let all: [Page] = {
        let folders = ["", "Documentation", "Documentation/Apus.docc", "Documentation/Maintaining"]
        return folders.flatMap { folder in
            let url = root.appending(path: folder)
            let files = (try? FileManager.default.contentsOfDirectory(at: url, includingPropertiesForKeys: nil)) ?? []
            return files.filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }
        }.map(Page.init)
    }()

    /// The lines, without what is only layout.
    func lines() throws -> [String] {
        try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}

/// The examples that are compiled: what stands between `// name` and `// end` in the
/// files `…Examples.swift` of the tests, those of the quick start too.
enum Examples {
    static let all: [String: [String]] = {
        var result: [String: [String]] = [:]
        let folders = ["Tests", "Examples/Quickstart/Tests"]
        let files = folders.flatMap { folder in
            FileManager.default.enumerator(at: Page.root.appending(path: folder), includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
        }
        for file in files {
            guard file.lastPathComponent.hasSuffix("Examples.swift"), let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            var name: String?
            for line in text.split(separator: "\n", omittingEmptySubsequences: false).map({ $0.trimmingCharacters(in: .whitespaces) }) {
                if line == "// end" {
                    name = nil
                } else if let name {
                    result[name, default: []].append(line)
                } else if let word = line.split(separator: " ").last, line == "// \(word)", word.first?.isLowercase == true {
                    name = String(word)
                    result[String(word)] = []
                }
            }
        }
        return result
    }()
}

/// Generated code that is checked in.
enum Golden {
    /// The lines of each file of a golden, without what is only layout.
    static func files(of name: String) throws -> [[String]] {
        let folder = Page.root.appending(path: "Tests/GoldenTests/Generated/\(name)")
        return try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil).map { try Page(url: $0).lines() }
    }
}

@Suite("The pages of the documentation")
struct PageTests {
    @Test("Every piece of Swift is one that the tests compile, or says why not", arguments: Page.all)
    func examples(page: Page) throws {
        let lines = try page.lines()
        for (index, line) in lines.enumerated() where line == "```swift" {
            let comment = index > 0 ? lines[index - 1] : ""
            if comment.hasPrefix("<!-- not compiled: ") { continue }
            let onPage = Array(lines[(index + 1)...].prefix { $0 != "```" })
            if comment.hasPrefix("<!-- generated: ") {
                let name = String(comment.dropFirst("<!-- generated: ".count).dropLast(" -->".count))
                let files = try Golden.files(of: name)
                // What is left out is `…`, or a blank line.
                for piece in onPage.split(whereSeparator: { $0 == "…" || $0.isEmpty }) {
                    #expect(files.contains { $0.contains(piece) }, "\(page.testDescription):\(index + 1): not in Generated/\(name)")
                }
                continue
            }
            guard comment.hasPrefix("<!-- compiled: ") else {
                Issue.record("\(page.testDescription):\(index + 1): no comment says what compiles this")
                continue
            }
            let name = String(comment.dropFirst("<!-- compiled: ".count).dropLast(" -->".count))
            #expect(Examples.all[name] == onPage, "\(page.testDescription):\(index + 1): the example \(name)")
        }
    }

    @Test("A description on a page is the one that its examples are compiled with", arguments: Page.all)
    func descriptions(page: Page) throws {
        let lines = try String(contentsOf: page.url, encoding: .utf8).components(separatedBy: "\n")
        for (index, line) in lines.enumerated() where line.hasPrefix("<!-- description: ") {
            let name = line.dropFirst("<!-- description: ".count).dropLast(" -->".count)
            let file = Page.root.appending(path: "Tests/GoldenTests/Descriptions/\(name).yaml")
            let onPage = lines[(index + 2)...].prefix { $0 != "```" }.joined(separator: "\n") + "\n"
            #expect(try String(contentsOf: file, encoding: .utf8) == onPage, "\(page.testDescription):\(index + 1)")
        }
    }

    @Test("Every link leads somewhere", arguments: Page.all)
    func links(page: Page) throws {
        let text = try String(contentsOf: page.url, encoding: .utf8)
        for match in text.matches(of: /\]\((?!https?:|doc:|#)([^)#\s]+)[^)]*\)/) {
            let target = page.url.deletingLastPathComponent().appending(path: String(match.1))
            #expect(FileManager.default.fileExists(atPath: target.path), "\(page.testDescription): \(match.1)")
        }
        for match in text.matches(of: /(?:<doc:|\(doc:)([A-Za-z]+)/) {
            let name = "\(match.1).md"
            #expect(Page.all.contains { $0.testDescription == name }, "\(page.testDescription): \(name)")
        }
    }

    @Test("Every page for users is in the table of contents")
    func contents() throws {
        let contents = try String(contentsOf: Page.root.appending(path: "Documentation/Apus.docc/Apus.md"), encoding: .utf8)
        let folder = Page.root.appending(path: "Documentation").standardizedFileURL.path
        for page in Page.all where page.url.deletingLastPathComponent().standardizedFileURL.path == folder {
            #expect(contents.contains("<doc:\(page.url.deletingPathExtension().lastPathComponent)>"), "\(page.testDescription)")
        }
    }
}
