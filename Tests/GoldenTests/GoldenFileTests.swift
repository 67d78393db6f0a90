import Declarations
import Emission
import Foundation
import Lowering
import SpecSource
import SyntaxTree
import Testing

@Suite("Generated code that is checked in")
struct GoldenFileTests {
    @Test("Every folder of generated code is in the list")
    func list() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Generator.goldens.path).filter { !$0.hasPrefix(".") }
        #expect(folders.sorted() == Golden.all.map(\.stem))
    }

    /// `make goldens` writes the files anew.
    @Test("What is generated is what is checked in", arguments: Golden.all)
    func goldens(golden: Golden) throws {
        let stem = golden.stem
        let generated = try Generator(golden, layout: .shards(stem: stem, count: 1))
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

    @Test("The same description gives the same bytes, wherever and whenever", arguments: Golden.all)
    func determinism(golden: Golden) throws {
        let layout = FileLayout.shards(stem: golden.stem, count: 7)
        let first = try Generator(golden, layout: layout).files
        for _ in 0..<5 {
            let next = try Generator(golden, layout: layout).files
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
        let url = Generator.root.appending(path: "Tests/GoldenTests/Descriptions/petstore.yaml")
        let text = try String(contentsOf: url, encoding: .utf8)
        let changed = text.replacing("lives: {type: integer}", with: "lives: {type: string}")
        #expect(changed != text)
        let before = try Generator(Array(text.utf8), name: "p.yaml", layout: .shards(stem: "p", count: 12)).files
        let after = try Generator(Array(changed.utf8), name: "p.yaml", layout: .shards(stem: "p", count: 12)).files
        #expect(before.map(\.path) == after.map(\.path))
        #expect(zip(before, after).filter { $0.content != $1.content }.count == 1)
    }
}
