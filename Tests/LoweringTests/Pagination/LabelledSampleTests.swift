import Declarations
import Foundation
import Lowering
import OpenAPI
import Source
import SpecSource
import Testing

/// 200 operations of real descriptions, each with what somebody found who read it: how
/// it pages, where its items are, what comes next, and why.
@Suite("Pages of real descriptions")
struct LabelledSampleTests {
    struct Label: Decodable, Sendable {
        var description: String
        var operation: String
        /// `none`: it does not page, or the description does not say how.
        var style: String
        var items: String?
        var next: String?
        var reason: String
    }

    static let corpus = URL(filePath: #filePath).appending(path: "../../../../../shared/corpus").standardizedFileURL
    static let hasCorpus = FileManager.default.fileExists(atPath: corpus.path)

    static func labels() throws -> [Label] {
        try JSONDecoder().decode([Label].self, from: Data(contentsOf: URL(filePath: #filePath).deletingLastPathComponent().appending(path: "labels.json")))
    }

    @Test("There are 200 of them")
    func count() throws {
        let labels = try Self.labels()
        #expect(labels.count == 200)
        #expect(Set(labels.map { "\($0.description) \($0.operation)" }).count == 200)
        #expect(labels.allSatisfy { !$0.reason.isEmpty && ["none", "cursor", "url", "link", "header", "page", "offset"].contains($0.style) })
    }

    @Test(
        "None is taken for pages in a way that it does not page", .enabled(if: hasCorpus, "needs real descriptions in ../shared/corpus"),
        arguments: [PaginationOptions.Inference.narrow, .wide])
    func precision(_ inference: PaginationOptions.Inference) throws {
        var found = 0
        var right = 0
        let labels = try Self.labels()
        for (file, labels) in Dictionary(grouping: labels, by: \.description) {
            let operations = try operations(of: file, inference)
            for label in labels {
                let operation = try #require(operations[label.operation], "\(file) \(label.operation)")
                guard let pages = operation.pagination.declaration else { continue }
                found += 1
                let isRight = label.style == pages.style.name && label.next ?? "" == pages.style.next && Self.isSame(label.items, pages.items)
                #expect(isRight, "\(file) \(label.operation) is taken for \(pages.style.name) by \(pages.style.next) of \(pages.items.map(\.name)): \(pages.reason); \(label.reason)")
                if isRight { right += 1 }
            }
        }
        let paged = labels.count { $0.style != "none" }
        print("Pages of \(labels.count) real operations, inference \(inference.rawValue): precision \(right) of \(found), recall \(right) of \(paged)")
        #expect(found > 0)
    }

    /// The labels have the names of the description, declarations those of Swift.
    private static func isSame(_ label: String?, _ steps: [PaginationDeclaration.Step]) -> Bool {
        func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter || $0.isNumber } }
        return plain(label ?? "") == plain(steps.map(\.name).joined())
    }

    private func operations(of file: String, _ inference: PaginationOptions.Inference) throws -> [String: OperationDeclaration] {
        let path = ["large", "small"].map { Self.corpus.appending(path: "\($0)/\(file)").path }.first { FileManager.default.fileExists(atPath: $0) }
        let diagnostics = Diagnostics()
        let tree = try SourceReader.read(path: try #require(path), diagnostics: diagnostics)
        let document = try Document.read(SourceSet(root: tree, diagnostics: diagnostics), diagnostics: diagnostics)
        var options = LoweringOptions()
        options.pagination.inference = inference
        let module = Module(lowering: document, options: options, diagnostics: diagnostics)
        return Dictionary(module.operations.filter { !$0.isVariant }.map { ("\($0.method) \($0.template)", $0) }) { first, _ in first }
    }
}
