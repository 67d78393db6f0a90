import Foundation
import Testing

@testable import ApusRuntime

@Suite("Unions read by trial", .serialized) struct TrialTests {
    @Test("structs are read a number of times in proportion to the depth", arguments: Shape.allCases)
    func growth(shape: Shape) throws {
        let counts = try [64, 128, 256].map { depth in
            Readings.count = 0
            _ = try decode(Chain.self, shape.text(depth))
            return Readings.count
        }
        #expect(counts[1] <= counts[0] * 5 / 2)
        #expect(counts[2] <= counts[1] * 5 / 2)
        #expect(counts[2] < 256 * 60)
    }

    enum Shape: CaseIterable {
        case plain, list, dictionary, misfits

        func text(_ depth: Int) -> String {
            let level = switch self {
            case .plain: (#"{"name":"x","next":"#, "}")
            case .list: (#"{"list":[{"count":1},"#, #",{"name":"y"}]}"#)
            case .dictionary: (#"{"named":{"a":{"count":1},"b":"#, "}}")
            case .misfits: (#"{"count":1,"name":5,"next":"#, "}")
            }
            let levels = self == .plain || self == .misfits ? depth : depth / 2
            return String(repeating: level.0, count: levels) + #"{"count":2}"# + String(repeating: level.1, count: levels)
        }
    }

    @Test("what is chosen does not depend on what was jumped over")
    func roundTrip() throws {
        let text = #"{"name":"a","next":{"count":1,"next":{"list":[{"flag":true},{"name":"b","next":{"flag":false}},7],"named":{"k":{"count":3}}}}}"#
        let value = try decode(Chain.self, text)
        #expect(try decode(JSONValue.self, encode(value)) == decode(JSONValue.self, text))
        guard case .named(let named) = value, case .counted(let counted) = named.next, case .nested(let nested) = counted.next,
            case .flagged(let flagged) = nested.list?[0], case .named(let inner) = nested.list?[1], case .unknown(let number) = nested.list?[2]
        else {
            Issue.record("\(value)")
            return
        }
        #expect(flagged.flag && inner.name == "b" && number == 7)
    }

    @Test func aFaultInsideOfATrialIsFoundAllTheSame() throws {
        // The candidate whose own member fits has a nested one that is malformed.
        let error = fault(Chain.self, #"{"name":"a","next":{"count":1,"next":{"count":1,]}}}"#)
        #expect(error?.path == "$.next.next")
    }

    /// The discriminator and the property of its name come from the same occurrence: the last.
    @Test("repeated discriminators", arguments: [
        #"{"kind":"cat","name":"Rex","kind":"dog","lives":9}"#, #"{"kind":"cat","kind":"dog","name":"Rex"}"#,
        #"{"lives":9,"kind":"cat","name":"Rex","extra":{"kind":"cat"},"k\u0069nd":"dog"}"#,
    ])
    func repeatedDiscriminator(text: String) throws {
        #expect(try decode(Pet.self, text) == .dog(Dog(name: "Rex")))
        let value = try decode(Undeclared.self, text)
        guard case .second = value else {
            Issue.record("\(value)")
            return
        }
    }

    @Test func repeatedDiscriminatorsOfNestedObjects() throws {
        let text = #"{"kind":"a","x":{"kind":"a","y":1,"kind":"b"},"z":[{"kind":"a","kind":"b"}],"kind":"b"}"#
        guard case .second(let members) = try decode(Undeclared.self, text) else {
            Issue.record("the first counted")
            return
        }
        #expect(members["x"]?["kind"] == "b")
        #expect(members["z"]?[0]?["kind"] == "b")
    }

    @Test func aLaterOccurrenceFits() throws {
        // `first` as a number fits no candidate that has it; the last one does.
        #expect(try decode(Match.self, #"{"first":1,"first":"Ada","last":"L"}"#) == .person(Person(first: "Ada", last: "L")))
        #expect(try decode([Match].self, #"[{"a":1},{"first":1,"first":"Ada","last":"L"}]"#)[1] == .person(Person(first: "Ada", last: "L")))
    }

    /// The struct could be read all the same: servers leave out what they should send as null.
    @Test("an object without a member that it has to have is the dictionary", arguments: ["{}", #"{"owner":null}"#, #"{"owner":"Ada"}"#])
    func requiredMemberThatMayBeNull(text: String) throws {
        let value = try decode(OwnedOrFree.self, text)
        #expect(try encode(value) == text)
        if case .free = value { #expect(text == "{}") }
    }

    @Test func aListedValueWins() throws {
        #expect(try decode(Either.self, #""high""#) == .size(.high))
        #expect(try decode(Either.self, #""active""#) == .status(.active))
        #expect(try decode(Either.self, #""other""#) == .status(.unknown("other")))
    }

    @Test("members in any order at every level", arguments: [8, 60, 400])
    func outOfOrder(depth: Int) throws {
        // `next` comes before the property that is asked for first, at each level.
        let text = String(repeating: #"{"next":"#, count: depth) + "null" + String(repeating: #","value":1}"#, count: depth)
        var node: Node? = try decode(Node.self, text)
        var levels = 0
        while let current = node {
            levels += 1
            node = current.next
        }
        #expect(levels == depth)
        #expect(fault(Node.self, text.replacingOccurrences(of: "null", with: "nil")) != nil)
    }

    @Test("the discriminator is last at every level", arguments: [8, 60, 400])
    func discriminatorLast(depth: Int) throws {
        let text = String(repeating: #"{"x":"#, count: depth) + "{}" + String(repeating: #","kind":"deep"}"#, count: depth)
        var value: Deep? = try decode(Deep.self, text)
        var levels = 0
        while case .deep(let next) = value {
            levels += 1
            value = next.x
        }
        #expect(levels == depth)
    }
}

/// How many structs were begun to be read.
private enum Readings {
    nonisolated(unsafe) static var count = 0
}

private indirect enum Chain: JSONUnion {
    case named(Named), counted(Counted), nested(Nested), flagged(Flagged), unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.bestMatch(Named.self, Counted.self, Nested.self, Flagged.self) {
        case 0: self = .named(value.read())
        case 1: self = .counted(value.read())
        case 2: self = .nested(value.read())
        case 3: self = .flagged(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .named(let content): value.write(content)
        case .counted(let content): value.write(content)
        case .nested(let content): value.write(content)
        case .flagged(let content): value.write(content)
        case .unknown(let content): value.write(content)
        }
    }
}

private struct Named: JSONCodable {
    var name: String
    var next: Chain?

    init(from object: inout ObjectReader) {
        Readings.count += 1
        name = object.required("name")
        next = object.optional("next")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("name", name)
        object.optional("next", next)
    }
}

private struct Counted: JSONCodable {
    var count: Int
    var next: Chain?

    init(from object: inout ObjectReader) {
        Readings.count += 1
        count = object.required("count")
        next = object.optional("next")
    }

    func encode(to object: inout ObjectWriter) {
        object.required("count", count)
        object.optional("next", next)
    }
}

private struct Nested: JSONCodable {
    var list: [Chain]?
    var named: [String: Chain]?

    init(from object: inout ObjectReader) {
        Readings.count += 1
        list = object.optional("list")
        named = object.optional("named")
    }

    func encode(to object: inout ObjectWriter) {
        object.optional("list", list)
        object.optional("named", named)
    }
}

private struct Flagged: JSONCodable {
    var flag: Bool

    init(from object: inout ObjectReader) {
        Readings.count += 1
        flag = object.required("flag")
    }

    func encode(to object: inout ObjectWriter) { object.required("flag", flag) }
}

/// Told apart by a member that its members do not declare.
private enum Undeclared: JSONUnion {
    case first([String: JSONValue]), second([String: JSONValue]), unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.text(at: "kind") {
        case "a", "cat": self = .first(value.read())
        case "b", "dog": self = .second(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {}
}

private enum Size: OpenEnum {
    case high
    case unknown(String)

    static let allCases: [Self] = [.high]
    var rawValue: String {
        switch self {
        case .high: "high"
        case .unknown(let value): value
        }
    }
}

private enum Either: JSONUnion, Equatable {
    case status(Status), size(Size), unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.bestMatch(Status.self, Size.self) {
        case 0: self = .status(value.read())
        case 1: self = .size(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {}
}

private enum OwnedOrFree: JSONUnion {
    case owned(Owned), free([String: JSONValue])

    init(from value: inout ValueReader) {
        switch value.bestMatch(Owned.self, [String: JSONValue].self) {
        case 0: self = .owned(value.read())
        default: self = .free(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {
        switch self {
        case .owned(let content): value.write(content)
        case .free(let content): value.write(content)
        }
    }
}

private struct Owned: JSONCodable {
    var owner: String?
    init(from object: inout ObjectReader) { owner = object.valueOrNull("owner") }
    func encode(to object: inout ObjectWriter) { object.required("owner", owner) }
}

private indirect enum Deep: JSONUnion {
    case deep(DeepMembers), unknown(JSONValue)

    init(from value: inout ValueReader) {
        switch value.text(at: "kind") {
        case "deep": self = .deep(value.read())
        default: self = .unknown(value.read())
        }
    }

    func encode(to value: inout ValueWriter) {}
}

private struct DeepMembers: JSONCodable {
    var x: Deep?
    init(from object: inout ObjectReader) { x = object.optional("x") }
    func encode(to object: inout ObjectWriter) {}
}
