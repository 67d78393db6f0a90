import Declarations
import Testing

@Suite("Where types stand and what they are called")
struct PlacementTests {
    @Test("An inline schema of a part belongs to the component that has the part")
    func part() throws {
        let lowered = try Lowered(
            schemas: """
                    File: {allOf: [{$ref: '#/components/schemas/FileBase'}, {type: object, properties: {mode: {type: string, enum: [r, w]}}}]}
                    FileFull: {allOf: [{$ref: '#/components/schemas/File'}]}
                    FileBase: {type: object, properties: {kind: {type: string, enum: [a, b]}}}
                """)
        #expect(lowered.names == ["File", "File.Mode", "FileBase", "FileBase.Kind", "FileFull"])
        let file = try #require(lowered.structure("File"))
        #expect(lowered.name(of: file.properties.first { $0.key == "kind" }?.type) == "FileBase.Kind")
        #expect(lowered.name(of: file.properties.first { $0.key == "mode" }?.type) == "File.Mode")
    }

    @Test("Equal types at several places are one, by every place's name")
    func twins() throws {
        let schemas = """
                User: {type: object, properties: {address: {type: object, properties: {city: {type: string}}}}}
                Team: {type: object, properties: {address: {type: object, properties: {city: {type: string}}}}}
            """
        let lowered = try Lowered(schemas: schemas)
        #expect(lowered.names == ["Team", "Team.Address", "User", "User.Address"])
        guard case .alias(let target) = lowered.kind("User.Address") else {
            Issue.record("User.Address is not an alias")
            return
        }
        #expect(lowered.name(of: target) == "Team.Address")
        #expect(lowered.name(of: lowered.structure("User")?.properties[0].type) == "User.Address")
    }

    @Test("What stands in an alias is not declared again")
    func nestedTwins() throws {
        let address = "{type: object, properties: {geo: {type: object, properties: {x: {type: number}}}}}"
        let lowered = try Lowered(
            schemas: """
                    User: {type: object, properties: {address: \(address)}}
                    Team: {type: object, properties: {address: \(address)}}
                """)
        #expect(lowered.names == ["Team", "Team.Address", "Team.Address.Geo", "User", "User.Address"])
    }

    @Test("A schema in the middle of something is called after where it stands, not after who refers to it")
    func middle() throws {
        let lowered = try Lowered(
            schemas: """
                    User: {type: object, properties: {address: {type: object, properties: {city: {type: string}}}}}
                    Other: {type: object, properties: {home: {$ref: '#/components/schemas/User/properties/address'}}}
                """)
        #expect(lowered.names == ["Other", "User", "User.Address"])
        #expect(lowered.name(of: lowered.structure("Other")?.properties[0].type) == "User.Address")
    }

    @Test("An alternative to null alone keeps its property's name")
    func nullable() throws {
        let lowered = try Lowered(
            schemas: """
                    Run:
                      type: object
                      properties:
                        labels: {anyOf: [{type: object, properties: {a: {type: string}}}, {type: 'null'}]}
                        values: {anyOf: [{type: array, items: {type: object, properties: {b: {type: string}}}}, {type: 'null'}]}
                """)
        #expect(lowered.names == ["Run", "Run.Labels", "Run.Value"])
    }

    @Test("Types of an operation are the operation's, and no schema has a say")
    func operations() throws {
        let paths = """
              /users:
                post:
                  operationId: createUser
                  parameters: [{name: sort, in: query, schema: {type: string, enum: [a, b]}}]
                  requestBody: {content: {application/json: {schema: {type: object, properties: {n: {type: string}}}}}}
                  responses:
                    '200': {description: ok, content: {application/json: {schema: {type: object, properties: {m: {type: string}}}}}}
                    '404': {description: no, content: {application/json: {schema: {type: object, properties: {o: {type: string}}}}}}
            """
        let names = ["Client.CreateUser", "Client.CreateUser.NotFoundError", "Client.CreateUser.Request", "Client.CreateUser.Response", "Client.CreateUser.Sort"]
        #expect(try Lowered(paths: paths).names == names)
        let schemas = names.map { "    \($0.split(separator: ".").joined()): {type: string, enum: [x]}" }.joined(separator: "\n")
            + "\n    CreateUser: {type: object}\n    Sort: {type: string, enum: [y]}"
        #expect(try Lowered(paths: paths, schemas: schemas).names.filter { $0.hasPrefix("Client.") } == names)
    }

    @Test("200 and 201 with equal schemas are one result")
    func equalSuccesses() throws {
        let content = "{description: ok, content: {application/json: {schema: {type: object, properties: {m: {type: string}}}}}}"
        let lowered = try Lowered(paths: "  /a: {post: {operationId: make, responses: {'200': \(content), '201': \(content)}}}")
        #expect(lowered.names == ["Client.Make", "Client.Make.Response"])
        #expect(lowered.operation("make")?.success.format == .json)
    }

    @Test("An error is never called by another's status")
    func errors() throws {
        let content = "{description: no, content: {application/json: {schema: {type: object, title: Error, properties: {m: {type: string}}}}}}"
        let lowered = try Lowered(
            paths: """
                  /a: {get: {operationId: first, responses: {'404': \(content)}}}
                  /b: {get: {operationId: second, responses: {'400': \(content), '403': \(content)}}}
                """)
        #expect(lowered.name(of: lowered.operation("first")?.failure.type) == "Client.First.NotFoundError")
        #expect(lowered.name(of: lowered.operation("second")?.failure.type) == "Client.Second.Failure")
        #expect(lowered.operation("second")?.failure.cases.map(\.statuses) == [[.code(400), .code(403)]])
    }

    @Test("Presence follows from the place, and not from who sends a component")
    func presence() throws {
        let schemas = "    User: {type: object, required: [id], properties: {id: {type: integer, readOnly: true}, n: {type: [string, 'null']}}}"
        let get = "  /u: {get: {operationId: get, responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}}}}"
        let put = "  /p: {put: {operationId: put, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/User'}}}}, responses: {}}}"
        let received = try #require(try Lowered(paths: get, schemas: schemas).structure("User"))
        let sent = try #require(try Lowered(paths: get + "\n" + put, schemas: schemas).structure("User"))
        #expect(received == sent)
        #expect(sent.properties.map(\.presence) == [.optional, .optionalNullable])
    }
}
