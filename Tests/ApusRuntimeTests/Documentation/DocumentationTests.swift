import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@Suite("The pages of the documentation")
struct DocumentationTests {
    @Test("The examples on the pages are those that are compiled", arguments: ["Retries", "Options", "Errors", "Transports", "Observability"])
    func same(page: String) throws {
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        let examples = try lines(here.appendingPathComponent("DocumentationExamples.swift"))
        let page = try lines(here.appendingPathComponent("../../../Documentation/\(page).md").standardizedFileURL)
        var count = 0
        for (index, line) in page.enumerated() where line.hasPrefix("<!-- compiled: ") {
            let name = line.dropFirst("<!-- compiled: ".count).dropLast(" -->".count)
            let onPage = page[(index + 2)...].prefix { $0 != "```" }
            let start = try #require(examples.firstIndex { $0 == "// \(name)" }, "\(name)")
            let compiled = examples[(start + 1)...].prefix { $0 != "// end" }
            #expect(Array(onPage) == Array(compiled), "\(name)")
            count += 1
        }
        #expect(count > 0)
    }

    @Test("The examples run")
    func run() async throws {
        let transport = RecordingTransport(.json(#"{"id":1}"#))
        let client = ShopAPI.Client(transport: transport)
        try await DocumentationExamples.deadlines(client)
        try await DocumentationExamples.keys(client, .init(id: 1))
        try await DocumentationExamples.options(client)
        try await DocumentationExamples.metadata(client)
        try await DocumentationExamples.send(client)
        try await DocumentationExamples.layers(client)
        try await DocumentationExamples.logger(client)
        await DocumentationExamples.closures(client)
        #expect(transport.exchanges.count == 11)
        await #expect(throws: APIError<Never>.self) { try await ShopAPI.Client(transport: Offline()).getUser(id: 1) }
    }

    /// Without what is only layout.
    private func lines(_ file: URL) throws -> [String] {
        try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0.trimmingCharacters(in: .whitespaces) }
    }
}
