import Foundation
import Testing

@Suite("apus.yaml")
struct ConfigurationTests {
    private func run(_ configuration: String, description: String = Descriptions.small()) async throws -> (outcome: Tool.Outcome, swift: String) {
        try await withFolder { folder in
            try folder.appending(path: "openapi.yaml").write(description)
            try folder.appending(path: "apus.yaml").write(configuration)
            let output = folder.appending(path: "out")
            let outcome = try await Tool.apus(
                "generate", folder.appending(path: "openapi.yaml").path, "--output", output.path, "--config",
                folder.appending(path: "apus.yaml").path)
            let files = output.snapshot.sorted { $0.key < $1.key }.map { String(decoding: $0.value.content, as: UTF8.self) }
            return (outcome, files.joined(separator: "\n"))
        }
    }

    @Test("What is wrong is an error with its place and a hint", arguments: [
        ("acessLevel: public\n", "1:1: error: `acessLevel` is not known here"), ("accessLevel: private\n", "1:14: error: `accessLevel` cannot be `private`"),
        ("groupByTag: 'yes'\n", "1:13: error: `groupByTag` should be true or false"), ("rename:\n  schema: {}\n", "2:3: error: `schema` is not known here"),
        ("rename: [a]\n", "1:9: error: `rename` should be a mapping"), ("rename: {schemas: {Pet: 'a b'}}\n", "1:25: error: `a b` is not a Swift name"),
        ("types: {formats: {uri: '[URL]'}}\n", "1:24: error: `[URL]` is not a Swift type"), ("types: {imports: [{}]}\n", "1:19: error: `imports` should be a list of strings"),
        ("types: {imports: ['Foundation; import Evil']}\n", "1:19: error: `Foundation; import Evil` is not a Swift type"),
        ("namespace: 1x\n", "1:12: error: `1x` is not a Swift name"), ("- a\n", "1:1: error: a configuration is a mapping"),
        ("include: {tag: [a]}\n", "1:11: error: `tag` is not known here"),
        ("runtime: {deadline: soon}\n", "1:21: error: `soon` is not a duration"), ("runtime: {deadline: -1s}\n", "1:21: error: `-1s` is not a duration"),
        ("runtime: {retries: many}\n", "1:20: error: `retries` should be a number"), ("runtime: {retry: 1}\n", "1:11: error: `retry` is not known here"),
        ("runtime: {idempotencyKeyHeader: 'a b'}\n", "1:33: error: `a b` is not the name of a header field"),
        ("runtime: {headerFields: {X: \"a\\nb\"}}\n", "1:29: error: a header field should be one line of text"),
        ("runtime: {credentialOrigins: [example.com/x]}\n", "1:31: error: `example.com/x` is not an origin"),
        ("runtime: {extensions: [audit]}\n", "1:24: error: `audit` is not the name of an extension"),
    ])
    func errors(configuration: String, message: String) async throws {
        let outcome = try await run(configuration).outcome
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("apus.yaml:\(message)"), "\(outcome.errors)")
        #expect(outcome.errors.contains("("), "no hint: \(outcome.errors)")
    }

    @Test("What names nothing in the description is a warning at its place", arguments: [
        ("rename: {schemas: {Dog: Hound}}\n", "1:20: warning: there is no schema `Dog`"), ("rename: {operations: {x: y}}\n", "1:23: warning: there is no operation `x`"),
        ("rename: {properties: {Pet.age: y}}\n", "1:23: warning: there is no schema with a property `Pet.age`"),
        ("runtime: {idempotent: [x]}\n", "1:24: warning: there is no operation `x`"),
        ("runtime: {extensions: [x-y]}\n", "1:24: warning: no operation has the extension `x-y`"),
        ("rename: {tags: {pets: y}}\n", "1:17: warning: without `groupByTag: true`"), ("groupByTag: true\nrename: {tags: {pets: y}}\n", "2:17: warning: there is no tag `pets`"),
        ("types: {formats: {uri: URL}}\n", "1:19: warning: no value has the format `uri`"), ("types: {schemas: {Dog: URL}}\n", "1:19: warning: there is no schema `Dog`"),
        ("rename: {schemas: {Pet: Client}}\n", "1:20: warning: the name `Client` is taken; `ClientModel` is used"),
    ])
    func warnings(configuration: String, message: String) async throws {
        let outcome = try await run(configuration).outcome
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("apus.yaml:\(message)"), "\(outcome.errors)")
        #expect(outcome.errorLines.count == 1)
    }

    @Test func reading() async throws {
        #expect(try await run("reading: tolerant\n").swift.contains("core.reading = .tolerant"))
        #expect(try await !run("reading: strict\n").swift.contains("core.reading"))
        let outcome = try await run("reading: lenient\n").outcome
        #expect(outcome.errors.contains("apus.yaml:1:10: error: `reading` cannot be `lenient`"), "\(outcome.errors)")
    }

    @Test func unknownMembers() async throws {
        #expect(try await run("unknownMembers: keep\n").swift.contains("unknownMembers = object.unknown()"))
        #expect(try await !run("unknownMembers: drop\n").swift.contains("unknownMembers"))
        #expect(try await !run("{}\n").swift.contains("unknownMembers"))
        let outcome = try await run("unknownMembers: yes\n").outcome
        #expect(outcome.errors.contains("apus.yaml:1:17: error: `unknownMembers` cannot be `yes`"), "\(outcome.errors)")
    }

    @Test func emptyPathParameters() async throws {
        let outcome = try await run("emptyPathParameters: [nothing.id]\n").outcome
        #expect(outcome.errors.contains("apus.yaml:1:23: warning: there is no operation with a path parameter `nothing.id`"), "\(outcome.errors)")
    }

    @Test("A type by the JSON type and the format")
    func typeAndFormat() async throws {
        let (outcome, swift) = try await run(
            "types: {formats: {string/int64: StringInt64}}\n",
            description: Descriptions.small(
                "    Range: {type: object, properties: {limit: {type: string, format: int64}, hash: {type: integer, format: int64}}}"))
        #expect(outcome.status == 0)
        #expect(swift.contains("limit: StringInt64?"))
        #expect(swift.contains("hash: Int64?"))
        #expect(outcome.errorLines.isEmpty, "\(outcome.errors)")
    }

    @Test("Names of the user's own, and types with the modules they come from")
    func renames() async throws {
        let (outcome, swift) = try await run(
            """
            rename:
              schemas: {Pet: Animal}
              operations: {listPets: all}
              properties: {Pet.name: callName}
            types:
              formats: {uri: Links.Link}
              imports: [Links]
            """, description: Descriptions.small("    Site: {type: object, properties: {home: {type: string, format: uri}}}"))
        #expect(outcome.errors == "")
        #expect(swift.contains("public struct Animal: JSONCodable"))
        #expect(swift.contains("public var callName: String\n"))
        #expect(swift.contains("object.required(\"name\")"))
        #expect(swift.contains("public func all() async throws"))
        #expect(swift.contains("public var home: Links.Link?"))
        #expect(swift.components(separatedBy: "import Links\n").count == 2)
    }

    @Test("apus init --settings writes a file that means what the defaults do, with every setting")
    func initialized() async throws {
        try await withFolder { folder in
            #expect(try await Tool.apus("init", folder.path, "--settings").status == 0)
            let file = folder.appending(path: "apus.yaml")
            let text = try String(contentsOf: file, encoding: .utf8)
            let (outcome, swift) = try await run(text)
            #expect(outcome.errors == "")
            #expect(try await swift == run("{}\n").swift)
            // What is commented out is well-formed too.
            let examples = text.split(separator: "\n").filter { $0.prefixMatch(of: /#\ +[a-zA-Z]+:(?:\ [^ ]|$)/) != nil }
            let uncommented = examples.map { $0.dropFirst(2) }.joined(separator: "\n")
            let all = try await run(uncommented + "\naccessLevel: public\n")
            #expect(!all.outcome.errors.contains("not known here") && !all.outcome.errors.contains("should be"), "\(all.outcome.errors)\n\(uncommented)")
            for key in ["namespace", "accessLevel", "groupByTag", "overlays", "include", "exclude", "rename", "types", "oauth"] {
                #expect(text.contains("\n\(key):") || text.contains("\n# \(key):"), "\(key)")
            }
            #expect(try await Tool.apus("init", folder.path, "--settings").status == 1)
        }
    }
}
