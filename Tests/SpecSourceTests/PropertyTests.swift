import Foundation
import Source
import SpecSource
import Testing

@Suite("Both readers agree")
struct PropertyTests {
    @Test("A tree written as JSON is read alike as JSON and as YAML", arguments: 0..<300)
    func jsonAndYAML(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let text = RandomJSON.value(depth: 4, using: &random)
        let json = try Reading("[\(text)]", path: "test.json").root
        // A sequence entry is no longer JSON, so this goes through libyaml.
        let yaml = try Reading("- \(text)\n").root
        #expect(json.json() == yaml.json())
        let again = try Reading(json.json(), path: "test.json").root
        #expect(again.json() == json.json())
    }

    @Test("Cut anywhere and with any byte changed, a description never brings the reader down", arguments: 0..<200)
    func damaged(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        var bytes = Array("openapi: 3.1.0\ninfo: &i {title: 'x', <<: {a: !!str 1}}\npaths:\n  /a:\n    - \"é\\u00e9\"\n    - *i\n    - |\n      text\n".utf8)
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.remove(at: Int.random(in: 0..<bytes.count, using: &random))
            default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: Int.random(in: 0..<bytes.count, using: &random))
            }
        }
        let error = Reading.error(bytes)
        #expect(error?.message.isEmpty != true)
    }

    @Test("Every description of the corpus survives a round trip through JSON")
    func corpus() throws {
        let folder = URL(filePath: #filePath).appending(path: "../../../../shared/corpus").standardizedFileURL
        guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return }
        var count = 0
        for case let file as URL in files where ["yaml", "yml", "json"].contains(file.pathExtension) {
            let tree = try SourceReader.read(path: file.path, diagnostics: Diagnostics())
            let text = tree.root.json()
            let again = try SourceReader.parse(Array(text.utf8), path: "again.json", diagnostics: Diagnostics())
            #expect(again.root.json() == text)
            count += 1
        }
        if count == 0 { print("No corpus at \(folder.path); nothing was read.") }
    }
}

/// JSON texts of any shape.
enum RandomJSON {
    static func value(depth: Int, using random: inout SplitMix) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &random) {
        case 0: return ["null", "true", "false"].randomElement(using: &random) ?? "null"
        case 1: return "\(Int.random(in: -1_000_000...1_000_000, using: &random))"
        case 2: return ["0.5", "1e3", "-2.25E-2", "12345678901234567890123"].randomElement(using: &random) ?? "0"
        case 3, 4: return string(using: &random)
        case 5: return "[\((0..<Int.random(in: 0...4, using: &random)).map { _ in value(depth: depth - 1, using: &random) }.joined(separator: ", "))]"
        default:
            let members = (0..<Int.random(in: 0...4, using: &random)).map { number in
                "\(string(using: &random).dropLast())\(number)\": \(value(depth: depth - 1, using: &random))"
            }
            return "{\(members.joined(separator: ", "))}"
        }
    }

    private static func string(using random: inout SplitMix) -> String {
        let pieces = ["a", "Z", "é", "🐶", " ", ": ", " #", "\\n", "\\\"", "\\\\", "\\u00e9", "\\t", "0", "- ", "'", "{", "\\/"]
        let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        return "\"\(text.joined())\""
    }
}

/// A small generator of random numbers that starts where it is told to.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
