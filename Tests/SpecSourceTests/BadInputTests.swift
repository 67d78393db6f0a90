import Foundation
import Source
import SpecSource
import Testing

@Suite("Bad input gets one clear error with its place and a hint")
struct BadInputTests {
    @Test(
        "Texts",
        arguments: [
            ("", "test.yaml:1:1: error: the file is empty (an API description begins with `openapi: 3.1.0`)"),
            (" \n\t\n", "test.yaml:1:1: error: the file is empty (an API description begins with `openapi: 3.1.0`)"),
            ("# nothing\n", "test.yaml:1:1: error: the file has no content (an API description begins with `openapi: 3.1.0`)"),
            (
                "a:\n\tb: 1\n",
                "test.yaml:2:1: error: not valid YAML: a tab is used for indentation while scanning for the next token (YAML indents with spaces only)"
            ),
            (
                "a: b: c\n",
                "test.yaml:1:5: error: not valid YAML: a `:` stands where no key can be (put a value that contains `: ` in quotes, or check the indentation)"
            ),
            (
                "a: @x\n",
                "test.yaml:1:4: error: not valid YAML: a value cannot begin with `@` while scanning for the next token (put the value in quotes)"
            ),
            ("a: *x\n", "test.yaml:1:4: error: the alias `*x` stands for nothing (no `&x` comes before it; quote the text if it is not meant as an alias)"),
            ("a: &x [*x]\n", "test.yaml:1:8: error: the alias `*x` contains itself (describe recursive schemas with `$ref`)"),
            (
                "<!DOCTYPE html><html></html>",
                "test.yaml:1:1: error: this is an HTML page, not an API description (download the raw file instead of the page that shows it)"
            ),
            ("<?xml version='1.0'?><a/>", "test.yaml:1:1: error: this is XML, not an API description (give the path of an OpenAPI document in YAML or JSON)"),
            (
                "{\"a\": 1",
                "test.yaml:2:1: error: not valid YAML: did not find expected ',' or '}' while parsing a flow mapping of line 1 (a bracket is not closed, or a comma is missing)"
            ),
        ])
    func texts(text: String, message: String) {
        #expect(Reading.error(text)?.description == message)
    }

    /// libyaml compares each with all before it.
    @Test("More tag directives than any description has")
    func tagDirectives() {
        func text(_ count: Int) -> String {
            (0..<count).map { "%TAG !a\($0)! tag:example.com,2000:\n" }.joined() + "---\na: 1\n"
        }
        #expect(Reading.error(text(256)) == nil)
        #expect(Reading.error(text(200_000))?.description
            == "test.yaml:257:1: error: more than 256 %TAG directives (remove them: descriptions have no use for tags)")
        #expect(Reading.error("a: |\n" + String(repeating: "  %TAG\n", count: 300)) == nil)
    }

    @Test("Binary files")
    func binaries() {
        #expect(Reading.error([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0])?.message == "this is a PNG image, not an API description")
        #expect(Reading.error([0x1F, 0x8B, 8])?.message == "this is a compressed file")
        #expect(Reading.error([1, 0, 2])?.message == "this is a binary file, not an API description")
    }

    @Test(
        "Bytes that are not UTF-8",
        arguments: [[0xC3], [0x80], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xC3, 0x28], [0xF0, 0x9F, 0x90]] as [[UInt8]])
    func invalidUTF8(bytes: [UInt8]) {
        let error = Reading.error(Array("a: é\nb: ".utf8) + bytes + Array("\n".utf8))
        #expect(error?.description == "test.yaml:2:4: error: byte 9 is not UTF-8 (save the file in UTF-8)")
    }

    @Test("JSON's grammar", arguments: ["[1,]", "{'a': 1}", "[01]", "[1.]", "[.5]", "[+1]", "[0x1]", "[NaN]", "[\"\\x\"]", "[\"\\u12\"]", "[1] 2", "[tru]", "[\"\n\"]"])
    func json(text: String) {
        // YAML forgives some of this; a file that is called JSON gets a warning then, or JSON's words.
        let diagnostics = Diagnostics()
        do throws(SourceError) {
            _ = try SourceReader.parse(Array(text.utf8), path: "test.json", diagnostics: diagnostics)
            #expect(diagnostics.all.contains { $0.message.hasPrefix("not valid JSON") })
        } catch {
            #expect(error.message.hasPrefix("not valid JSON"))
        }
    }

    @Test("Aliases that multiply")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", "))]\n"
        }
        let error = Reading.error(text)
        #expect(error?.message.contains("expand to more than") == true)
        #expect(error?.location?.line == 7)
    }

    @Test("Merges that multiply")
    func mergeBomb() {
        var text = "base: &base {\((0..<5_000).map { "k\($0): 1" }.joined(separator: ", "))}\n"
        for number in 0..<2_100 { text += "m\(number): {<<: *base}\n" }
        #expect(Reading.error(text)?.message.contains("expand to more than") == true)
    }

    @Test("Deep nesting", arguments: ["[", "{\"a\":", "- ", "{a: "])
    func deepNesting(opening: String) {
        let error = Reading.error(String(repeating: opening, count: 100_000))
        #expect(error?.message == "nested deeper than 1000 levels")
    }

    @Test("A line of 10 MB", arguments: ["x", "[", "a: ", "\"", "- "])
    func longLine(piece: String) {
        let text = String(repeating: piece, count: 10_000_000 / piece.utf8.count)
        // Whatever it is, it ends, with an answer.
        switch Reading.error(text) {
        case let error?: #expect(!error.message.isEmpty)
        case nil: #expect(piece == "x")
        }
    }

    @Test("Files")
    func files() throws {
        func error(_ path: String) -> String? {
            do throws(SourceError) {
                _ = try SourceReader.read(path: path, diagnostics: Diagnostics())
                return nil
            } catch {
                return error.description
            }
        }
        let folder = NSTemporaryDirectory()
        #expect(error("\(folder)/no-such-file")?.hasSuffix("there is no such file (check the path)") == true)
        #expect(error(folder)?.hasSuffix("this is a directory (give the path of the description in it)") == true)
        #if os(Linux)
            // Not even the superuser can read this one.
            #expect(error("/proc/self/mem")?.hasSuffix("the file cannot be read (check its permissions)") == true)
        #endif
    }
}
