import Foundation
import Testing

@Suite("Recorded answers against a description, and examples against their schemas")
struct VerifyTests {
    private let description = """
        openapi: 3.1.0
        info: {title: Users, version: '1'}
        paths:
          /users/{id}:
            get:
              operationId: getUser
              responses:
                '200':
                  description: A user.
                  headers: {X-Page: {required: true, schema: {type: integer}}}
                  content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}
          /users/me:
            get:
              operationId: getMe
              responses: {'200': {description: You., content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}
        components:
          schemas:
            User:
              type: object
              required: [id, name]
              properties: {id: {type: integer}, name: {type: string, minLength: 8}, born: {type: string, format: date, example: yesterday}}
        """

    private func exchange(_ path: String, _ status: Int, _ headers: String, _ body: String?) -> String {
        let body = body.map { #","body":{"json":\#($0)}"# } ?? ""
        return #"{"request":{"method":"GET","path":"\#(path)"},"response":{"status":\#(status),"headers":{\#(headers)}\#(body)}}"#
    }

    private func verify(_ exchanges: String...) async throws -> Tool.Outcome {
        try await withFolder { folder in
            try folder.appending(path: "openapi.yaml").write(description)
            try folder.appending(path: "recording.json").write(#"{"apusRecording":1,"exchanges":[\#(exchanges.joined(separator: ","))]}"#)
            return try await Tool.apus("verify", folder.appending(path: "recording.json").path, folder.appending(path: "openapi.yaml").path)
        }
    }

    private let json = #""content-type":"application/json; charset=utf-8""#

    @Test("Answers that are as described; what stands for a secret satisfies every string")
    func good() async throws {
        let outcome = try await verify(
            exchange("/v1/users/7", 200, json + #","x-page":"1""#, #"{"id":7,"name":"secret"}"#), exchange("/users/me", 200, json, #"{"id":1,"name":"Augusta Ada"}"#))
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output == "2 answers, all as described\n")
    }

    @Test("What differs is in a table: where, and how often")
    func deviations() async throws {
        let outcome = try await verify(
            exchange("/users/7", 200, json, #"{"id":"x","name":"Augusta Ada"}"#), exchange("/users/8", 200, json, #"{"id":"y","name":"Augusta Ada"}"#),
            exchange("/users/me", 404, json, nil), exchange("/users/me", 200, #""content-type":"text/html""#, "{}"), exchange("/teams", 200, "", nil))
        #expect(outcome.status == 1)
        let rows = outcome.output.split(separator: "\n").map { $0.split(separator: " ", omittingEmptySubsequences: true).joined(separator: " ") }
        #expect(rows.contains("getUser 200 2 $.id it is a string, not an integer"))
        #expect(rows.contains("getUser 200 2 X-Page the header field is missing"))
        #expect(rows.contains("getMe 404 1 status the description has no response for it"))
        #expect(rows.contains("getMe 200 1 content-type it is `text/html`; described: application/json"))
        #expect(rows.contains("4 answers, 5 deviations"))
    }

    @Test("What Django REST framework answered: all that succeeded is as it describes, and it describes no error")
    func realServer() async throws {
        let folder = URL(filePath: #filePath).appending(path: "../../GoldenTests").standardizedFileURL
        let outcome = try await Tool.apus(
            "verify", folder.appending(path: "Recordings/django.json").path, folder.appending(path: "Descriptions/django.yaml").path)
        #expect(outcome.status == 1)
        let rows = outcome.output.split(separator: "\n").map { $0.split(separator: " ").prefix(4).joined(separator: " ") }
        #expect(rows.dropFirst().dropLast().sorted() == [
            "notes_create 400 1 status", "tags_create 400 1 status", "tags_create 401 1 status", "tags_retrieve 404 1 status",
            "token_create 400 1 status",
        ], "\(outcome.output)")
    }

    @Test("What is no recording is an error with its place")
    func noRecording() async throws {
        try await withFolder { folder in
            try folder.appending(path: "openapi.yaml").write(description)
            let outcome = try await Tool.apus("verify", folder.appending(path: "openapi.yaml").path, folder.appending(path: "openapi.yaml").path)
            #expect(outcome.status == 1)
            #expect(outcome.errors.contains("openapi.yaml:1:1: error: this is not a recording"))
        }
    }

    @Test("An example that its schema does not allow is a warning of check")
    func examples() async throws {
        try await withFolder { folder in
            try folder.appending(path: "openapi.yaml").write(description)
            let outcome = try await Tool.apus("check", folder.appending(path: "openapi.yaml").path)
            #expect(outcome.output.contains("warning: the example does not match its schema: it is not a `date`"))
        }
    }
}
