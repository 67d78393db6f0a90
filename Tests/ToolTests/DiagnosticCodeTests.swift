import Foundation
import Testing

@Suite("Codes of diagnostics")
struct DiagnosticCodeTests {
    private struct Log: Decodable {
        struct Run: Decodable {
            var tool: Tool
            var results: [Result]
        }

        struct Tool: Decodable { var driver: Driver }
        struct Driver: Decodable { var rules: [Rule] }
        struct Rule: Decodable {
            var id: String
            var shortDescription: Message
        }

        struct Result: Decodable {
            var ruleId: String
            var level: String
            var message: Message
            var locations: [Location]?
        }

        struct Message: Decodable { var text: String }
        struct Location: Decodable { var physicalLocation: Physical }
        struct Physical: Decodable {
            var artifactLocation: Artifact
            var region: Region
        }

        struct Artifact: Decodable { var uri: String }
        struct Region: Decodable, Equatable {
            var startLine: Int
            var startColumn: Int
        }

        var version: String
        var runs: [Run]
    }

    private struct Report: Decodable {
        struct Entry: Decodable {
            var code: String
            var severity: String
            var line: Int?
            var degraded: Bool
        }

        var warnings: [String]
        var degraded: [String]
        var diagnostics: [Entry]
    }

    /// A reference that leads nowhere, and a key that is there twice.
    private let faulty = Descriptions.small("    Lost: {$ref: '#/components/schemas/Nowhere'}\n    Twice: {type: string, type: string}")

    private func check(_ description: String, settings: String? = nil, _ arguments: String...) async throws -> Tool.Outcome {
        try await withFolder { folder in
            try folder.appending(path: "my openapi.yaml").write(description)
            if let settings { try folder.appending(path: "apus.yaml").write(settings) }
            return try await Tool.run(
                Tool.url, ["check", "my openapi.yaml"] + (settings == nil ? [] : ["--config", "apus.yaml"]) + arguments, in: folder)
        }
    }

    private func log(_ outcome: Tool.Outcome) throws -> Log {
        try JSONDecoder().decode(Log.self, from: Data(outcome.output.utf8))
    }

    private func entries(settings: String?) async throws -> [String] {
        let outcome = try await check(faulty, settings: settings, "--format", "json")
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        #expect(report.warnings.count == report.diagnostics.count { $0.severity != "note" })
        return report.diagnostics.map { "\($0.severity) \($0.code)" + ($0.degraded ? " degraded" : "") }
    }

    @Test("Each has a section of the page, in the order of the list, that begins with its summary")
    func page() async throws {
        let rules = try log(try await check(Descriptions.small(), "--format", "sarif")).runs[0].tool.driver.rules.filter { $0.id != "unusable-description" }
        let page = try String(contentsOf: Descriptions.root.appending(path: "Documentation/Diagnostics.md"), encoding: .utf8)
        let sections = page.components(separatedBy: "\n### ").dropFirst().map { $0.components(separatedBy: "\n\n") }
        #expect(sections.map { $0[0] } == rules.map(\.id))
        #expect(sections.map { $0[1] } == rules.map(\.shortDescription.text))
        for section in sections { #expect(section.count >= 3 && !section[2].isEmpty, "\(section[0]) is not explained") }
    }

    @Test("Are at the end of each line that is printed")
    func lines() async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(faulty)
            let outcome = try await Tool.apus("generate", file.path, "--output", folder.appending(path: "out").path)
            #expect(outcome.errorLines.map { $0.split(separator: " ").last } == ["[unresolved-reference]", "[duplicate-key]"])
        }
    }

    @Test("Can be switched off, or made more or less serious", arguments: [
        (nil, ["warning unresolved-reference degraded", "warning duplicate-key"]),
        ("diagnostics: {duplicate-key: off}", ["warning unresolved-reference degraded"]),
        ("diagnostics: {duplicate-key: note, unresolved-reference: error}", ["error unresolved-reference degraded", "note duplicate-key"]),
    ])
    func settings(settings: String?, expected: [String]) async throws {
        #expect(try await entries(settings: settings) == expected)
    }

    @Test("An error stops generation, and check ends with 1")
    func errors() async throws {
        let settings = "diagnostics: {unresolved-reference: error}"
        #expect(try await check(faulty, settings: settings).status == 1)
        #expect(try await check(Descriptions.small(), settings: settings).status == 0)
        try await withFolder { folder in
            let (file, configuration) = (folder.appending(path: "openapi.yaml"), folder.appending(path: "apus.yaml"))
            let output = folder.appending(path: "out")
            try file.write(faulty)
            try configuration.write(settings)
            let outcome = try await Tool.apus("generate", file.path, "--output", output.path, "--config", configuration.path)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains(": error: `$ref` leads nowhere"))
            #expect(!FileManager.default.fileExists(atPath: output.path))
        }
    }

    @Test("That do not exist are refused with their place", arguments: [
        ("diagnostics: {duplicate-keys: off}", "apus.yaml:1:15: error: `duplicate-keys` is not the code of a diagnostic"),
        ("diagnostics: {duplicate-key: silent}", "apus.yaml:1:30: error: `duplicate-key` cannot be `silent`"),
        ("diagnostics: off", "apus.yaml:1:14: error: `diagnostics` should be a mapping"),
    ])
    func unknown(settings: String, expected: String) async throws {
        let outcome = try await check(Descriptions.small(), settings: settings)
        #expect(outcome.status == 1)
        #expect(outcome.errors.hasPrefix(expected), "\(outcome.errors)")
    }

    @Test("SARIF has the place of each, and a description that cannot be used")
    func sarif() async throws {
        let log = try log(try await check(faulty, "--format", "sarif"))
        #expect(log.version == "2.1.0")
        let results = log.runs[0].results
        #expect(results.map(\.ruleId) == ["unresolved-reference", "duplicate-key"])
        #expect(results.map(\.level) == ["warning", "warning"])
        #expect(results[0].locations?[0].physicalLocation.artifactLocation.uri == "my%20openapi.yaml")
        #expect(results[0].locations?[0].physicalLocation.region == .init(startLine: 19, startColumn: 18))

        let refused = try await check("{", "--format", "sarif")
        #expect(refused.status == 1)
        #expect(try self.log(refused).runs[0].results.map(\.ruleId) == ["unusable-description"])
    }

    @Test("check prints columns for people, without colors where nobody sees them")
    func table() async throws {
        let outcome = try await check(faulty)
        #expect(outcome.output.hasPrefix("Operations\n  GET  /pets  listPets\n\nSchemas\n  Pet    Lost   Twice\n\nDiagnostics\n"), "\(outcome.output)")
        #expect(
            outcome.output.hasSuffix(
                """
                Small (3.1.0)
                  Operations  1 described, 1 generated
                  Schemas     3
                  Degraded    1
                  Warnings    2
                  Notes       0

                """), "\(outcome.output)")
        #expect(!outcome.output.contains("\u{1B}"))
        #expect(outcome.errors.isEmpty)
    }
}
