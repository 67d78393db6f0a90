import Foundation
import Testing

@testable import ApusRuntime

@Suite("Objects") struct ObjectTests {
    static let text = """
        {"id": 7, "name": "Ada", "email": null, "status": "active",
         "created_at": "2018-09-21T05:26:40.496Z", "tags": ["x", "y"], "manager": {"first": "Bob"}}
        """

    @Test func readsMembersInTheOrderOfTheProperties() throws {
        let user = try decode(User.self, Self.text)
        #expect(user.id == 7)
        #expect(user.name == "Ada")
        #expect(user.email == nil)
        #expect(user.status == .active)
        #expect(user.createdAt == Date(timeIntervalSinceReferenceDate: 559_200_400.496))
        #expect(user.tags == ["x", "y"])
        #expect(user.manager == .value(Person(first: "Bob")))
    }

    @Test func writesWhatItReads() throws {
        let user = try decode(User.self, Self.text)
        let written = try encode(user)
        #expect(
            written
                == #"{"id":7,"name":"Ada","status":"active","created_at":"2018-09-21T05:26:40.496Z","tags":["x","y"],"manager":{"first":"Bob"}}"#
        )
        #expect(try decode(User.self, written) == user)
    }

    @Test("every order of members", arguments: ["abc", "acb", "bac", "bca", "cab", "cba"])
    func anyOrder(order: String) throws {
        let numbers: [Character: Int] = ["a": 1, "b": 2, "c": 3]
        let members = order.map { "\"\($0)\": \(numbers[$0]!)" }
        #expect(try decode(Triple.self, "{\(members.joined(separator: ","))}") == Triple(1, 2, 3))
        let unknown = members.map { "\"x\($0.dropFirst()), \($0)" }
        #expect(try decode(Triple.self, "{\(unknown.joined(separator: ","))}") == Triple(1, 2, 3))
        for absent in 0..<3 {
            var some = members
            let name = order[order.index(order.startIndex, offsetBy: absent)]
            some.remove(at: absent)
            let triple = try decode(Triple.self, "{\(some.joined(separator: ","))}")
            #expect(triple == Triple(name == "a" ? nil : 1, name == "b" ? nil : 2, name == "c" ? nil : 3))
        }
    }

    @Test("the last of repeated members counts", arguments: [
        #"{"a":1,"a":2,"b":3}"#, #"{"b":1,"a":2,"b":3}"#, #"{"b":3,"a":1,"a":2}"#,
        #"{"a":9,"a":2,"a":8,"b":3,"a":2}"#, #"{"a":"not a number","b":3,"a":2}"#,
        #"{"a":2,"x":1,"b":7,"x":2,"b":3}"#, #"{"\u0061":1,"b":3,"a":2}"#, #"{"a":1,"b":3,"\u0061":2}"#,
    ])
    func repeated(text: String) throws {
        #expect(try decode(Triple.self, text) == Triple(2, 3, nil))
    }

    @Test func repeatedMembersDeepInside() throws {
        // Each level repeats its member: reading must not double with each.
        var text = "1"
        for _ in 0..<200 { text = #"{"value":1,"value":2,"next":null,"next":"# + (text == "1" ? "null" : text) + "}" }
        var node: Node? = try decode(Node.self, text)
        var depth = 0
        while let current = node {
            #expect(current.value == 2)
            node = current.next
            depth += 1
        }
        #expect(depth == 200)
    }

    @Test func repeatedPropertyIsNotAdditional() throws {
        #expect(try decode(Labeled.self, #"{"id":1,"x":"y","id":2}"#) == Labeled(id: 2, labels: ["x": "y"]))
        #expect(try decode(Labeled.self, #"{"x":"a","id":2,"x":"b"}"#) == Labeled(id: 2, labels: ["x": "b"]))
    }

    @Test func additionalMembers() throws {
        let labeled = Labeled(id: 5, labels: ["b": "2", "a": "1", "": "3"])
        #expect(try decode(Labeled.self, #"{"a":"1","id":5,"":"3","b":"2"}"#) == labeled)
        #expect(try encode(labeled) == #"{"id":5,"":"3","a":"1","b":"2"}"#)
        #expect(try decode(Labeled.self, #"{"id":5}"#) == Labeled(id: 5))
    }

    @Test func escapedNames() throws {
        #expect(try decode(Person.self, #"{"f\u0069rst":"A","\u006cast":"B"}"#) == Person(first: "A", last: "B"))
        #expect(try decode([String: Int].self, #"{"\u0061\n\"":1}"#) == ["a\n\"": 1])
    }

    @Test func namesThatNeedEscapes() throws {
        struct Odd: JSONCodable, Equatable {
            var value: Int?
            init(_ value: Int?) { self.value = value }
            init(from object: inout ObjectReader) { value = object.optional("a\\b\"c") }
            func encode(to object: inout ObjectWriter) { object.optional("a\\b\"c", value) }
        }
        #expect(try encode(Odd(1)) == #"{"a\\b\"c":1}"#)
        #expect(try decode(Odd.self, #"{"a\\b\"c":1}"#) == Odd(1))
        // The same bytes without escapes are another name, or malformed.
        struct Backslash: JSONCodable {
            var value: Int?
            init(from object: inout ObjectReader) { value = object.optional("a\\b") }
            func encode(to object: inout ObjectWriter) {}
        }
        #expect(try decode(Backslash.self, #"{"a\b":1}"#).value == nil)
        #expect(try decode(Backslash.self, #"{"a\\b":1}"#).value == 1)
        #expect(fault(Odd.self, #"{"a\b"c":1}"#) != nil)
    }

    @Test("names of every length", arguments: 0...40)
    func nameLengths(length: Int) throws {
        let name = String("abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH".prefix(length))
        #expect(try decode([String: Int].self, "{\"\(name)\":1}") == [name: 1])
    }

    @Test func longPropertyNames() throws {
        struct Long: JSONCodable, Equatable {
            var first: Int?
            var second: Int?
            var third: Int?
            init(from object: inout ObjectReader) {
                first = object.optional("a_rather_long_name_1")
                second = object.optional("a_rather_long_name_2")
                third = object.optional("größe")
            }
            func encode(to object: inout ObjectWriter) {}
        }
        let long = try decode(Long.self, #"{"a_rather_long_name_2":2,"größe":3,"a_rather_long_name_1":1,"a_rather_long_name_":0}"#)
        #expect(long.first == 1 && long.second == 2 && long.third == 3)
    }

    @Test func unknownMembersAreCheckedAndSkipped() throws {
        let text = #"{"x":[1,{"y":"\u00e9"},[[]],{}],"first":"A","z":{"first":"no"},"q":-1.5e3}"#
        #expect(try decode(Person.self, text) == Person(first: "A"))
        #expect(fault(Person.self, #"{"first":"A","x":[1,]}"#) != nil)
        #expect(fault(Person.self, #"{"first":"A","x":01}"#) != nil)
        #expect(fault(Person.self, #"{"x":tru,"first":"A"}"#) != nil)
    }

    @Test func nullableTellsThreeThingsApart() throws {
        struct Patch: JSONCodable, Equatable {
            var name: Nullable<String>?
            init(_ name: Nullable<String>?) { self.name = name }
            init(from object: inout ObjectReader) { name = object.nullable("name") }
            func encode(to object: inout ObjectWriter) { object.nullable("name", name) }
        }
        for (text, value) in [("{}", Patch(nil)), (#"{"name":null}"#, Patch(.null)), (#"{"name":"x"}"#, Patch("x"))] {
            #expect(try decode(Patch.self, text) == value)
            #expect(try encode(value) == text)
        }
    }

    @Test func requiredNullIsLeftToTheType() throws {
        struct Holder: JSONCodable {
            var optional: Int?
            var any: JSONValue
            init(from object: inout ObjectReader) {
                optional = object.required("optional")
                any = object.required("any")
            }
            func encode(to object: inout ObjectWriter) {}
        }
        let holder = try decode(Holder.self, #"{"optional":null,"any":null}"#)
        #expect(holder.optional == nil && holder.any == .null)
        #expect(fault(Holder.self, #"{"any":null}"#)?.message == "missing")
        #expect(fault(Person.self, #"{"first":null}"#)?.message == "expected String, found null")
    }

    @Test func recursion() throws {
        let node = Node(value: 1, next: Node(value: 2, children: [Node(value: 3), Node(value: 4)]))
        let text = #"{"value":1,"next":{"value":2,"children":[{"value":3},{"value":4}]}}"#
        #expect(try encode(node) == text)
        #expect(try decode(Node.self, text) == node)
        var copy = node
        copy.next?.value = 9
        #expect(node.next?.value == 2)
        #expect(copy.next?.value == 9)
        #expect(Set([node, copy, node]).count == 2)
    }

    @Test func constantsAreTolerant() throws {
        for text in [#"{"kind":"cat","lives":9}"#, #"{"lives":9}"#, #"{"kind":5,"lives":9}"#, #"{"lives":9,"kind":["x"]}"#] {
            #expect(try decode(Cat.self, text) == Cat(lives: 9))
        }
        #expect(fault(Cat.self, #"{"kind":"cat,"lives":9}"#) != nil)
    }

    @Test func manyMembersOutOfOrder() throws {
        let count = 5_000
        let members = (0..<count).map { "\"m\($0)\":{\"a\":\($0),\"z\":[]}" }
        let text = "{\(members.joined(separator: ",")),\"b\":2,\"a\":1}"
        #expect(try decode(Triple.self, text) == Triple(1, 2))
        #expect(try decode([String: JSONValue].self, text).count == count + 2)
    }
}

@Suite("Open enumerations and unions") struct ChoiceTests {
    @Test func openEnumerationsKeepUnknownValues() throws {
        #expect(try decode([Status].self, #"["active","retired","new"]"#) == [.active, .retired, .unknown("new")])
        #expect(try encode([Status.active, .unknown("new")]) == #"["active","new"]"#)
        #expect(try decode([Priority].self, "[1,2,3]") == [.low, .high, .unknown(3)])
        #expect(Status.unknown("active") == .active)
        #expect(Set([Status.unknown("active"), .active, .retired]).count == 2)
        #expect(fault(Status.self, "1")?.message == "expected String, found number")
    }

    @Test func discriminator() throws {
        #expect(try decode(Pet.self, #"{"kind":"cat","lives":3}"#) == .cat(Cat(lives: 3)))
        #expect(try decode(Pet.self, #"{"name":"Rex","x":{"kind":"cat"},"kind":"d\u006fg"}"#) == .dog(Dog(name: "Rex")))
        #expect(try decode(Pet.self, #"{"kind":"fish"}"#) == .unknown(["kind": "fish"]))
        #expect(try decode(Pet.self, "[1]") == .unknown([1]))
        #expect(try encode(Pet.dog(Dog(name: "Rex"))) == #"{"kind":"dog","name":"Rex"}"#)
    }

    @Test func lookingAhead() throws {
        struct Look: JSONCoding {
            let texts: [String?]
            let has: [Bool]
            init(from value: inout ValueReader) {
                texts = [value.string(at: "s"), value.string(at: "n"), value.string(at: "b"), value.string(at: "o"), value.string(at: "absent")]
                has = [value.has("o"), value.has("s"), value.has("absent"), value.has("z")]
                _ = value.read(JSONValue.self)
            }
            func encode(to value: inout ValueWriter) { value.null() }
        }
        let look = try decode(Look.self, #"{"o":{"z":1},"n":-1.50,"b":true,"s":"a\nb"}"#)
        #expect(look.texts == ["a\nb", "-1.50", "true", nil, nil])
        #expect(look.has == [true, true, false, false])
        #expect(try decode(Look.self, "3").has == [false, false, false, false])
        // A malformed object is reported by the reading, not by the looking.
        #expect(fault(Look.self, #"{"o":nul}"#)?.offset == 5)
    }

    @Test func bestMatch() throws {
        #expect(try decode(Match.self, #"{"first":"A"}"#) == .person(Person(first: "A")))
        #expect(try decode(Match.self, #"{"name":"A"}"#) == .dog(Dog(name: "A")))
        #expect(try decode(Match.self, #"{"a":1}"#) == .triple(Triple(1)))
        #expect(try decode(Match.self, #"{"a":"x"}"#) == .unknown(["a": "x"]))
        #expect(try decode(Match.self, #"[{"b":1},"t",5]"#) == .matches([.triple(Triple(nil, 1)), .text("t"), .unknown(5)]))
    }

    @Test func scores() throws {
        struct Scores: JSONCoding {
            let person: Int?
            let dog: Int?
            let triple: Int?
            let labeled: Int?
            let value: JSONValue
            init(from value: inout ValueReader) {
                person = value.score(of: Person.self)
                dog = value.score(of: Dog.self)
                triple = value.score(of: Triple.self)
                labeled = value.score(of: Labeled.self)
                self.value = value.read()
            }
            func encode(to value: inout ValueWriter) { value.null() }
        }
        let first = try decode(Scores.self, #"{"name":"Rex","owner":{"first":"A","last":"B","age":3},"kind":"dog","x":1}"#)
        #expect(first.person == nil)
        #expect(first.dog == 3 + 2 - 1 - 1)
        #expect(first.triple == -4)
        #expect(first.labeled == nil)
        #expect(first.value["x"] == 1)
        let second = try decode(Scores.self, #"{"z":"1","id":1,"y":"2"}"#)
        #expect(second.labeled == 1)
        #expect(second.triple == -3)
        // Faults of trials do not count, and syntax faults are found at last.
        #expect(try decode(Scores.self, "[]").person == nil)
        #expect(fault(Scores.self, #"{"name":}"#)?.offset == 8)
    }

    @Test func nestedUnionsDoNotMultiplyTrials() throws {
        // Every level is tried for each of two candidates; without a memory
        // this would take 2 to the 300th readings.
        indirect enum Tree: JSONUnion, Equatable {
            case left(Branch)
            case right(Branch)
            case leaf(Int)
            init(from value: inout ValueReader) {
                guard value.kind == .object else {
                    self = .leaf(value.read())
                    return
                }
                let left = value.score(of: Branch.self)
                let right = value.score(of: OtherBranch.self)
                self = (right ?? .min) > (left ?? .min) ? .right(value.read(OtherBranch.self).branch) : .left(value.read())
            }
            func encode(to value: inout ValueWriter) { value.null() }
        }
        struct Branch: JSONCodable, Equatable {
            var tree: Tree
            init(tree: Tree) { self.tree = tree }
            init(from object: inout ObjectReader) { tree = object.optional("t") ?? .leaf(0) }
            func encode(to object: inout ObjectWriter) {}
        }
        struct OtherBranch: JSONCodable, Equatable {
            var branch: Branch
            init(from object: inout ObjectReader) {
                branch = Branch(tree: object.optional("t") ?? .leaf(0))
                _ = object.optional("extra") as Int?
            }
            func encode(to object: inout ObjectWriter) {}
        }
        let depth = 300
        let text = String(repeating: #"{"extra":1,"t":"#, count: depth) + "7" + String(repeating: "}", count: depth)
        var tree = try decode(Tree.self, text)
        var found = 0
        while case .right(let branch) = tree {
            tree = branch.tree
            found += 1
        }
        #expect(found == depth)
        #expect(tree == .leaf(7))
    }
}
