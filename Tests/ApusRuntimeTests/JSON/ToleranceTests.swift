import Foundation
import Testing

@testable import ApusRuntime

@Suite("Tolerant reading") struct ToleranceTests {
    /// As generated code has it: required and optional members of every kind.
    struct Thing: JSONCodable, Equatable {
        var count: Int?
        var price: Double?
        var name: String?
        var isOn: Bool?
        var at: Date?
        var id: UUID?
        var tags: [String]
        var labels: [String: Int]
        var parts: [Triple]?
        var owner: Person?
        var nickname: Nullable<String>?

        init(from object: inout ObjectReader) {
            count = object.optional("count")
            price = object.optional("price")
            name = object.optional("name")
            isOn = object.optional("isOn")
            at = object.optional("at")
            id = object.optional("id")
            tags = object.required("tags")
            labels = object.required("labels")
            parts = object.optional("parts")
            owner = object.optional("owner")
            nickname = object.nullable("nickname")
        }

        func encode(to object: inout ObjectWriter) {
            object.optional("count", count)
            object.optional("price", price)
            object.optional("name", name)
            object.optional("isOn", isOn)
            object.optional("at", at)
            object.optional("id", id)
            object.required("tags", tags)
            object.required("labels", labels)
            object.optional("parts", parts)
            object.optional("owner", owner)
            object.nullable("nickname", nickname)
        }
    }

    /// Reads a thing of these members, tolerantly.
    private func read(_ members: String, complete: Bool = true) throws -> (thing: Thing, deviations: [JSONDeviation]) {
        let text = "{" + (complete ? #""tags":[],"labels":{},"# : "") + members + "}"
        var deviations: [JSONDeviation] = []
        let thing = try JSON.decode(Thing.self, from: Array(text.utf8), reading: .tolerant) { deviations.append($0) }
        return (thing, deviations)
    }

    @Test("what fits deviates in nothing")
    func noDeviation() throws {
        let (thing, deviations) = try read(#""count":1,"price":0.5,"name":"n","isOn":true,"at":"2018-09-21T05:26:40Z","parts":[{"a":1}],"owner":{"first":"Ada"},"nickname":null"#)
        #expect(deviations == [])
        #expect(thing.count == 1 && thing.parts == [Triple(1)] && thing.owner?.first == "Ada" && thing.nickname == .null)
    }

    @Test("lists and dictionaries that are null or missing are empty", arguments: [
        #""tags":null,"labels":null"#, #""labels":null"#, #""tags":null"#, #""name":"n""#, #""labels":{}"#, #""tags":[]"#,
    ])
    func empty(members: String) throws {
        let (thing, deviations) = try read(members, complete: false)
        #expect(thing.tags.isEmpty && thing.labels.isEmpty)
        #expect(Set(deviations.map(\.found)).isSubset(of: ["null", "nothing"]))
        let expected = (members.contains("\"tags\":[]") ? [] : ["$.tags"]) + (members.contains("\"labels\":{}") ? [] : ["$.labels"])
        #expect(Set(deviations.map(\.path)) == Set(expected))
        #expect(fault(Thing.self, "{\(members)}") != nil)
    }

    @Test("scalars are converted where nothing is lost", arguments: [
        (#""count":"12""#, #"{"count":12,"tags":[],"labels":{}}"#), (#""count":"-9007199254740993""#, #"{"count":-9007199254740993,"tags":[],"labels":{}}"#),
        (#""price":"0.15""#, #"{"price":0.15,"tags":[],"labels":{}}"#), (#""name":12"#, #"{"name":"12","tags":[],"labels":{}}"#),
        (#""name":1.50"#, #"{"name":"1.50","tags":[],"labels":{}}"#), (#""name":false"#, #"{"name":"false","tags":[],"labels":{}}"#),
        (#""isOn":"true""#, #"{"isOn":true,"tags":[],"labels":{}}"#), (#""isOn":0"#, #"{"isOn":false,"tags":[],"labels":{}}"#),
        (#""at":1537507600"#, #"{"at":"2018-09-21T05:26:40Z","tags":[],"labels":{}}"#),
        (#""at":1537507600496"#, #"{"at":"2018-09-21T05:26:40.496Z","tags":[],"labels":{}}"#),
        (#""at":"1537507600""#, #"{"at":"2018-09-21T05:26:40Z","tags":[],"labels":{}}"#),
        (#""at":"Fri, 21 Sep 2018 05:26:40 +0000""#, #"{"at":"2018-09-21T05:26:40Z","tags":[],"labels":{}}"#),
        (#""at":"Fri, 21 Sep 2018 05:26:40 GMT""#, #"{"at":"2018-09-21T05:26:40Z","tags":[],"labels":{}}"#),
        (#""at":"1 Sep 2018 07:26 +0200""#, #"{"at":"2018-09-01T05:26:00Z","tags":[],"labels":{}}"#),
        (#""at":"2018/09/21 05:26:40""#, #"{"at":"2018-09-21T05:26:40Z","tags":[],"labels":{}}"#),
        (#""at":"2018/09/21""#, #"{"at":"2018-09-21T00:00:00Z","tags":[],"labels":{}}"#),
        (#""at":"21/09/2018""#, #"{"at":"2018-09-21T00:00:00Z","tags":[],"labels":{}}"#),
        (#""at":"09/21/2018""#, #"{"at":"2018-09-21T00:00:00Z","tags":[],"labels":{}}"#),
        (#""parts":{"a":1}"#, #"{"tags":[],"labels":{},"parts":[{"a":1}]}"#),
        (#""parts":[[],{"a":"2"}]"#, #"{"tags":[],"labels":{},"parts":[{},{"a":2}]}"#),
    ])
    func conversions(members: String, written: String) throws {
        let (thing, deviations) = try read(members)
        #expect(try encode(thing) == written)
        #expect(!deviations.isEmpty)
        #expect(deviations.allSatisfy { $0.reason == nil })
        #expect(fault(Thing.self, #"{"tags":[],"labels":{},"# + members + "}") != nil)
    }

    @Test("optional members that cannot be read are nil", arguments: [
        (#""count":"twelve""#, "$.count"), (#""count":1.5"#, "$.count"), (#""count":[]"#, "$.count"), (#""price":"""#, "$.price"), (#""isOn":"maybe""#, "$.isOn"),
        (#""isOn":2"#, "$.isOn"), (#""at":"yesterday""#, "$.at"), (#""at":"03/04/2018""#, "$.at"), (#""at":1e300"#, "$.at"), (#""id":"none""#, "$.id"),
        (#""name":{}"#, "$.name"), (#""owner":{"last":"L"}"#, "$.owner"), (#""owner":[1]"#, "$.owner"), (#""parts":"x""#, "$.parts"),
        (#""nickname":[1,{"a":[2]}]"#, "$.nickname"),
    ])
    func leftOut(members: String, path: String) throws {
        let (thing, deviations) = try read(members)
        #expect(try encode(thing) == #"{"tags":[],"labels":{}}"#)
        #expect(deviations.map(\.path) == [path])
        #expect(deviations.first?.reason != nil)
    }

    @Test func elementsThatCannotBeReadAreLeftOut() throws {
        let (thing, deviations) = try read(#""tags":["a",{},"b",null,3],"labels":{"x":1,"y":"no","z":"2"},"parts":[{"a":1},7,{"a":{}}]"#, complete: false)
        #expect(thing.tags == ["a", "b", "3"])
        #expect(thing.labels == ["x": 1, "z": 2])
        #expect(thing.parts == [Triple(1), Triple()])
        #expect(deviations.map(\.path) == ["$.tags[1]", "$.tags[3]", "$.tags[4]", "$.labels.y", "$.labels.z", "$.parts[1]", "$.parts[2].a"])
        #expect(deviations[0].found == "object" && deviations[0].expected == "String" && deviations[2].reason == nil)
    }

    @Test func aDeviationShowsNoValues() throws {
        let (_, deviations) = try read(#""id":"hunter2","count":"hunter2","owner":{"last":"hunter2"}"#)
        #expect(deviations.count == 3)
        #expect(!deviations.map(\.description).joined().contains("hunter2"))
    }

    /// A required member that has lists of its own.
    struct Holder: JSONCodable {
        var thing: Thing

        init(from object: inout ObjectReader) { thing = object.required("thing") }
        func encode(to object: inout ObjectWriter) { object.required("thing", thing) }
    }

    @Test("the error is that of the value, not of what it would have held", arguments: [#"{"thing":[5,6]}"#, #"{"thing":[{"tags":[]}]}"#])
    func errorOfTheOuterValue(text: String) {
        let error = #expect(throws: JSONError.self) { try JSON.decode(Holder.self, from: Array(text.utf8), reading: .tolerant) }
        #expect(error?.path == "$.thing")
        #expect(error?.message == "expected object, found array")
    }

    @Test func whatCannotBeMadeUpForIsAnError() {
        for (text, path) in [
            (#"[{"first":1},{"last":"x"}]"#, nil), (#"{"first":null}"#, "$.first"), (#"{"last":"x"}"#, "$.first"), ("5", "$"),
        ] as [(String, String?)] {
            let error = failure(Person.self, text)
            #expect(error != nil)
            if let path { #expect(error?.path == path) }
        }
    }

    private func failure<T: JSONCoding>(_ type: T.Type, _ text: String) -> JSONError? {
        do throws(JSONError) {
            _ = try JSON.decode(type, from: Array(text.utf8), reading: .tolerant)
            return nil
        } catch {
            return error
        }
    }

    @Test("malformed texts stay errors", arguments: [
        #"{"tags":[],"labels":{},"count":tru}"#, #"{"tags":[1,],"labels":{}}"#, #"{"tags":[],"labels":{},"owner":{"first":5]}"#,
        #"{"tags":[],"labels":{},"count":"1"#, #"{"tags":[],"labels":{}} x"#, #"{"tags":[01],"labels":{}}"#, "", "[",
        "{\"tags\":[],\"labels\":{},\"name\":\"\u{1}\"}",
    ])
    func malformed(text: String) {
        #expect(failure(Thing.self, text) != nil)
        #expect(failure(JSONValue.self, text) != nil)
        #expect(failure([Thing].self, "[\(text),1]") != nil)
    }

    @Test func unionsAreChosenAsStrictly() throws {
        let value = try JSON.decode([Match].self, from: Array(#"[{"a":1},"x",{"name":"Rex"}]"#.utf8), reading: .tolerant)
        #expect(value == [.triple(Triple(1)), .text("x"), .dog(Dog(name: "Rex"))])
        var deviations: [JSONDeviation] = []
        let pets = try JSON.decode([Pet].self, from: Array(#"[{"kind":"cat","lives":"9"},{"kind":"dog"}]"#.utf8), reading: .tolerant) { deviations.append($0) }
        #expect(pets == [.cat(Cat(lives: 9))])
        #expect(deviations.map(\.path) == ["$[0].lives", "$[1]"])
    }

    @Test func repeatedMembers() throws {
        let (thing, deviations) = try read(#""count":"x","count":"7","name":1,"name":"n""#)
        #expect(thing.count == 7 && thing.name == "n")
        #expect(deviations.map(\.path) == ["$.count"])
    }

    @Test func deviationsAreBounded() throws {
        let elements = Array(repeating: "\"x\"", count: 10_000).joined(separator: ",")
        var count = 0
        let numbers = try JSON.decode([Int].self, from: Array("[\(elements),1]".utf8), reading: .tolerant) { _ in count += 1 }
        #expect(numbers == [1])
        #expect(count == 100)
    }

    @Test func deepTextsAreReadInProportion() throws {
        // At each level something cannot be read, up to the innermost.
        let text = String(repeating: #"{"value":1,"children":[7,"#, count: 200) + "{}" + String(repeating: "]}", count: 200)
        var count = 0
        let node = try JSON.decode(Node.self, from: Array(text.utf8), reading: .tolerant) { _ in count += 1 }
        #expect(node.children?.count == 1)
        #expect(count == 100)
    }
}

@Suite("All faults of a text") struct FurtherFaultTests {
    @Test func areListed() throws {
        let error = try #require(fault([Person].self, #"[{"first":1},{"last":2},{"first":"a","last":[]},{"first":"ok"}]"#))
        #expect(error.path == "$[0].first")
        #expect(error.message == "expected String, found number")
        #expect(error.further.map(\.path) == ["$[1].first", "$[1].last", "$[2].last"])
        #expect(error.further.map(\.message) == ["missing", "expected String, found number", "expected String, found array"])
        #expect(error.description.hasSuffix("; further: missing at $[1].first, expected String, found number at $[1].last, expected String, found array at $[2].last"))
    }

    @Test func areBounded() throws {
        let text = "[" + Array(repeating: "{}", count: 1_000).joined(separator: ",") + "]"
        let error = try #require(fault([Person].self, text))
        #expect(error.path == "$[0].first")
        #expect(error.further.count == 9)
    }

    @Test func endWithWhatIsMalformed() throws {
        let error = try #require(fault([Int].self, #"["a",1,"b",]"#))
        #expect(error.path == "$[0]")
        #expect(error.further.first?.path == "$[2]")
        #expect(error.further.count == 2)
    }

    @Test func ofTolerantReading() {
        do throws(JSONError) {
            _ = try JSON.decode(Pair.self, from: Array(#"{"one":{"last":"x"},"two":{"first":[]}}"#.utf8), reading: .tolerant)
            Issue.record("read")
        } catch {
            #expect(error.path == "$.one.first")
            #expect(error.further.map(\.path) == ["$.two.first"])
        }
    }

    private struct Pair: JSONCodable {
        var one: Person
        var two: Person

        init(from object: inout ObjectReader) {
            one = object.required("one")
            two = object.required("two")
        }

        func encode(to object: inout ObjectWriter) {}
    }
}
