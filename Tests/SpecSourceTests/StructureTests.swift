import SpecSource
import Testing

@Suite("Anchors, merges, repeated keys and places")
struct StructureTests {
    @Test("An alias is the anchored node itself")
    func alias() throws {
        let root = try Reading("a: &x {b: [1, 2]}\nc: *x\nd: &s text\ne: *s\n").root
        #expect(root["c"] == root["a"])
        #expect(root["e"]?.text == "text")
    }

    @Test("A later anchor of the same name replaces the earlier one")
    func anchorAgain() throws {
        let root = try Reading("a: &x 1\nb: *x\nc: &x 2\nd: *x\n").root
        #expect(root["b"]?.int == 1)
        #expect(root["d"]?.int == 2)
    }

    @Test("Merge keys: explicit members win, then the first mapping")
    func merge() throws {
        let text = """
            one: &one {a: 1, b: 1}
            two: &two {b: 2, c: 2, d: 2}
            both:
              d: 3
              <<: [*one, *two]
            single: {<<: *one, e: 5}
            quoted: {"<<": *one}
            """
        let reading = try Reading(text)
        let both = try #require(reading.root["both"])
        #expect(both.members.map(\.key) == ["d", "a", "b", "c"])
        #expect(both.members.map(\.value.int) == [3, 1, 1, 2])
        #expect(reading.root["single"]?.members.map(\.key) == ["e", "a", "b"])
        #expect(reading.root["quoted"]?["<<"]?["a"]?.int == 1)
        #expect(reading.diagnostics.isEmpty)
    }

    @Test("What cannot be merged is reported")
    func badMerge() throws {
        let reading = try Reading("a: {<<: 7, b: 1}")
        #expect(reading.root["a"]?.members.map(\.key) == ["b"])
        #expect(reading.diagnostics.count == 1)
    }

    @Test("The last of repeated keys counts, at the first one's place", arguments: [3, 40])
    func repeatedKeys(count: Int) throws {
        let others = (0..<count).map { "k\($0): \($0)" }.joined(separator: "\n")
        let reading = try Reading("x: first\n\(others)\nx: last\n")
        #expect(reading.root.members.count == count + 1)
        #expect(reading.root.members.first?.key == "x")
        #expect(reading.root["x"]?.text == "last")
        for number in 0..<count { #expect(reading.root["k\(number)"]?.int == number) }
        #expect(reading.diagnostics.map(\.description) == [
            "test.yaml:\(count + 2):1: warning: `x` is given again (first on line 1); the last one counts"
        ])
    }

    @Test("Members of large mappings are found")
    func largeMapping() throws {
        let names = (0..<3_000).map { "name\($0 &* 7_919 % 3_000)" }
        let root = try Reading(names.map { "\($0): \($0)" }.joined(separator: "\n")).root
        #expect(root.members.map(\.key) == names)
        for name in names { #expect(root[name]?.text == name) }
        #expect(root["name"] == nil)
        #expect(root["name3000"] == nil)
    }

    @Test("Collections as keys are dropped with their values, and reported")
    func collectionsAsKeys() throws {
        let reading = try Reading("? [a, b]\n: {c: 1}\nd: 2\n")
        #expect(reading.root.members.map(\.key) == ["d"])
        #expect(reading.root["d"]?.int == 2)
        #expect(reading.diagnostics.count == 1)
    }

    @Test("Only the first document counts")
    func documents() throws {
        let reading = try Reading("a: 1\n---\nb: 2\n")
        #expect(reading.root.members.map(\.key) == ["a"])
        #expect(reading.diagnostics.first?.location?.line == 2)
    }

    @Test(
        "Places of keys and values",
        arguments: [
            ("{\n \"a\" : [1,\n  \"é\", 2], \"b\": true}", "test.json"), ("a:\n\n  - 1\n  - é\n", "test.yaml"),
        ])
    func places(text: String, path: String) throws {
        let root = try Reading(text, path: path).root
        let list = try #require(root["a"])
        if path == "test.json" {
            #expect(root.keyLocation("a")?.description == "test.json:2:2")
            #expect(list.location.description == "test.json:2:8")
            #expect(list.elements.map(\.location.description) == ["test.json:2:9", "test.json:3:3", "test.json:3:8"])
            #expect(root.keyLocation("b")?.description == "test.json:3:12")
        } else {
            #expect(root.keyLocation("a")?.description == "test.yaml:1:1")
            #expect(list.elements.map(\.location.description) == ["test.yaml:3:5", "test.yaml:4:5"])
        }
    }

    @Test("Lines end with a line feed, a carriage return or both", arguments: ["\n", "\r", "\r\n"])
    func lineEndings(ending: String) throws {
        for text in ["{\n\"a\": 1,\n\"b\": 2}", "a: 1\n\nb: 2"] {
            let root = try Reading(text.replacing("\n", with: ending)).root
            #expect(root.keyLocation("b")?.line == 3)
            #expect(root["b"]?.int == 2)
        }
    }

    @Test("JSON pointers")
    func pointers() throws {
        let root = try Reading("{\"a/b\": {\"c~d\": [10, 11]}, \"é %\": 1, \"\": 2, \"x%41\": 3}").root
        #expect(root.resolve(pointer: "") == root)
        #expect(root.resolve(pointer: "/a~1b/c~0d/1")?.int == 11)
        #expect(root.resolve(pointer: "/a%2Fb/c~0d/0")?.int == 10)
        #expect(root.resolve(pointer: "/%C3%A9%20%25")?.int == 1)
        #expect(root.resolve(pointer: "/")?.int == 2)
        #expect(root.resolve(pointer: "/x%41")?.int == 3)
        for nowhere in ["/a", "/a~1b/c~0d/2", "/a~1b/c~0d/-1", "/a~1b/c~0d/x", "a", "/a~1b/c~0d/0/0"] {
            #expect(root.resolve(pointer: nowhere) == nil)
        }
    }

    @Test("UTF-8 and UTF-16, with and without a byte order mark")
    func encodings() throws {
        let text = "name: Zoë 🐶\n"
        let utf16 = Array(text.utf16)
        let encodings: [[UInt8]] = [
            Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8),
            [0xFF, 0xFE] + utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] },
            [0xFE, 0xFF] + utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] },
        ]
        for bytes in encodings {
            let root = try Reading(bytes).root
            #expect(root["name"]?.text == "Zoë 🐶")
        }
    }

    @Test("Control characters in YAML are replaced and reported")
    func controlCharacters() throws {
        let reading = try Reading("a: \"x\u{08}y\u{85}z\u{FEFF}\u{93}\"\nb: 1\n")
        #expect(reading.root["a"]?.text.contains("\u{08}") == false)
        #expect(reading.root["b"]?.int == 1)
        #expect(reading.diagnostics.count == 1)
    }
}
