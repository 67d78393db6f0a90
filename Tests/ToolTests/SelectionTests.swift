import Foundation
import Testing

@Suite("A part of a description")
struct SelectionTests {
    private static let description = """
        openapi: 3.0.0
        info: {title: Parts, version: '1'}
        paths:
          /repos/{id}/issues: {get: {operationId: listIssues, tags: [issues], parameters: [{name: id, in: path, required: true, schema: {type: string}}], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Issue'}}}}}}}
          /repos: {get: {operationId: listRepos, tags: [repos], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Repo'}}}}}}}
          /users: {get: {tags: [users], responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}}}
        components:
          schemas:
            Issue: {type: object, properties: {author: {$ref: '#/components/schemas/User'}}}
            User: {type: object, properties: {name: {type: string}}}
            Repo: {type: object, properties: {name: {type: string}}}
            Spare: {type: object, properties: {name: {type: string}}}
        """

    private func check(_ configuration: String) async throws -> (report: [String: Any], outcome: Tool.Outcome) {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(Self.description)
            let settings = folder.appending(path: "apus.yaml")
            try settings.write(configuration)
            let outcome = try await Tool.apus("check", file.path, "--config", settings.path, "--format", "json")
            let report = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            return (report ?? [:], outcome)
        }
    }

    @Test("What is included, and all that it needs", arguments: [
        ("include: {tags: [issues]}", 1, 2), ("include: {operations: [listRepos, GET /users]}", 2, 2),
        ("include: {paths: ['/repos/*/issues']}", 1, 2), ("include: {paths: ['/repos/**']}", 2, 3),
        ("include: {schemas: [Issue]}", 0, 2), ("exclude: {tags: [issues]}", 2, 2),
        ("include: {tags: [issues, users]}\nexclude: {operations: [GET /users]}", 1, 2), ("exclude: {schemas: [Spare]}", 3, 3),
        ("namespace: Parts", 3, 4),
    ])
    func selection(configuration: String, operations: Int, schemas: Int) async throws {
        let (report, outcome) = try await check(configuration)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(report["generatedOperations"] as? Int == operations)
        #expect(report["operations"] as? Int == operations)
        #expect(report["schemas"] as? Int == schemas)
        #expect((report["warnings"] as? [String])?.isEmpty == true)
    }

    @Test("A name that is nowhere is reported at its place")
    func unknownName() async throws {
        let warnings = try await check("include:\n  tags: [issues, nope]\n").report["warnings"] as? [String]
        #expect(warnings?.count == 1)
        #expect(warnings?.first?.contains("apus.yaml:2:18: warning: there is no tag `nope`") == true)
    }

    @Test("A misspelt key is an error with its place")
    func misspelt() async throws {
        let outcome = try await check("include:\n  tag: [issues]\n").outcome
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("apus.yaml:2:3: error: `tag` is not known here"))
    }
}
