import Foundation
import Testing

@Suite("References to other files")
struct ReferenceTests {
    private struct Report {
        var outcome: Tool.Outcome
        var warnings: [String]
        var schemas: Int
        /// All of the generated Swift.
        var swift: String
    }

    /// Writes files, checks and generates the one called `openapi.yaml`.
    private func run(_ files: [String: String], _ arguments: [String] = []) async throws -> Report {
        try await withFolder { folder in
            for (name, text) in files { try folder.appending(path: name).write(text) }
            let path = folder.appending(path: "openapi.yaml").path
            let outcome = try await Tool.run(Tool.url, ["check", path, "--format", "json"] + arguments)
            let report = try? JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
            let output = folder.appending(path: "out")
            let generated = try await Tool.run(Tool.url, ["generate", path, "--output", output.path] + arguments)
            #expect(generated.status == outcome.status)
            let swift = output.snapshot.sorted { $0.key < $1.key }.map { String(decoding: $0.value.content, as: UTF8.self) }
            return Report(
                outcome: outcome, warnings: report?["warnings"] as? [String] ?? [], schemas: report?["schemas"] as? Int ?? -1,
                swift: swift.joined(separator: "\n"))
        }
    }

    private func description(_ schema: String, more: String = "") -> String {
        """
        openapi: 3.1.0
        info: {title: Test, version: '1'}
        paths:
          /x: {get: {operationId: getX, responses: {'200': {description: ok, content: {application/json: {schema: \(schema)}}}}}}
        \(more)
        """
    }

    // MARK: - This machine

    @Test("However a file is spelt, what stands there is one type", arguments: [
        "schemas/Pet.yaml", "./schemas/Pet.yaml", "schemas/../schemas//Pet.yaml", "schemas/%50et.yaml", "schemas\\Pet.yaml", "schemas/Pet.yaml#",
        "schemas/link.yaml", "schemas/Pet.yaml?version=2",
    ])
    func spelling(reference: String) async throws {
        try await withFolder { folder in
            let file = folder.appending(path: "openapi.yaml")
            try file.write(
                description("{type: object, properties: {a: {$ref: schemas/Pet.yaml}, b: {$ref: '\(reference)'}, c: {$ref: '\(folder.path)/schemas/Pet.yaml'}}}"))
            try folder.appending(path: "schemas/Pet.yaml").write("type: object\nproperties: {name: {type: string}, mother: {$ref: '#'}}\n")
            try FileManager.default.createSymbolicLink(
                atPath: folder.appending(path: "schemas/link.yaml").path, withDestinationPath: "Pet.yaml")
            let output = folder.appending(path: "out")
            let outcome = try await Tool.apus("generate", file.path, "--output", output.path)
            #expect(outcome.errors == "")
            let models = output.snapshot.keys.filter { $0.hasPrefix("Models/") }
            #expect(Set(models) == ["Models/Pet.swift"], "\(models)")
        }
    }

    @Test("Names clash by file, not by chance")
    func clash() async throws {
        let report = try await run([
            "openapi.yaml": description(
                "{type: object, properties: {a: {$ref: b/User.yaml}, b: {$ref: a/User.yaml}, c: {$ref: 'c.yaml#/$defs/User'}, d: {$ref: '#/components/schemas/User'}}}",
                more: "components: {schemas: {User: {type: object, properties: {own: {type: string}}}}}"),
            "a/User.yaml": "type: object\nproperties: {inA: {type: string}}\n", "b/User.yaml": "type: object\nproperties: {inB: {type: string}}\n",
            "c.yaml": "$defs: {User: {type: object, properties: {inC: {type: string}}}}\n",
        ])
        #expect(report.warnings == [])
        for (name, member) in [("User", "own"), ("AUser", "inA"), ("BUser", "inB"), ("CUser", "inC")] {
            #expect(report.swift.contains("public struct \(name): JSONCodable {\n        public var \(member): String?"), "\(name)")
        }
    }

    @Test("Sections in files of their own")
    func sections() async throws {
        let report = try await run([
            "openapi.yaml": "openapi: 3.0.3\ninfo: {$ref: info.yaml}\npaths: {$ref: paths/index.yaml}\ncomponents: {$ref: ./components.yaml}\n",
            "info.yaml": "title: Split\nversion: '1'\n",
            "paths/index.yaml": "/pets: {$ref: pets.yaml}\n/owners: {$ref: 'owners.yaml#/all'}\n",
            "paths/pets.yaml":
                "get: {operationId: listPets, parameters: {$ref: ../parameters.yaml}, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: ../openapi.yaml#/components/schemas/Pet}}}}}}\n",
            "paths/owners.yaml": "all: {get: {operationId: listOwners, responses: {'204': {description: ok}}}}\n",
            "parameters.yaml": "- {name: page, in: query, schema: {type: integer}}\n",
            "components.yaml": "schemas: {$ref: schemas.yaml}\n",
            "schemas.yaml": "Pet: {type: object, properties: {name: {type: string}}}\n",
        ])
        #expect(report.warnings == [])
        #expect(report.schemas == 1)
        #expect(report.swift.contains("public func listPets(page: Int? = nil) async throws(APIError<Never>) -> SplitAPI.Pet"))
        #expect(report.swift.contains("public func listOwners()"))
    }

    @Test("A copy of what is published at `$self` has its files beside it")
    func published() async throws {
        let report = try await run([
            "openapi.yaml":
                "openapi: 3.2.0\n$self: https://published.test/api/openapi.yaml\ninfo: {title: Copy, version: '1'}\npaths:\n  /pet: {get: {operationId: getPet, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: 'https://published.test/api/parts/pet.yaml'}}}}}}}\n",
            "parts/pet.yaml": "type: object\nproperties: {owner: {$ref: 'https://published.test/api/openapi.yaml#/components/schemas/None'}}\n",
        ])
        #expect(report.swift.contains("public struct Pet: JSONCodable"), "\(report.outcome.errors)")
        #expect(report.warnings.count == 1 && report.warnings[0].contains("`$ref` leads nowhere: `#/components/schemas/None`"))
    }

    @Test("Circles of every kind end")
    func circles() async throws {
        let report = try await run([
            "openapi.yaml": description(
                "{type: object, properties: {a: {$ref: a.yaml}, loop: {$ref: loop1.yaml}, own: {$ref: own.yaml}, far: {$ref: 'x.yaml#/q/r'}, tree: {$ref: tree.yaml}}}"),
            "a.yaml": "type: object\nproperties: {b: {$ref: b.yaml}}\n", "b.yaml": "type: object\nproperties: {a: {$ref: ./a.yaml}}\n",
            "loop1.yaml": "$ref: loop2.yaml\n", "loop2.yaml": "$ref: loop1.yaml\n", "own.yaml": "$ref: own.yaml\n",
            "x.yaml": "$ref: y.yaml#/q\n", "y.yaml": "$ref: x.yaml#/q\n",
            "tree.yaml": "allOf: [{$ref: tree.yaml}, {type: object, properties: {leaf: {type: string}}}]\n",
        ])
        #expect(report.outcome.status == 0, "\(report.outcome.errors)")
        #expect(report.swift.contains("public struct A: JSONCodable"))
        #expect(report.swift.contains("public var leaf: String?"))
        #expect(report.warnings.contains { $0.contains("`$ref` leads nowhere: `#/q/r`") })
    }

    @Test("What leads nowhere says why, and what its author meant is found", arguments: [
        ("{$ref: missing.yaml}", "openapi.yaml:4:", "missing.yaml: there is no such file (check the path); any value is accepted there", "JSONValue"),
        ("{$ref: broken.yaml}", "warning: `$ref` cannot be followed: ", "broken.yaml:2:1: not valid YAML", "JSONValue"),
        ("{$ref: 'Pet.yaml#/nope'}", "warning: `$ref` leads nowhere: `#/nope`", "any value is accepted there", "JSONValue"),
        ("{$ref: 'nested/Owner.yaml'}", "nested/Owner.yaml:2:", "`#/components/schemas/Cat` of the description is used", "Owner"),
        ("{$ref: 'nested/Wrong.yaml'}", "nested/Wrong.yaml:2:", "the one beside the description is used", "Wrong"),
        ("{$ref: Cat}", "warning: `$ref` should be `#/components/schemas/Cat`", "read as that", "Cat"),
        ("{$ref: '#/definitions/Cat'}", "leads nowhere: `#/definitions/Cat`", "`#/components/schemas/Cat` of the description is used", "Cat"),
        ("{$ref: '#components/schemas/Cat'}", "leads nowhere: `#components/schemas/Cat`", "`#/components/schemas/Cat` of the description is used", "Cat"),
    ])
    func faults(schema: String, place: String, message: String, type: String) async throws {
        let report = try await run([
            "openapi.yaml": description(schema, more: "components: {schemas: {Cat: {type: object, properties: {name: {type: string}}}}}"),
            "broken.yaml": "a: [\n", "Pet.yaml": "type: object\n", "nested/Owner.yaml": "type: object\nproperties: {cat: {$ref: '#/components/schemas/Cat'}}\n",
            "nested/Wrong.yaml": "type: object\nproperties: {pet: {$ref: Pet.yaml}}\n",
        ])
        #expect(report.outcome.status == 0)
        #expect(report.warnings.count == 1, "\(report.warnings)")
        #expect(report.warnings.first?.contains(place) == true && report.warnings.first?.contains(message) == true, "\(report.warnings)")
        #expect(report.swift.contains("-> \(type == "JSONValue" ? "" : "TestAPI.")\(type) {"), "\(report.swift)")
    }

    @Test("$id, $anchor and names of their own")
    func identifiers() async throws {
        let report = try await run([
            "openapi.yaml": description(
                "{type: object, properties: {byAnchor: {$ref: 'defs.json#cat'}, byDynamic: {$dynamicRef: 'defs.json#dog'}, byURI: {$ref: 'https://schemas.test/v1/bird.json#/$defs/Wing'}, mirrored: {$ref: tree/root.json}}}",
                more: """
                    components:
                      schemas:
                        Bird:
                          $id: https://schemas.test/v1/bird.json
                          type: object
                          properties: {wing: {$ref: '#/$defs/Wing'}, again: {$ref: bird.json}}
                          $defs: {Wing: {type: object, properties: {span: {type: number}}}}
                    """),
            "defs.json": #"{"$defs": {"Cat": {"$anchor": "cat", "type": "object", "properties": {"lives": {"type": "integer"}}}, "Dog": {"$dynamicAnchor": "dog", "type": "object", "properties": {"barks": {"type": "boolean"}}}}}"#,
            "tree/root.json": #"{"$id": "https://elsewhere.test/tree/root.json", "type": "object", "properties": {"leaf": {"$ref": "https://elsewhere.test/tree/parts/leaf.json"}, "near": {"$ref": "parts/leaf.json"}}}"#,
            "tree/parts/leaf.json": #"{"$id": "https://elsewhere.test/tree/parts/leaf.json", "type": "object", "properties": {"green": {"type": "boolean"}}}"#,
        ])
        #expect(report.warnings == [])
        for property in ["var byAnchor: Cat?", "var byDynamic: Dog?", "var byURI: Wing?", "var wing: Wing?", "var again: Bird?", "var leaf: Leaf?", "var near: Leaf?"] {
            #expect(report.swift.contains(property) || report.swift.contains(property.replacing(": ", with: ": TestAPI.")), "\(property)")
        }
        #expect(report.swift.contains("var green: Bool?") && !report.swift.contains("Leaf2"))
    }

    // MARK: - Other hosts

    private static let remote: [String: FileServer.Answer] = [
        "/api/schemas/pet.yaml": .text("type: object\nproperties: {owner: {$ref: '../shared/owner.json#/$defs/Owner'}, mother: {$ref: pet.yaml}}\n"),
        "/api/shared/owner.json": .text(#"{"$defs": {"Owner": {"type": "object", "properties": {"name": {"type": "string"}, "pets": {"type": "array", "items": {"$ref": "/api/schemas/pet.yaml"}}}}}}"#),
        "/moved.yaml": .redirect(to: "/api/schemas/pet.yaml"),
        "/thief.yaml": .text("type: object\nproperties: {secret: {$ref: 'file:///etc/hostname'}, path: {$ref: /etc/hostname}}\n"),
    ]

    @Test("Other hosts are not asked unless that is allowed")
    func refused() async throws {
        let server = try FileServer(Self.remote)
        defer { server.stop() }
        let report = try await run(["openapi.yaml": description("{$ref: '\(server.url("/api/schemas/pet.yaml"))'}")])
        #expect(report.outcome.status == 0)
        #expect(server.requests == [])
        #expect(report.warnings.count == 1)
        #expect(report.warnings.first?.contains("\(server.url("/api/schemas/pet.yaml")) is on another host, and is not fetched (`--allow-remote` allows it); any value is accepted there") == true)
        #expect(report.swift.contains("func getX() async throws(APIError<Never>) -> JSONValue"))
    }

    @Test("With --allow-remote each file is fetched once, and refers to others from where it is")
    func fetched() async throws {
        let server = try FileServer(Self.remote)
        defer { server.stop() }
        let report = try await run(
            ["openapi.yaml": description("{$ref: '\(server.url("/api/x/../schemas/./pet.yaml"))'}")], ["--allow-remote"])
        #expect(report.warnings == [])
        #expect(report.swift.contains("-> TestAPI.Pet {"))
        #expect(report.swift.contains("public var owner: Owner?") && report.swift.contains("public var pets: [Pet]?"))
        // Once for `check`, once for `generate`.
        #expect(server.requests == ["/api/schemas/pet.yaml", "/api/shared/owner.json", "/api/schemas/pet.yaml", "/api/shared/owner.json"])
    }

    @Test("What cannot be fetched says why", arguments: [
        ("/missing.yaml", "was answered with status 404"), ("/large.yaml", "is larger than 64 MiB"), ("/page.html", "this is an HTML page"),
        ("/away.yaml", "was answered with status 302"),
    ])
    func remoteFaults(path: String, message: String) async throws {
        let server = try FileServer([
            "/large.yaml": FileServer.Answer(body: [UInt8](repeating: 0x20, count: 65 << 20)), "/page.html": .text("<!DOCTYPE html><html></html>"),
            "/away.yaml": .redirect(to: "ftp://127.0.0.1/x.yaml"),
        ])
        defer { server.stop() }
        let report = try await run(["openapi.yaml": description("{$ref: '\(server.url(path))'}")], ["--allow-remote"])
        #expect(report.outcome.status == 0)
        #expect(report.warnings.count == 1)
        #expect(report.warnings.first?.contains(message) == true, "\(report.warnings)")
    }

    @Test("A server that is not there is a warning too")
    func unreachable() async throws {
        let server = try FileServer()
        server.stop()
        let report = try await run(["openapi.yaml": description("{$ref: '\(server.url("/x.yaml"))'}")], ["--allow-remote"])
        #expect(report.outcome.status == 0)
        #expect(report.warnings.first?.contains("cannot be fetched") == true, "\(report.warnings)")
    }

    @Test("A file from elsewhere has no way to the files of this machine")
    func localFromRemote() async throws {
        let server = try FileServer(Self.remote)
        defer { server.stop() }
        let report = try await run(["openapi.yaml": description("{$ref: '\(server.url("/thief.yaml"))'}")], ["--allow-remote"])
        #expect(report.warnings.count == 2, "\(report.warnings)")
        #expect(report.warnings.contains { $0.contains("file:///etc/hostname: this kind of address is not followed") })
        #expect(server.requests.contains("/etc/hostname"))
    }

    @Test("A redirection within http is followed")
    func redirected() async throws {
        let server = try FileServer(Self.remote)
        defer { server.stop() }
        let report = try await run(["openapi.yaml": description("{$ref: '\(server.url("/moved.yaml"))'}")], ["--allow-remote"])
        #expect(report.swift.contains("public var owner:"), "\(report.warnings)")
    }
}
