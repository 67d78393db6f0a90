import Foundation
import Testing

/// Operations, parameters, responses and properties of real descriptions: with one of them
/// taken away, what is generated is another, or what is reported.
@Suite struct CorpusDropTests {
    private static let folder = Generator.root.appending(path: "../shared/corpus").standardizedFileURL
    /// How many parts of each description are taken away.
    private static let count = ProcessInfo.processInfo.environment["APUS_DROPS"].flatMap { Int($0) } ?? 8

    /// Each removal generates everything anew.
    private static let largest = 140_000

    private static func descriptions() -> [URL] {
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.fileSizeKey]) else { return [] }
        return files.compactMap { $0 as? URL }.filter { file in
            let size = (try? file.resourceValues(forKeys: [.fileSizeKey]))?.fileSize ?? 0
            return ["yaml", "json"].contains(file.pathExtension) && size <= largest
        }.sorted { $0.path < $1.path }
    }

    @Test(
        "no part is dropped in silence", .enabled("there is no corpus beside the package", { !descriptions().isEmpty }),
        arguments: descriptions())
    func parts(file: URL) throws {
        let description = try DescriptionTree(text: String(contentsOf: file, encoding: .utf8))
        let whole = try Outcome(of: description)
        let parts = description.paths.filter { Self.isPart($0) && !Self.saysNothing($0, description) }
        let step = max(1, parts.count / Self.count)
        for index in stride(from: step / 2, to: parts.count, by: step) {
            // What refers to the part may make the rest no description at all.
            guard let without = try? Outcome(of: description.removing(parts[index][...])) else { continue }
            // Both would fill the log.
            let isDropped = without == whole
            #expect(!isDropped, "\(parts[index].map(\.text).joined(separator: "/"))")
        }
    }

    /// Whether what stands elsewhere makes a part say nothing.
    private static func saysNothing(_ path: [DescriptionTree.Step], _ description: DescriptionTree) -> Bool {
        let text = description.part(at: path[...])?.json ?? ""
        // OpenAPI has this parameter ignored, which a note says once for all operations.
        if text.contains("/Accept\"") { return true }
        // The path says the same of all its operations.
        guard path.count == 5, path[3].text == "parameters", case .sequence(let ofPath)? = description.part(at: path[..<2] + [.key("parameters")])
        else { return false }
        return ofPath.contains { $0.json == text }
    }

    private static let methods: Set<String> = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]

    private static func isPart(_ path: [DescriptionTree.Step]) -> Bool {
        var isName = false
        // Examples may have members of these names.
        for step in path.dropLast() {
            if !isName, DescriptionTree.isComment(step) || ["default", "enum"].contains(step.text) { return false }
            isName = !isName && ["properties", "responses", "schemas", "definitions", "paths"].contains(step.text)
        }
        guard path.count > 2, let last = path.last else { return false }
        switch (path[path.count - 2].text, last) {
        // Responses among the components are nothing until an operation refers to them.
        case ("responses", .key): return isName && !["components", "responses"].contains(path[0].text)
        case ("properties", .key): return isName
        case ("parameters", .index): return true
        default: return path.count == 3 && path[0].text == "paths" && methods.contains(last.text)
        }
    }
}
