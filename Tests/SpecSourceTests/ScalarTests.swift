import SpecSource
import SyntaxTree
import Testing

@Suite("Scalars of YAML 1.2's core schema")
struct ScalarTests {
    @Test(
        "Plain scalars",
        arguments: [
            ("null", Node.Kind.null), ("Null", .null), ("NULL", .null), ("~", .null), ("", .null),
            ("true", .bool), ("True", .bool), ("FALSE", .bool), ("tRue", .string),
            ("no", .string), ("yes", .string), ("on", .string), ("off", .string), ("n", .string), ("y", .string),
            ("0", .integer), ("012", .integer), ("-7", .integer), ("+7", .integer), ("0o17", .integer), ("0xFF", .integer),
            ("0o8", .string), ("0xG", .string), ("1_000", .string), ("0b1", .string),
            ("3.0", .number), ("1e3", .number), (".5", .number), ("5.", .number), ("-1.5E-3", .number),
            (".inf", .number), ("-.INF", .number), (".nan", .number), ("-.nan", .string), (".", .string), ("e3", .string),
            ("1.2.3", .string), ("12:30", .string), ("12:30:45", .string), ("2024-01-31", .string), ("1e", .string),
            ("--1", .string), ("+", .string), ("v1", .string), ("2024-01-31T00:00:00Z", .string),
        ])
    func plain(text: String, kind: Node.Kind) throws {
        let root = try Reading("key: \(text)\n").root
        let node = try #require(root["key"])
        #expect(node.kind == kind)
        #expect(node.text == text)
    }

    @Test("Quoted and block scalars are strings", arguments: ["'12'", "\"true\"", "|-\n  null", ">-\n  1.0"])
    func quoted(text: String) throws {
        let root = try Reading("key: \(text)\n").root
        #expect(root["key"]?.kind == .string)
    }

    @Test("Values of numbers")
    func numbers() throws {
        let root = try Reading("[012, 0o17, 0xFF, 1e3, 9.0, 9.5, -3, 99999999999999999999, .inf, '7']").root
        #expect(root.elements.map(\.int) == [12, 15, 255, 1000, 9, nil, -3, nil, nil, nil])
        #expect(root.elements[5].double == 9.5)
        #expect(root.elements[7].double == 1e20)
        #expect(root.elements[7].text == "99999999999999999999")
        #expect(root.elements[8].double == .infinity)
    }

    @Test("Tags")
    func tags() throws {
        let reading = try Reading("[!!str 12, !!int 12, !!float 1, ! 12, !!int x, !own 12, !!binary aGk=]")
        #expect(reading.root.elements.map(\.kind) == [.string, .integer, .number, .string, .string, .integer, .string])
        #expect(reading.diagnostics.map { $0.location?.column } == [2, 39, 48])
    }

    @Test("Keys of any kind become text")
    func keys() throws {
        let root = try Reading("200: a\non: b\nnull: c\n1.0: d\n'q': e\n~: f\n? \n: g\n").root
        #expect(root.members.map(\.key) == ["200", "on", "null", "1.0", "q", "~", ""])
        #expect(root["200"]?.text == "a")
        #expect(root["on"]?.text == "b")
    }
}
