import Foundation
import Testing

@Suite("apus diff")
struct DiffTests {
    private struct Change: Hashable, Decodable {
        var change: String
        var kind: String
        var name: String
        var detail: String
        var breaking: Bool
    }

    private struct Report: Decodable {
        var breaking: Int
        var changes: [Change]
    }

    private func diff(_ old: String, _ new: String, _ arguments: [String] = []) async throws -> Tool.Outcome {
        try await withFolder { folder in
            let files = [folder.appending(path: "old.yaml"), folder.appending(path: "new.yaml")]
            for (file, text) in zip(files, [old, new]) { try file.write(text) }
            return try await Tool.run(Tool.url, ["diff", files[0].path, files[1].path] + arguments)
        }
    }

    private func changes(_ old: String, _ new: String) async throws -> [String] {
        let outcome = try await diff(old, new, ["--format", "json"])
        #expect(outcome.status == 0, "\(outcome.errors)")
        let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
        #expect(report.breaking == report.changes.filter(\.breaking).count)
        return report.changes.map { change in
            "\(change.breaking ? "!" : "")\(change.change) \(change.kind) \(change.name)" + (change.detail.isEmpty ? "" : ": \(change.detail)")
        }
    }

    private func description(
        paths: String = "", schemas: String = "", head: String = "servers: [{url: 'https://a.example'}]", title: String = "Shop"
    ) -> String {
        "openapi: 3.1.0\ninfo: {title: \(title), version: '1'}\n\(head)\npaths: {\(paths)}\ncomponents: {schemas: {\(schemas)}}\n"
    }

    private func operation(_ parameters: String, more: String = "operationId: get", result: String = "string") -> String {
        "/x: {get: {\(more), parameters: [\(parameters)], responses: {'200': {description: ok, content: {application/json: {schema: {type: \(result)}}}}}}}"
    }

    @Test("Nothing differs where nothing changed, whatever the order of the schemas is")
    func same() async throws {
        #expect(try await changes(description(schemas: "A: {type: object}, B: {type: string}"), description(schemas: "B: {type: string}, A: {type: object}")) == [])
    }

    @Test("Operations", arguments: [
        ("", "{name: a, in: query, schema: {type: string}}", ["added parameter get a"]),
        ("", "{name: a, in: query, required: true, schema: {type: string}}", ["!added parameter get a: has to be given"]),
        ("{name: a, in: query, schema: {type: string}}", "", ["!removed parameter get a"]),
        ("{name: a, in: query, schema: {type: string}}", "{name: a, in: query, schema: {type: integer}}", ["!changed parameter get a: String → Int"]),
        ("{name: a, in: query, required: true, schema: {type: string}}", "{name: a, in: query, schema: {type: string}}", ["changed parameter get a: may be left out"]),
        ("{name: a, in: query, schema: {type: string}}", "{name: a, in: query, required: true, schema: {type: string}}", ["!changed parameter get a: has to be given"]),
        (
            "{name: a, in: query, schema: {type: string}}, {name: b, in: query, schema: {type: string}}",
            "{name: b, in: query, schema: {type: string}}, {name: a, in: query, schema: {type: string}}", ["!changed parameter get b: comes in another order"]
        ),
    ])
    func parameters(old: String, new: String, expected: [String]) async throws {
        #expect(try await changes(description(paths: operation(old)), description(paths: operation(new))) == expected)
    }

    @Test("Methods that come, go, are renamed, return something else or are deprecated")
    func methods() async throws {
        let old = description(paths: operation(""))
        #expect(try await changes(old, description()) == ["!removed operation get()"])
        #expect(try await changes(description(), old) == ["added operation get()"])
        #expect(try await changes(old, description(paths: operation("", more: "operationId: fetch"))) == ["!changed operation get(): is called fetch()"])
        #expect(try await changes(old, description(paths: operation("", result: "integer"))) == ["!changed operation get(): returns Int in place of String"])
        #expect(try await changes(old, description(paths: operation("", more: "operationId: get, deprecated: true"))) == ["changed operation get(): is deprecated"])
    }

    @Test("Types", arguments: [
        ("A: {type: object}", "", ["!removed type A"]), ("", "A: {type: object}", ["added type A"]),
        ("A: {type: object, properties: {a: {type: string}}}", "A: {type: object, properties: {a: {type: string}, b: {type: string}}}", ["added property A.b"]),
        ("A: {type: object, properties: {a: {type: string}, b: {type: string}}}", "A: {type: object, properties: {a: {type: string}}}", ["!removed property A.b"]),
        (
            "A: {type: object, properties: {a: {type: string}}}", "A: {type: object, required: [a], properties: {a: {type: string}}}",
            ["!changed property A.a: String? → String", "!changed property A.a: has to be given"]
        ),
        ("A: {type: object, properties: {a: {type: string}}}", "A: {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}", ["!changed property A.a: String? → A?"]),
        ("A: {type: string, enum: [x]}", "A: {type: string, enum: [x, y]}", ["!added case A.y: a switch over all cases has to name it"]),
        ("A: {type: string, enum: [x, y]}", "A: {type: string, enum: [y]}", ["!removed case A.x"]),
        ("A: {type: string, enum: [x]}", "A: {type: object, properties: {a: {type: string}}}", ["!changed type A: an enumeration → a struct"]),
        ("A: {type: array, items: {type: string}}", "A: {type: array, items: {type: integer}}", ["!changed type A: [String] → [Int]"]),
        ("A: {oneOf: [{type: string}, {type: integer}]}", "A: {oneOf: [{type: string}, {type: boolean}]}", ["!removed case A.int", "!added case A.bool: a switch over all cases has to name it"]),
        ("A: {type: object, properties: {a: {type: object, properties: {x: {type: string}}}}}", "A: {type: object, properties: {a: {type: object, properties: {y: {type: string}}}}}", ["!removed property A.A.x", "added property A.A.y"]),
    ])
    func types(old: String, new: String, expected: [String]) async throws {
        let found = try await changes(description(schemas: old), description(schemas: new)).map { $0.replacing("A.AValue", with: "A.A") }
        #expect(found == expected)
    }

    @Test("The namespace, servers and credentials")
    func client() async throws {
        #expect(try await changes(description(), description(title: "Store")) == ["!changed namespace StoreAPI: ShopAPI → StoreAPI"])
        let key = "components: {securitySchemes: {k: {type: apiKey, in: header, name: K}}}"
        let bearer = "components: {securitySchemes: {k: {type: http, scheme: bearer}}}"
        func secured(_ components: String) -> String { "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths: {}\n\(components)\n" }
        #expect(try await changes(secured(key), secured(bearer)).contains("!changed security scheme Authorization.k: apiKey → bearer"))
        #expect(try await changes(secured(""), secured(key)).contains("added security scheme Authorization.k"))
        #expect(try await changes(secured(key), secured("")).contains("!removed security scheme Authorization.k"))
        func oauth(_ flows: String) -> String { secured("components: {securitySchemes: {o: {type: oauth2, flows: {\(flows)}}}}") }
        let password = "password: {tokenUrl: 'https://a.example/token', scopes: {}}"
        let both = password + ", clientCredentials: {tokenUrl: 'https://a.example/token', scopes: {}}"
        #expect(try await changes(oauth(both), oauth(password)) == ["!removed security scheme Authorization.o clientCredentials"])
        #expect(try await changes(oauth(password), oauth(both)) == ["added security scheme Authorization.o clientCredentials"])
    }

    @Test("As text, with an exit code for those who want one")
    func text() async throws {
        let old = description(schemas: "A: {type: object, properties: {a: {type: string}}}")
        let compatible = description(schemas: "A: {type: object, properties: {a: {type: string}, b: {type: string}}}")
        let forwards = try await diff(old, compatible, ["--fail-on-breaking"])
        #expect(forwards.status == 0)
        #expect(forwards.output == "Compatible:\n  added property A.b\n\n0 breaking, 1 compatible\nSuggested version bump: minor (the interface has only gained something)\n")
        let backwards = try await diff(compatible, old, ["--fail-on-breaking"])
        #expect(backwards.status == 1)
        #expect(backwards.output == "Breaking:\n  removed property A.b\n\n1 breaking, 0 compatible\nSuggested version bump: major (code that uses the client may have to be changed)\n")
        #expect(backwards.errors == "")
        #expect(try await diff(compatible, old).status == 0)
        #expect(try await diff("nonsense", old).status == 1)
    }
}

@Suite("apus diff, for pull requests and CI")
struct DiffReportTests {
    private let old = Descriptions.small("    Owner: {type: object, properties: {name: {type: string}}}")

    private func diff(_ new: String, _ arguments: String...) async throws -> Tool.Outcome {
        try await withFolder { folder in
            let files = [folder.appending(path: "old.yaml"), folder.appending(path: "new.yaml")]
            for (file, text) in zip(files, [old, new]) { try file.write(text) }
            return try await Tool.run(Tool.url, ["diff", files[0].path, files[1].path] + arguments)
        }
    }

    /// Something more, and something less.
    private var compatible: String { old + "\n    Toy: {type: object, properties: {name: {type: string}}}" }
    private var breaking: String { old.replacing("    Owner: {type: object, properties: {name: {type: string}}}", with: "") }

    @Test("Exit codes tell breaking changes, compatible ones, none and errors apart")
    func exitCodes() async throws {
        #expect(try await diff(old, "--exit-code").status == 0)
        #expect(try await diff(compatible, "--exit-code").status == 2)
        #expect(try await diff(breaking, "--exit-code").status == 3)
        #expect(try await diff("nothing", "--exit-code").status == 1)
        #expect(try await diff(breaking).status == 0)
        #expect(try await diff(compatible, "--fail-on-breaking").status == 0)
        #expect(try await diff(breaking, "--fail-on-breaking").status == 1)
    }

    @Test("Suggests what to do with the version")
    func bump() async throws {
        #expect(try await diff(old).output.hasSuffix("Suggested version bump: patch (the interface is the same)\n"))
        #expect(try await diff(compatible).output.contains("Suggested version bump: minor"))
        #expect(try await diff(breaking).output.contains("Suggested version bump: major"))
        #expect(try await diff(breaking, "--format", "json").output.contains("\"bump\" : \"major\""))
    }

    @Test("Markdown shows nothing of the description but as code")
    func markdown() async throws {
        #expect(try await diff(old, "--format", "markdown").output == "### Swift client of <code>Small</code>\n\nThe interface is the same.\n\n")
        let report = try await diff(breaking.replacing("title: Small", with: "title: '@octocat|`x`'"), "--format", "markdown").output
        #expect(report.hasPrefix("### Swift client of <code>&#64;octocat&#124;&#96;x&#96;</code>\n"), "\(report)")
        #expect(report.contains("| removed | type | <code>"))
    }
}
