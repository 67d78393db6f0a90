import Foundation
import Testing

@testable import ApusRuntime

@Suite("Codable with any coder") struct CodableTests {
    static let user = User(
        id: 7, name: "Ada \"é\"", email: "a@b.c", status: .unknown("new"), createdAt: Date(timeIntervalSinceReferenceDate: 559_200_400.496),
        tags: ["x", ""], manager: .null)

    @Test func foundationsJSON() throws {
        let data = try JSONEncoder().encode(Self.user)
        #expect(try JSON.decode(User.self, from: data) == Self.user)
        #expect(try JSONDecoder().decode(User.self, from: data) == Self.user)
        #expect(try JSONDecoder().decode([User].self, from: JSON.encode([Self.user])) == [Self.user])
    }

    @Test func propertyLists() throws {
        for format in [PropertyListSerialization.PropertyListFormat.xml, .binary] {
            let encoder = PropertyListEncoder()
            encoder.outputFormat = format
            let data = try encoder.encode([Self.user])
            #expect(try PropertyListDecoder().decode([User].self, from: data) == [Self.user])
            let value: JSONValue = ["a": [1, -2.5, true, false, "text", ["b": []], 1e300], "n": [nil]]
            #expect(try PropertyListDecoder().decode(JSONValue.self, from: encoder.encode(value)) == value)
        }
    }

    @Test func unionsEnumerationsAndRecursion() throws {
        let node = Node(value: 1, next: Node(value: 2), children: [Node(value: 3)])
        #expect(try JSONDecoder().decode(Node.self, from: JSONEncoder().encode(node)) == node)
        let pets = [Pet.cat(Cat(lives: 9)), .dog(Dog(name: "Rex")), .unknown(["kind": 5])]
        #expect(try JSONDecoder().decode([Pet].self, from: JSONEncoder().encode(pets)) == pets)
        let statuses = [Status.active, .unknown("x")]
        #expect(String(decoding: try JSONEncoder().encode(statuses), as: UTF8.self) == #"["active","x"]"#)
        #expect(try JSONDecoder().decode([Status].self, from: Data(#"["active","x"]"#.utf8)) == statuses)
        #expect(try JSONDecoder().decode([Priority].self, from: JSONEncoder().encode([Priority.low, .unknown(9)])) == [.low, .unknown(9)])
        let day = try #require(CalendarDate("2024-02-29"))
        #expect(try JSONDecoder().decode([CalendarDate].self, from: JSONEncoder().encode([day])) == [day])
        #expect(String(decoding: try JSONEncoder().encode([day]), as: UTF8.self) == #"["2024-02-29"]"#)
    }

    @Test func numbersWithoutLoss() throws {
        let text = "[9223372036854775807,18446744073709551615,-9223372036854775808,0.1,1.5,12345678901234567890.123456789,1e200,5e-324,1e-130]"
        let numbers = try decode([JSONNumber].self, text)
        let data = try JSONEncoder().encode(numbers)
        #expect(try JSON.decode([JSONNumber].self, from: data) == numbers)
        #expect(try JSONDecoder().decode([JSONNumber].self, from: data) == numbers)
        #expect(try JSONDecoder().decode([JSONNumber].self, from: Data(text.utf8)) == numbers)
        let value = JSONValue.array(numbers.map { .number($0) })
        #expect(try PropertyListDecoder().decode(JSONValue.self, from: PropertyListEncoder().encode(value)) == value)
    }

    @Test func nullable() throws {
        let values: [Nullable<Int>] = [.null, 5]
        #expect(String(decoding: try JSONEncoder().encode(values), as: UTF8.self) == "[null,5]")
        #expect(try JSONDecoder().decode([Nullable<Int>].self, from: Data("[null,5]".utf8)) == values)
        #expect(Nullable(5 as Int?) == 5)
        #expect(Nullable(nil as Int?) == .null)
        #expect(Nullable<Double>.value(1.5) == 1.5)
        #expect(("x" as Nullable<String>).value == "x")
        #expect((true as Nullable<Bool>).value == true)
        #expect(try decode([Nullable<String>].self, #"["a",null]"#) == ["a", .null])
        #expect(try encode(["a", .null] as [Nullable<String>]) == #"["a",null]"#)
    }

    @Test func faultsBecomeTheCodersErrors() throws {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(User.self, from: Data(#"{"id":"x"}"#.utf8)) }
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(Holder(value: .nan)) }
        do {
            _ = try JSONDecoder().decode([Person].self, from: Data(#"[{"first":"a"},{"first":1}]"#.utf8))
            Issue.record("no error")
        } catch DecodingError.dataCorrupted(let context) {
            #expect(context.codingPath.map(\.intValue) == [1])
            #expect(context.debugDescription.contains("$.first"))
        }
        struct Holder: JSONCodable {
            var value: Double
            init(value: Double) { self.value = value }
            init(from object: inout ObjectReader) { value = object.required("value") }
            func encode(to object: inout ObjectWriter) { object.required("value", value) }
        }
    }

    @Test func plainTypesKeepTheirOwnCodable() throws {
        #expect(String(decoding: try JSONEncoder().encode(["a": [1, 2]]), as: UTF8.self) == #"{"a":[1,2]}"#)
        #expect(String(decoding: try JSONEncoder().encode([Data([0xFF])]), as: UTF8.self) == #"["\/w=="]"#)
    }
}

@Suite("JSONValue") struct ValueTests {
    static let value: JSONValue = ["name": "Ada", "tags": ["a", "b"], "age": 36, "height": 1.75, "nickname": nil, "admin": true]

    @Test func access() {
        let value = Self.value
        #expect(value["name"]?.string == "Ada")
        #expect(value["tags"]?[1]?.string == "b")
        #expect(value["tags"]?[2] == nil)
        #expect(value["tags"]?[-1] == nil)
        #expect(value["age"]?.int == 36)
        #expect(value["age"]?.double == 36)
        #expect(value["height"]?.double == 1.75)
        #expect(value["height"]?.int == nil)
        #expect(value["nickname"]?.isNull == true)
        #expect(value["absent"] == nil)
        #expect(value["admin"]?.bool == true)
        #expect(value.object?.count == 6)
        #expect(value.array == nil)
        #expect(value["tags"]?.array?.count == 2)
        #expect(value["age"]?.number == JSONNumber("36.0"))
        #expect(value[0] == nil && value["tags"]?["a"] == nil)
    }

    @Test func writesMembersSorted() throws {
        #expect(try encode(Self.value) == #"{"admin":true,"age":36,"height":1.75,"name":"Ada","nickname":null,"tags":["a","b"]}"#)
    }

    @Test func repeatedLiteralMember() {
        #expect(["a": 1, "a": 2] as JSONValue == ["a": 2])
    }

    @Test func repeatedMember() throws {
        #expect(try decode(JSONValue.self, #"{"a":1,"a":2}"#) == ["a": 2])
    }

    @Test func emptyContainers() throws {
        #expect(try encode([JSONValue]()) == "[]")
        #expect(try encode([String: Int]()) == "{}")
        #expect(try encode([[[Int]]]([[], [[]]])) == "[[],[[]]]")
        #expect(try encode(Triple()) == "{}")
        #expect(try decode([String: [Int]].self, #"{ "a" : [ ] , "b" : [ 1 ] }"#) == ["a": [], "b": [1]])
    }

    @Test func bytesOfAllKinds() throws {
        let text = "[1, 2]"
        #expect(try JSON.decode([Int].self, from: Data(text.utf8)) == [1, 2])
        #expect(try JSON.decode([Int].self, from: Array(text.utf8)) == [1, 2])
        #expect(try JSON.decode([Int].self, from: Array("x\(text)y".utf8)[1..<7]) == [1, 2])
        #expect(try Array(text.utf8).withUnsafeBytes { try JSON.decode([Int].self, from: $0) } == [1, 2])
        #expect(throws: JSONError.self) { try JSON.decode([Int].self, from: Data()) }
        #expect(throws: JSONError.self) { try JSON.decode([Int].self, from: UnsafeRawBufferPointer(start: nil, count: 0)) }
        #expect(try JSON.bytes(of: [1, 2]) == Array("[1,2]".utf8))
    }
}

@Suite("Parameter forms") struct ParameterFormTests {
    @Test func scalars() {
        #expect("a b".parameterForm() == .text("a b"))
        #expect(5.parameterForm() == .text("5"))
        #expect(UInt64.max.parameterForm() == .text("18446744073709551615"))
        #expect(true.parameterForm() == .text("true"))
        #expect(1.5.parameterForm() == .text("1.5"))
        #expect(2.0.parameterForm() == .text("2"))
        #expect(Float(0.1).parameterForm() == .text("0.1"))
        #expect(Double.nan.parameterForm() == .text("nan"))
        #expect(Decimal(string: "0.10")!.parameterForm() == .text("0.1"))
        #expect(Date(timeIntervalSinceReferenceDate: 559_200_400.496).parameterForm() == .text("2018-09-21T05:26:40.496Z"))
        #expect(Status.retired.parameterForm() == .text("retired"))
        #expect(Priority.unknown(7).parameterForm() == .text("7"))
        #expect(Data([0xFF]).parameterForm() == .text("/w=="))
        #expect((nil as Int?).parameterForm() == .none)
        #expect((5 as Int?).parameterForm() == .text("5"))
        #expect(Nullable<Int>.null.parameterForm() == .none)
        #expect(JSONValue.null.parameterForm() == .none)
        #expect(JSONValue.string("x").parameterForm() == .text("x"))
        #expect((1.10 as JSONNumber).parameterForm() == .text("1.1"))
    }

    @Test func lists() {
        #expect([1, 2].parameterForm() == .list(["1", "2"]))
        #expect([1, nil, 2].parameterForm() == .list(["1", "2"]))
        #expect([[1], []].parameterForm() == .list(["[1]", "[]"]))
        #expect([Person(first: "a")].parameterForm() == .list([#"{"first":"a"}"#]))
        #expect((["a", 1, nil, [nil], true] as JSONValue).parameterForm() == .list(["a", "1", "[null]", "true"]))
        #expect([Int]().parameterForm() == .list([]))
    }

    @Test func objectsKeepTheOrderOfTheirMembers() {
        let user = User(id: 1, name: "é\n", createdAt: Date(timeIntervalSinceReferenceDate: 0), tags: ["x"], manager: .value(Person(first: "B")))
        let expected: [(String, String)] = [
            ("id", "1"), ("name", "é\n"), ("status", "active"), ("created_at", "2001-01-01T00:00:00Z"), ("tags", #"["x"]"#), ("manager", #"{"first":"B"}"#),
        ]
        #expect(user.parameterForm() == .object(expected))
        #expect(Pet.cat(Cat(lives: 9)).parameterForm() == .object([("kind", "cat"), ("lives", "9")]))
        #expect(["b": 1, "a": nil, "c": 2].parameterForm() == .object([("b", "1"), ("c", "2")]))
        #expect([String: Int]().parameterForm() == .object([]))
        #expect(["a": Double.nan].parameterForm() == .none)
    }
}
