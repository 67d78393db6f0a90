import Declarations
import Emission
import Foundation
import Lowering
import Source
import SpecSource
import SyntaxTree
import Testing

@Suite("Generated code that is checked in")
struct GoldenFileTests {
    static let descriptions = [
        (Generator.root.appending(path: "Specs/reference.yaml"), "reference"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/petstore.yaml"), "petstore"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/library.yaml"), "library"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/shop.yaml"), "shop"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/bank.yaml"), "bank"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/museum/openapi.yaml"), "museum"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/forum/openapi.yaml"), "forum"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/gallery.yaml"), "gallery"),
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/workshop.yaml"), "workshop"),
        // Schemas of which values were lost once.
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/kinds.yaml"), "kinds"),
        // Every word of Swift, and names that generated code uses, for everything that has a name.
        (Generator.root.appending(path: "Tests/GoldenTests/Descriptions/words.json"), "words"),
    ]

    /// What `Descriptions/forum/apus.yaml` says.
    private static func options(_ stem: String) -> LoweringOptions {
        var options = LoweringOptions()
        guard stem == "forum" else { return options }
        func configured(_ names: [String: String]) -> [String: Configured] {
            var line = 0
            return names.mapValues { text in
                line += 1
                return Configured(text: text, location: SourceLocation(path: "\(names)", line: line, column: 1))
            }
        }
        options.accessLevel = "internal"
        options.groupsByTag = true
        options.renames.schemas = configured(["usr_record": "User"])
        options.renames.operations = configured(["GET /posts/search": "find"])
        options.renames.properties = configured(["usr_record.usr_nm": "name"])
        options.renames.tags = configured(["blog-posts": "posts"])
        options.types.formats = configured(["uri": "URL", "date-time": "String"])
        options.types.schemas = configured(["Price": "ForumPrice"])
        return options
    }

    /// `make goldens` writes the files anew.
    @Test("What is generated is what is checked in", arguments: descriptions.indices)
    func goldens(index: Int) throws {
        let (url, stem) = Self.descriptions[index]
        var options = Self.options(stem)
        if stem == "workshop" { options.validation = .all }
        let generated = try Generator(url, layout: .shards(stem: stem, count: 1), options: options)
        for file in generated.files {
            let golden = Generator.goldens.appending(path: "\(stem)/\(file.path)")
            let expected = try String(contentsOf: golden, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            let actual = String(decoding: file.content, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
            let line = zip(expected, actual).enumerated().first { $1.0 != $1.1 }
            #expect(
                expected.count == actual.count && line == nil,
                "\(file.path) differs from line \((line?.offset ?? min(expected.count, actual.count)) + 2); look at it, then run `make goldens`")
        }
    }

    @Test("The same description gives the same bytes, wherever and whenever", arguments: descriptions.indices)
    func determinism(index: Int) throws {
        let (url, stem) = Self.descriptions[index]
        let first = try Generator(url, layout: .shards(stem: stem, count: 7), options: Self.options(stem)).files
        for _ in 0..<5 {
            let next = try Generator(url, layout: .shards(stem: stem, count: 7), options: Self.options(stem)).files
            #expect(next.map(\.path) == first.map(\.path))
            #expect(next.map(\.content) == first.map(\.content))
        }
    }

    @Test("The templates in the tool are those of the folder")
    func templates() throws {
        let folder = Generator.root.appending(path: "Templates")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".mustache") }
        #expect(Set(names) == Set(Emitter.templates.map { "\($0.name).mustache" }))
        for template in Emitter.templates {
            let text = try String(contentsOf: folder.appending(path: "\(template.name).mustache"), encoding: .utf8)
            #expect(template.text.trimmingCharacters(in: .newlines) == text.trimmingCharacters(in: .newlines), "run Scripts/embed-templates")
        }
    }

    @Test("A schema that changes changes one file of a plugin's")
    func shards() throws {
        let url = Self.descriptions[1].0
        let text = try String(contentsOf: url, encoding: .utf8)
        let changed = text.replacing("lives: {type: integer}", with: "lives: {type: string}")
        #expect(changed != text)
        let before = try Generator(Array(text.utf8), name: "p.yaml", layout: .shards(stem: "p", count: 12)).files
        let after = try Generator(Array(changed.utf8), name: "p.yaml", layout: .shards(stem: "p", count: 12)).files
        #expect(before.map(\.path) == after.map(\.path))
        #expect(zip(before, after).filter { $0.content != $1.content }.count == 1)
    }
}
