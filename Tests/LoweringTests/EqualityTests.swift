import Declarations
import Testing

/// Two declarations are one only if all that they store is the same, but for
/// comments. A property that is added to one of these types has to be added here.
@Suite("What differs is not merged")
struct EqualityTests {
    /// Checks that every stored property but the comments makes a difference.
    private func check<Value>(
        _ value: Value, ignoring ignored: Set<String> = ["documentation"], _ changes: [String: (inout Value) -> Void],
        in kind: (Value) -> Declaration.Kind
    ) {
        let labels = Set(Mirror(reflecting: value).children.compactMap(\.label))
        #expect(Set(changes.keys).union(ignored.intersection(labels)) == labels, "\(Value.self) has other properties")
        for (label, change) in changes {
            var other = value
            change(&other)
            #expect(kind(other).canonical != kind(value).canonical, "\(Value.self).\(label)")
        }
    }

    @Test("Structs and their properties")
    func structures() {
        let property = Property(
            name: "a", key: "a", valueType: .builtin(.string), presence: .required,
            partHeaders: [.init(name: "h", key: "H", type: .builtin(.int), isRequired: true, documentation: [])])
        let structure = Structure(properties: [property])
        check(
            structure,
            [
                "properties": { $0.properties = [] }, "additional": { $0.additional = .init(name: "x", type: .builtin(.json)) },
                "isMultipart": { $0.isMultipart = true }, "constraints": { $0.constraints = Constraints() },
            ]
        ) { .structure($0) }
        check(
            property,
            [
                "name": { $0.name = "b" }, "key": { $0.key = "b" }, "valueType": { $0.valueType = .builtin(.int) },
                "presence": { $0.presence = .optional }, "defaultValue": { $0.defaultValue = .string("x") },
                "isDeprecated": { $0.isDeprecated = true }, "isIndirect": { $0.isIndirect = true },
                "isReadOnly": { $0.isReadOnly = true }, "contentType": { $0.contentType = "a/b" },
                "separator": { $0.separator = "," }, "partHeaders": { $0.partHeaders = [] },
            ]
        ) { .structure(Structure(properties: [$0])) }
        check(
            property.partHeaders[0],
            [
                "name": { $0.name = "i" }, "key": { $0.key = "I" }, "type": { $0.type = .builtin(.bool) },
                "isRequired": { $0.isRequired = false },
            ]
        ) { header in
            var property = property
            property.partHeaders = [header]
            return .structure(Structure(properties: [property]))
        }
    }

    @Test("Enumerations")
    func enumerations() {
        let value = Enumeration.Case(name: "a", rawValue: "a")
        check(
            Enumeration(rawType: .string, cases: [value]),
            ["rawType": { $0.rawType = .int }, "cases": { $0.cases.append(.init(name: "b", rawValue: "b")) }]
        ) { .enumeration($0) }
        check(value, ["name": { $0.name = "b" }, "rawValue": { $0.rawValue = "b" }]) {
            .enumeration(Enumeration(rawType: .string, cases: [$0]))
        }
    }

    @Test("Unions, and how they are told apart")
    func unions() {
        let first = Union.Case(name: "a", type: .builtin(.int), documentation: [])
        let second = Union.Case(name: "b", type: .builtin(.string), documentation: [])
        func union(_ choice: Union.Choice) -> Union { Union(cases: [first, second], choices: [.init(kind: .object, choice: choice)]) }
        check(
            union(.one(0)),
            [
                "cases": { $0.cases[0].name = "c" }, "choices": { $0.choices[0].kind = .array },
                "isIndirect": { $0.isIndirect = true },
            ]
        ) { .union($0) }
        check(first, ["name": { $0.name = "c" }, "type": { $0.type = .builtin(.bool) }]) { .union(Union(cases: [$0], choices: [])) }
        let choices: [Union.Choice] = [
            .one(0), .one(1), .bestMatch([0, 1]), .discriminator(key: "k", values: [.init("x", 0)], otherwise: [1]),
            .discriminator(key: "l", values: [.init("x", 0)], otherwise: [1]),
            .discriminator(key: "k", values: [.init("y", 0)], otherwise: [1]),
            .discriminator(key: "k", values: [.init("x", 1)], otherwise: [1]),
            .discriminator(key: "k", values: [.init("x", 0)], otherwise: [0]), .properties([.init("k", 0)], otherwise: [1]),
        ]
        #expect(Set(choices.map { Declaration.Kind.union(union($0)).canonical }).count == choices.count)
    }

    @Test("The order of cases and of members says nothing")
    func order() {
        let enumerations = [["a", "b"], ["b", "a"]].map { names in
            Declaration.Kind.enumeration(Enumeration(rawType: .string, cases: names.map { .init(name: $0, rawValue: $0) })).canonical
        }
        #expect(enumerations[0] == enumerations[1])
        let cases = [Union.Case(name: "a", type: .builtin(.int), documentation: []), .init(name: "b", type: .builtin(.string), documentation: [])]
        let unions = [
            Union(cases: cases, choices: [.init(kind: .object, choice: .bestMatch([0, 1])), .init(kind: .string, choice: .one(1))]),
            Union(cases: cases.reversed(), choices: [.init(kind: .object, choice: .bestMatch([0, 1])), .init(kind: .string, choice: .one(0))]),
        ]
        #expect(Declaration.Kind.union(unions[0]).canonical == Declaration.Kind.union(unions[1]).canonical)
    }

    @Test("Outcomes, header fields and servers")
    func others() {
        check(
            Outcome(name: "a", type: .builtin(.int), documentation: []),
            ["name": { $0.name = "b" }, "type": { $0.type = .builtin(.bool) }]
        ) { .outcomes([$0]) }
        check(
            HeaderField(name: "a", key: "A", type: .builtin(.int), documentation: []),
            ["name": { $0.name = "b" }, "key": { $0.key = "B" }, "type": { $0.type = .builtin(.bool) }]
        ) { .headers([$0]) }
        let variable = ServerDeclaration.Variable(name: "v", key: "v", typeName: nil, defaultValue: nil, documentation: [])
        check(
            variable,
            [
                "name": { $0.name = "w" }, "key": { $0.key = "w" }, "typeName": { $0.typeName = "W" },
                "defaultValue": { $0.defaultValue = .string("x") },
            ]
        ) { .servers(ServerChoice(servers: [.init(name: "s", url: "u", variables: [$0], documentation: [])], enumerations: [])) }
        let type = ServerChoice.VariableType(name: "V", key: "v", cases: [.init(name: "a", rawValue: "a")], documentation: [])
        check(type, ["name": { $0.name = "W" }, "key": { $0.key = "w" }, "cases": { $0.cases = [] }]) {
            .servers(ServerChoice(servers: [], enumerations: [$0]))
        }
        check(
            ServerDeclaration(name: "s", url: "u", variables: [variable], documentation: []),
            ["name": { $0.name = "t" }, "url": { $0.url = "w" }, "variables": { $0.variables = [] }]
        ) { .servers(ServerChoice(servers: [$0], enumerations: [])) }
    }

    // MARK: - What was merged once and is not equal

    @Test("Servers of one template with other values are other types")
    func serverValues() throws {
        func path(_ name: String, _ values: String, _ first: String) -> String {
            "  /\(name): {get: {operationId: get\(name), servers: [{url: 'https://{region}.x.example', variables: {region: {enum: \(values), default: \(first)}}}], responses: {}}}"
        }
        let lowered = try Lowered(paths: path("a", "[eu, us]", "eu") + "\n" + path("b", "[ap, sa]", "ap"))
        #expect(lowered.operation("getb")?.serverChoice?.choice.enumerations[0].cases.map(\.rawValue) == ["ap", "sa"])
        #expect(lowered.name(of: lowered.operation("getb")?.serverChoice?.type) == "Client.Getb.Server")
        guard case .servers(let choice) = lowered.kind("Client.Getb.Server") else {
            Issue.record("it is not a type of its own")
            return
        }
        #expect(choice.servers[0].variables[0].defaultValue == .enumCase("ap"))
    }

    @Test("Unions of the same members that are told apart otherwise are not one")
    func discriminators() throws {
        func holder(_ key: String) -> String {
            "{type: object, properties: {pet: {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: \(key)}}}}"
        }
        let lowered = try Lowered(
            schemas: """
                    A: \(holder("kind"))
                    B: \(holder("species"))
                    Cat: {type: object, properties: {kind: {type: string}, species: {type: string}}}
                    Dog: {type: object, properties: {kind: {type: string}, species: {type: string}}}
                """)
        for (name, expected) in [("A.Pet", "kind"), ("B.Pet", "species")] {
            let union = try #require(lowered.union(name))
            guard case .discriminator(expected, _, _) = union.choices[0].choice else {
                Issue.record("\(name) is told apart by something else")
                return
            }
        }
    }

    @Test("Enumerations of the same values with other names are not one")
    func names() throws {
        let lowered = try Lowered(
            schemas: """
                    A: {type: object, properties: {level: {type: integer, enum: [1, 2], x-enum-varnames: [open, closed]}}}
                    B: {type: object, properties: {level: {type: integer, enum: [1, 2], x-enum-varnames: [low, high]}}}
                """)
        #expect(lowered.enumeration("A.Level")?.cases.map(\.name) == ["open", "closed"])
        #expect(lowered.enumeration("B.Level")?.cases.map(\.name) == ["low", "high"])
    }
}
