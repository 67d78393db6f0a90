import Foundation
import Testing

@testable import ApusRuntime

/// JSON's names and texts are code points; Swift takes equivalent ones for equal.
@Suite("Texts by their code points") struct CodePointTests {
    private static let composed = "\u{E9}"
    private static let decomposed = "e\u{301}"

    private enum Accent: OpenEnum {
        case acute
        case unknown(String)

        static let allCases: [Self] = [.acute]
        var rawValue: String {
            switch self {
            case .acute: CodePointTests.composed
            case .unknown(let value): value
            }
        }
    }

    @Test func enumerationValues() throws {
        let listed = try decode(Accent.self, "\"\(Self.composed)\"")
        let other = try decode(Accent.self, "\"\(Self.decomposed)\"")
        guard case .acute = listed, case .unknown(let text) = other else {
            Issue.record("\(listed), \(other)")
            return
        }
        #expect(Array(text.utf8) == Array(Self.decomposed.utf8))
        #expect(listed != other)
        #expect(Set([listed, other]).count == 2)
        #expect(Array(try encode(other).utf8) == Array("\"\(Self.decomposed)\"".utf8))
    }

    private enum Kind: JSONUnion {
        case composed(JSONValue), other(JSONValue)

        init(from value: inout ValueReader) {
            switch value.text(at: "kind") {
            case "\u{E9}": self = .composed(value.read())
            default: self = .other(value.read())
            }
        }

        func encode(to value: inout ValueWriter) {}
    }

    @Test func discriminators() throws {
        guard case .composed = try decode(Kind.self, "{\"kind\":\"\(Self.composed)\"}"),
            case .other = try decode(Kind.self, "{\"kind\":\"\(Self.decomposed)\"}")
        else {
            Issue.record("equivalent texts count as the same")
            return
        }
    }

    @Test func namesThatADictionaryCannotTellApart() throws {
        let text = "{\"\(Self.composed)\":1,\"\(Self.decomposed)\":2}"
        for error in [fault([String: Int].self, text), fault(JSONValue.self, text), fault(Labeled.self, #"{"id":1,"# + text.replacingOccurrences(of: "1", with: "\"1\"").replacingOccurrences(of: "2", with: "\"2\"").dropFirst())] {
            #expect(error?.message == "two members' names are the same but for how their letters are composed")
        }
        #expect(try decode([String: Int].self, "{\"\(Self.composed)\":1,\"\(Self.composed)\":2}") == [Self.composed: 2])
    }

    private struct Accented: JSONCodable {
        var acute: Int
        var others: [String: Int]

        init(from object: inout ObjectReader) {
            acute = object.required("\u{E9}")
            others = object.additional()
        }

        func encode(to object: inout ObjectWriter) {
            object.required("\u{E9}", acute)
            object.additional(others)
        }
    }

    @Test func aPropertyAndAnEquivalentName() throws {
        let text = "{\"\(Self.composed)\":1,\"\(Self.decomposed)\":2}"
        let value = try decode(Accented.self, text)
        #expect(value.acute == 1)
        #expect(Array(try encode(value).utf8) == Array(text.utf8))
    }

    @Test func repeatedNamesAreThoseOfTheSameCodePoints() throws {
        // The second reading, which a repeated name brings about, must not lose the other.
        let text = "{\"\(Self.composed)\":1,\"x\":1,\"\(Self.decomposed)\":2,\"\(Self.composed)\":3}"
        let value = try decode(Accented.self, text)
        #expect(value.acute == 3)
        #expect(value.others.count == 2)
    }

    @Test func values() throws {
        let first = JSONValue.string(Self.composed)
        let second = JSONValue.string(Self.decomposed)
        #expect(first != second)
        #expect(Set([first, second, first]).count == 2)
        #expect(JSONValue.array([first]) != .array([second]))
        let constraints = JSONConstraints(uniqueItems: true)
        #expect(constraints.violation(in: Array("[\"\(Self.composed)\",\"\(Self.decomposed)\"]".utf8)) == nil)
        #expect(constraints.violation(in: Array("[\"\(Self.composed)\",\"\(Self.composed)\"]".utf8)) != nil)
    }

    @Test func namesOfManyMarksAreRefused() throws {
        let marks = String(repeating: "\u{301}\u{323}", count: 300_000)
        for type in [[String: Int].self, JSONValue.self, Labeled.self] as [any JSONCoding.Type] {
            let error = fault(type, "{\"id\":1,\"a\(marks)\":\"x\"}") ?? fault(type, "{\"a\(marks)\":1}")
            #expect(error?.message == "a member's name has more than 64 combining marks in a row")
        }
        // As a value they are a text like others, and no property looks at their order.
        #expect(try decode(String.self, "\"a\(marks)\"").utf8.count == marks.utf8.count + 1)
        guard case .unknown = try decode(Accent.self, "\"\(Self.decomposed)\(marks)\"") else {
            Issue.record("listed")
            return
        }
        let korean = String(repeating: "\u{1112}\u{1161}\u{11AB}", count: 200)
        #expect(try decode([String: Int].self, "{\"\(korean)\":1}").count == 1)
    }
}
