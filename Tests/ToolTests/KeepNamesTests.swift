import Foundation
import Testing

@Suite("apus diff --keep-names")
struct KeepNamesTests {
    private func paths(_ operations: [(path: String, id: String, tag: String)]) -> String {
        operations.map { "  \($0.path): {get: {operationId: \($0.id), tags: [\($0.tag)], responses: {'200': {description: ok}}}}\n" }.joined()
    }

    private func description(_ operations: [(path: String, id: String, tag: String)], schemas: String) -> String {
        """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        paths:
        \(paths(operations))components:
          schemas:
        \(schemas)
        """
    }

    /// The names of the old description are taken by what is spelled exactly so in
    /// the new one, or the description itself calls things otherwise.
    private var old: String {
        description(
            [("/a", "get_user", "users"), ("/b", "list", "users"), ("/c", "status", "users")],
            schemas: """
                    user: {type: object, properties: {first_name: {type: string}, nick: {type: string}}}
                    Pet: {type: object, properties: {tail: {type: integer}}}
                """)
    }

    private var new: String {
        description(
            [("/a", "get_user", "users"), ("/z", "getUser", "users"), ("/b", "listAll", "users"), ("/c", "status", "users")],
            schemas: """
                    user: {type: object, properties: {first_name: {type: string}, firstName: {type: string}, nick: {type: string}}}
                    User: {type: object, properties: {id: {type: integer}}}
                    Animal: {type: object, properties: {tail: {type: integer}}}
                """)
    }

    private func diff(_ arguments: [String], configuration: String? = nil) async throws -> (outcome: Tool.Outcome, configuration: String) {
        try await withFolder { folder in
            let files = [folder.appending(path: "old.yaml"), folder.appending(path: "new.yaml")]
            for (file, text) in zip(files, [old, new]) { try file.write(text) }
            let settings = folder.appending(path: "apus.yaml")
            if let configuration { try settings.write(configuration) }
            let more = arguments.contains("--write") || configuration != nil ? ["--config", settings.path] : []
            let outcome = try await Tool.run(Tool.url, ["diff", files[0].path, files[1].path] + arguments + more)
            guard arguments.contains("--write") else { return (outcome, "") }
            let written = try String(contentsOf: settings, encoding: .utf8)
            // What was written is understood, and is all that there is to say.
            let again = try await Tool.run(
                Tool.url, ["generate", files[1].path, "--config", settings.path, "--output", folder.appending(path: "out").path])
            #expect(again.status == 0, "\(again.errors)")
            #expect(!again.errors.contains("ignored"), "\(again.errors)")
            return (outcome, written)
        }
    }

    private let names = """
        rename:
          schemas:
            Animal: Pet
            user: User
          operations:
            get_user: getUser
            listAll: list
          properties:
            user.first_name: firstName

        """

    @Test("What was called otherwise has its old name again")
    func names() async throws {
        let (outcome, _) = try await diff(["--keep-names", "--fail-on-breaking"])
        #expect(outcome.output == names)
        #expect(outcome.errors == "")
        #expect(outcome.status == 0)
    }

    @Test("Without the names the change is breaking")
    func breaking() async throws {
        #expect(try await diff(["--fail-on-breaking"]).outcome.status == 1)
    }

    @Test("A configuration that is not there is made")
    func created() async throws {
        #expect(try await diff(["--keep-names", "--write"]).configuration == names)
    }

    @Test("Everything else in a configuration stays as it is")
    func merged() async throws {
        let configuration = """
            # What we call things.
            namespace: Shop # ours

            rename:
                # One of ours.
                operations:
                      status: state # short
                tags: {users: people}
            accessLevel: internal
            groupByTag: true
            """
        let (outcome, merged) = try await diff(["--keep-names", "--write"], configuration: configuration)
        #expect(outcome.status == 0)
        #expect(
            merged == """
                # What we call things.
                namespace: Shop # ours

                rename:
                    schemas:
                      Animal: Pet
                      user: User
                    properties:
                      user.first_name: firstName
                    # One of ours.
                    operations:
                          get_user: get
                          listAll: list
                          status: state # short
                    tags: {users: people}
                accessLevel: internal
                groupByTag: true

                """)
    }

    @Test("A mapping in braces is left alone, with the reason")
    func braces() async throws {
        let configuration = "rename: {operations: {status: state}}\n"
        let (outcome, merged) = try await diff(["--keep-names", "--write"], configuration: configuration)
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("apus.yaml:1:9: error: names cannot be added to a mapping in braces"))
        #expect(merged == configuration)
    }

    @Test("Writing needs a file to write to")
    func misuse() async throws {
        let outcome = try await withFolder { folder in
            try await Tool.run(Tool.url, ["diff", "old.yaml", "new.yaml", "--write"])
        }
        #expect(outcome.status == 64)
    }
}
