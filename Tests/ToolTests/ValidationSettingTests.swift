import Foundation
import Testing

@Suite("The setting for validation")
struct ValidationSettingTests {
    private func generate(_ configuration: String) async throws -> (outcome: Tool.Outcome, model: String) {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(
                """
                openapi: 3.0.0
                info: {title: Checks, version: '1'}
                paths: {}
                components: {schemas: {A: {type: object, properties: {a: {type: string, maxLength: 3}}}}}
                """)
            let settings = folder.appending(path: "apus.yaml")
            try settings.write(configuration)
            let output = folder.appending(path: "out")
            let outcome = try await Tool.apus("generate", file.path, "--config", settings.path, "--output", output.path)
            let model = try? String(contentsOf: output.appending(path: "Models/A.swift"), encoding: .utf8)
            return (outcome, model ?? "")
        }
    }

    @Test("It reaches what is generated", arguments: [
        ("validation: all", 2), ("validation: sent", 1), ("validation: received", 1), ("validation: none", 0), ("accessLevel: public", 0),
    ])
    func setting(configuration: String, checks: Int) async throws {
        let (outcome, model) = try await generate(configuration)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(model.split(separator: "check(Self.constraints)").count - 1 == checks)
    }

    @Test("Another value is an error with its place")
    func unknown() async throws {
        let (outcome, model) = try await generate("validation: maybe")
        #expect(outcome.status == 1 && model.isEmpty)
        #expect(outcome.errors.contains("apus.yaml:1:13: error: `validation` cannot be `maybe`"))
        #expect(outcome.errors.contains("use sent, received, all or none"))
    }
}
