import Foundation
import Overlays
import SpecSource
import SyntaxTree
import Testing

@Suite("JSONPath")
struct JSONPathTests {
    private static let document = """
        {
          "shelves": [
            {"name": "north", "height": 2, "books": [{"title": "Swifts", "price": 8.5, "isbn": "1"}, {"title": "Birds", "price": 12}]},
            {"name": "south", "height": 3, "books": []},
            {"name": "été", "height": 3.0, "tags": ["a", "b", "c", "d", "e"]}
          ],
          "limit": 10,
          "odd keys": {"a.b": 1, "it's": 2, "\\"": 3, "/x/{id}": 4, "": 5, "ß☺": 6},
          "nothing": null,
          "letters": ["a", "ab", "abc", "b\\nc"]
        }
        """

    /// What a query selects, each node as JSON.
    private func select(_ query: String, in text: String = document) throws -> [String] {
        let root = try Reading(text, path: "test.json").root
        return try JSONPath(query).nodes(in: root).map { $0.json() }
    }

    @Test("Segments and selectors", arguments: [
        ("$.limit", ["10"]), ("$['limit']", ["10"]), ("$[\"limit\"]", ["10"]), ("$ .limit", ["10"]), ("$\n['limit']", ["10"]),
        ("$.shelves[0].name", [#""north""#]), ("$.shelves[-1].name", [#""été""#]), ("$.shelves[7]", []), ("$.shelves[-4]", []),
        ("$.limit[0]", []), ("$.limit.x", []), ("$.shelves['name']", []), ("$.nothing", ["null"]), ("$.absent", []),
        ("$.shelves[*].height", ["2", "3", "3.0"]), ("$.shelves.*.height", ["2", "3", "3.0"]),
        ("$['odd keys']['a.b', 'it\\'s', \"\\\"\"]", ["1", "2", "3"]), ("$['odd keys']['/x/{id}']", ["4"]), ("$['odd keys']['']", ["5"]),
        ("$['odd keys'].ß☺", ["6"]), ("$['odd keys']['\\u00df\\u263A']", ["6"]),
        ("$..isbn", [#""1""#]), ("$..price", ["8.5", "12"]), ("$..[0].title", [#""Swifts""#]), ("$.shelves..title", [#""Swifts""#, #""Birds""#]),
        ("$.shelves[0, 0].name", [#""north""#, #""north""#]), ("$.shelves[ 0 , 'x' , 1 ].name", [#""north""#, #""south""#]),
    ])
    func selectors(query: String, expected: [String]) throws {
        #expect(try select(query) == expected)
    }

    @Test("Numbers beyond what a query can have", arguments: ["$[-9223372036854775808]", "$[9223372036854775807]", "$[0:-9223372036854775808]", "$[::-9223372036854775808]", "$[-9007199254740992]"])
    func largeNumbers(query: String) {
        #expect(throws: JSONPath.Fault.self) { try select(query) }
    }

    @Test("Slices", arguments: [
        ("1:3", "bc"), ("3:", "de"), (":2", "ab"), (":", "abcde"), ("::2", "ace"), ("1:5:2", "bd"), ("-2:", "de"), (":-3", "ab"),
        ("5:1:-2", "ec"), ("::-1", "edcba"), ("::0", ""), ("3:1", ""), ("0:100", "abcde"), ("-100:2", "ab"), (" 1 : 4 : 2 ", "bd"),
        ("4:-100:-1", "edcba"), ("1::", "bcde"),
    ])
    func slices(slice: String, letters: String) throws {
        #expect(try select("$.shelves[2].tags[\(slice)]") == letters.map { "\"\($0)\"" })
    }

    @Test("Filters", arguments: [
        ("$..books[?@.isbn].title", [#""Swifts""#]), ("$..books[?!@.isbn].title", [#""Birds""#]), ("$..books[?(@.price > 10)].title", [#""Birds""#]),
        ("$..books[?@.price<10].title", [#""Swifts""#]), ("$.shelves[?@.height == 3].name", [#""south""#, #""été""#]),
        ("$.shelves[?@.height != 3].name", [#""north""#]), ("$.shelves[?@.height >= 2 && @.tags].name", [#""été""#]),
        ("$.shelves[?@.tags || @.name == 'north'].name", [#""north""#, #""été""#]),
        ("$.shelves[?(@.tags || @.name=='north') && !(@.height == 2)].name", [#""été""#]),
        ("$.shelves[?@.height < $.limit].height", ["2", "3", "3.0"]), ("$.shelves[?@.absent == @.missing].height", ["2", "3", "3.0"]),
        ("$.shelves[?@.absent == null].name", []), ("$[?@ == null]", ["null"]), ("$.shelves[?@.books == $.shelves[1].books].name", [#""south""#]),
        ("$.shelves[?@.books[?@.price > 10]].name", [#""north""#]), ("$.letters[?@ < 'abc']", [#""a""#, #""ab""#]),
        ("$.shelves[?@.name < 3].name", []), ("$.shelves[?@.height==3e0].name", [#""south""#, #""été""#]), ("$.shelves[?true == true].height", ["2", "3", "3.0"]),
    ])
    func filters(query: String, expected: [String]) throws {
        #expect(try select(query) == expected)
    }

    @Test("Functions", arguments: [
        ("$.shelves[?length(@.name) == 3].name", [#""été""#]), ("$.shelves[?length(@.books) == 0].name", [#""south""#]),
        ("$.shelves[?length(@) == 3].height", ["2", "3", "3.0"]), ("$.shelves[?length(@.height) == 1].name", []),
        ("$.shelves[?count(@..title) > 1].name", [#""north""#]), ("$.shelves[?count(@.*) == 3].height", ["2", "3", "3.0"]),
        ("$.letters[?match(@, 'a.*')]", [#""a""#, #""ab""#, #""abc""#]), ("$.letters[?match(@, 'b')]", []), ("$.letters[?search(@, 'b')]", [#""ab""#, #""abc""#, #""b\nc""#]),
        ("$.letters[?match(@, 'b.c')]", []), ("$.letters[?!match(@, '[a-c]+')]", [#""b\nc""#]), ("$.letters[?match(@, 'a[')]", []), ("$.shelves[?match(@.height, '2')]", []),
        ("$.shelves[?value(@..isbn) == '1'].name", [#""north""#]), ("$.shelves[?value(@..price) == 12].name", []),
        ("$.shelves[?search(@.name, $.letters[0])].name", []),
    ])
    func functions(query: String, expected: [String]) throws {
        #expect(try select(query) == expected.map { $0.replacing("\\n", with: "\\u000a") })
    }

    @Test("Patterns of I-Regexp", arguments: [
        ("abc", "abc", true, true), ("b", "abc", false, true), ("a|bc", "bc", true, true), ("a|", "", true, true), ("", "x", false, true),
        ("a*", "", true, true), ("a*", "aaa", true, true), ("a+b?", "aa", true, true), ("a+b?", "bb", false, false), ("(ab){2}", "abab", true, true),
        ("(ab){2}", "aba", false, false), ("a{2,}", "aaaa", true, true), ("a{1,2}", "aaa", false, true), ("a{2}{2}", "aaaa", false, false),
        ("a.c", "a\nc", false, false), ("a.c", "aßc", true, true), ("[a-c]x", "bx", true, true), ("[^a-c]", "b", false, false),
        ("[a\\-z]", "-", true, true), ("[-a]", "-", true, true), ("[a-]", "-", true, true), ("[\\n\\t]", "\t", true, true),
        ("\\p{Lu}\\P{Lu}", "Éa", true, true), ("\\p{L}+", "aÉß", true, true), ("[\\p{Nd}x]+", "3x٣", true, true), ("\\p{X}", "X", false, false),
        ("\\.", ".", true, true), ("\\.", "x", false, false), ("\\d\\w\\s", "1a ", true, true), ("(", "(", false, false), ("a**", "aa", false, false),
        ("[z-a]", "b", false, false), ("x{2000}", "x", false, false), ("e\u{301}", "é", false, false), ("e.", "e\u{301}", true, true),
    ])
    func patterns(pattern: String, text: String, isWhole: Bool, isFound: Bool) throws {
        func holds(_ function: String) throws -> Bool {
            let encoded = try JSONEncoder().encode(["text": text, "pattern": pattern])
            return try !select("$[?\(function)(@.text, @.pattern)]", in: "[\(String(decoding: encoded, as: UTF8.self))]").isEmpty
        }
        #expect(try holds("match") == isWhole)
        #expect(try holds("search") == isFound)
    }

    /// With backtracking these would take longer than the world has lasted.
    @Test("Neither patterns nor descendants multiply", arguments: [
        "$.texts[?match(@, '(a+)+b')]", "$.texts[?search(@, '(a|a)*b')]", "$.texts[?match(@, '(a?){40}a{40}b')]",
        "$" + String(repeating: "..*", count: 40) + ".none", "$[?count(@" + String(repeating: "..*", count: 40) + ") == 1]",
    ])
    func boundedTime(query: String) throws {
        let list = String(repeating: "[", count: 60) + String(repeating: "]", count: 60)
        let text = #"{"texts": ["\#(String(repeating: "a", count: 4_000))"], "deep": \#(list)}"#
        let nodes = try JSONPath(query).distinctNodes(in: Reading(text, path: "test.json").root)
        #expect(nodes.isEmpty)
    }

    @Test("What is selected several times counts as often, and is there once")
    func distinct() throws {
        let root = try Reading(#"{"a": [[1]], "b": 2}"#, path: "test.json").root
        #expect(try JSONPath("$..*..*").nodes(in: root).map { $0.json() } == ["[1]", "1", "1"])
        #expect(try JSONPath("$..*..*").distinctNodes(in: root).map { $0.json() } == ["[1]", "1"])
        #expect(try JSONPath("$[?count(@..*..*) == 1]").nodes(in: root).map { $0.json() } == ["[[1]]"])
        #expect(try JSONPath("$[?value(@..*..*) == 1]").nodes(in: root).map { $0.json() } == ["[[1]]"])
    }

    @Test("What is no query says where", arguments: [
        ("", 1), ("limit", 1), ("$.", 3), ("$..", 4), ("$[", 3), ("$[]", 3), ("$['a", 5), ("$.a b", 4), ("$[01]", 3), ("$[-0]", 3), ("$[1.5]", 4),
        ("$[9007199254740992]", 3), ("$['\\x']", 5), ("$['\\ud800']", 10), ("$.1a", 3), ("$[?]", 4), ("$[?@.a==]", 9), ("$[?1]", 4), ("$[?@.a=1]", 7),
        ("$[?@.* == 1]", 4), ("$[?!@.a == 1]", 9), ("$[?nope(@)]", 4), ("$[?length(@)]", 4), ("$[?match(@, 'a') == true]", 4), ("$[?count(1) == 1]", 10),
        ("$[?length(@.*) == 1]", 11), ("$[?(@.a]", 8), ("$.a ", 4), (" $", 1), ("$[?@.a == x]", 11), ("$[?@.a == 01]", 11), ("$['a\u{1}']", 5),
    ])
    func faults(query: String, column: Int) {
        do throws(JSONPath.Fault) {
            _ = try JSONPath(query)
            Issue.record("`\(query)` was read")
        } catch {
            #expect(error.column == column, "\(query): \(error)")
        }
    }

    @Test("Nesting without end is refused")
    func nesting() {
        for text in [String(repeating: "(", count: 100_000), String(repeating: "@[?", count: 100_000), String(repeating: "length(", count: 100_000)] {
            #expect(throws: JSONPath.Fault.self) { try JSONPath("$[?" + text) }
        }
    }

    @Test("The path to any node selects just that node", arguments: 0..<200)
    func everyNode(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let root = try Reading(RandomJSON.value(depth: 4, using: &random), path: "test.json").root
        var all: [(path: String, node: Node)] = []
        Self.visit(root, "$", &all)
        for (path, node) in all {
            #expect(try JSONPath(path).nodes(in: root) == [node], "\(path)")
        }
        // What `..*` selects is everything but the root.
        #expect(try JSONPath("$..*").nodes(in: root).count == all.count - 1)
        #expect(try Set(JSONPath("$..*").nodes(in: root)) == Set(all.dropFirst().map(\.node)))
    }

    private static func visit(_ node: Node, _ path: String, _ all: inout [(path: String, node: Node)]) {
        all.append((path, node))
        for (key, value) in node.members { visit(value, path + "[\(quoted(key))]", &all) }
        for (index, value) in node.elements.enumerated() { visit(value, path + "[\(index)]", &all) }
    }

    private static func quoted(_ key: String) -> String {
        "'" + key.unicodeScalars.map { scalar in
            switch scalar {
            case "'", "\\": "\\\(scalar)"
            case "\u{0}"..<" ": "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }.joined() + "'"
    }

    @Test("A slice selects what counting does", arguments: 0..<300)
    func sliceByCounting(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let count = Int.random(in: 0...6, using: &random)
        let bounds = (0..<2).map { _ in Bool.random(using: &random) ? nil : Int.random(in: -8...8, using: &random) }
        let step = Int.random(in: -3...3, using: &random)
        let text = bounds.map { $0.map(String.init) ?? "" }.joined(separator: ":") + ":\(step)"
        var expected: [Int] = []
        if step != 0 {
            let start = bounds[0].map { $0 < 0 ? $0 + count : $0 } ?? (step > 0 ? 0 : count - 1)
            let end = bounds[1].map { $0 < 0 ? $0 + count : $0 } ?? (step > 0 ? count : -1 - count)
            var index = start
            // From out of bounds a slice begins at the end that is nearest.
            if step > 0 { index = max(index, 0) } else { index = min(index, count - 1) }
            while step > 0 ? index < min(end, count) : index > max(end, -1) {
                expected.append(index)
                index += step
            }
        }
        #expect(try select("$[\(text)]", in: "\(Array(0..<count))") == expected.map(String.init), "\(text) of \(count)")
    }

    @Test("A damaged query is an error or a query, never a trap", arguments: 0..<300)
    func damaged(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var text = Array("$..books[?(@.price<10||length(@['x'])>=-1e2)&&!match(@.a,'b.*')][1:-2:3,*,'k\\u00e9'].z".unicodeScalars)
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            let place = Int.random(in: 0..<text.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: text.remove(at: place)
            case 1: text.insert(text[Int.random(in: 0..<text.count, using: &random)], at: place)
            default: text[place] = "$.[]?@()*:,'\"\\!<0-e ".unicodeScalars.randomElement(using: &random) ?? "$"
            }
        }
        let root = try Reading(Self.document, path: "test.json").root
        do throws(JSONPath.Fault) {
            _ = try JSONPath(String(String.UnicodeScalarView(text))).nodes(in: root)
        } catch {
            #expect((1...text.count + 1).contains(error.column))
        }
    }
}
