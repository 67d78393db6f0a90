import Foundation
import Testing

@testable import ApusRuntime

/// Every class of RFC 8259's grammar, to be accepted or refused.
@Suite("Grammar") struct GrammarTests {
    static let accepted: [String] = [
        // Values at the top, white space.
        "null", "true", "false", "0", "\"\"", "[]", "{}", " \t\r\n[ \t\r\n] \n", "\u{FEFF}[1]", "\"a\"", "-1",
        // Arrays.
        "[1]", "[1,2]", "[ 1 , 2 ]", "[[],[[]]]", "[null,true,false,0,\"\",{}]", "[\"\\u0061\"]",
        // Objects.
        "{\"\":0}", "{\"a\":{}}", "{ \"a\" : 1 , \"b\" : [ ] }", "{\"a\":1,\"a\":2}", "{\"\\u0000\":\"\\u0000\"}",
        "{\"a\":{\"b\":{\"c\":[{\"d\":null}]}}}",
        // Numbers.
        "-0", "-0.0", "0.0", "0e0", "0E+0", "0e-0", "1e5", "1E5", "1e+5", "1e-5", "1.5e10", "123.456", "1e00012",
        "10", "-10", "1.000000000000000000000000000000001", "123456789012345678901234567890", "0.1e1", "20e1", "123e65",
        "1e-400", "-1e-99999999999999999999", "0e99999999999999999999",
        // Strings.
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u00e9\\u20AC\"", "\"\\ud83d\\ude00\"", "\"\\uDBFF\\uDFFF\"", "\"\u{7F}\"",
        "\"é€😀\"", "\"\u{2028}\u{2029}\u{FFFF}\u{10FFFF}\"", "\"\\\\u0000\"", "\"/\"", "\"a/*b*/c\"", "\" \"",
        "\"\\ufffe\\uffff\"", "\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\\n\"", "\"日本語日本語日本語日本語\"",
    ]

    static let refused: [String] = [
        // Nothing, or not the whole of it.
        "", " ", "\n", "\u{FEFF}", "nul", "n", "tru", "fals", "truE", "True", "NULL", "nullx", "null null", "1 2", "[] []",
        "{}{}", "[1]]", "{}}", "1,", ",", ":", "]", "}", "[1]x", "\"a\"b", "[]\0", "[1]\u{FEFF}", " \u{FEFF}[1]",
        "\u{FEFF}\u{FEFF}1", "undefined", "NaN", "Infinity", "-Infinity", "nan", "// c\n1", "1 // c", "/**/1", "#1",
        "\u{A0}1", "\u{0C}1", "\u{0B}1", "\u{2060}1", "'a'", "a", "<html>",
        // Arrays.
        "[", "[1", "[1,", "[1,]", "[,1]", "[,]", "[1,,2]", "[1 2]", "[1}", "[:]", "[1:2]", "[\"a\"", "[[]", "[a]", "[1;2]",
        "[-]", "[\"a\":1]", "[\n1\n,", "[1,\n", "[ , 1]", "[\"\"", "[]]", "(1)", "[\"a\",\n4\n,1,",
        // Objects.
        "{", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,\"a\":1}", "{,}", "{\"a\":1,,\"b\":2}", "{\"a\" 1}",
        "{\"a\"::1}", "{\"a\":}", "{:1}", "{1:1}", "{a:1}", "{'a':1}", "{null:1}", "{\"a\":1 \"b\":2}", "{\"a\":1]", "{\"a\"}",
        "{\"a\",1}", "{\"a\":1,2}", "{\"a\":1;}", "{[]:1}", "{\"a\":1}}", "{\"a\":\"b\"}#", "{\"a\":/*c*/1}", "{\"a\":1//c\n}",
        "{ ", "{\"a\":1, }", "{\"a\":1,\"b\"", "{\"a", "{\"a\":\"",
        // Numbers.
        "-", "+1", "01", "00", "-01", "-00", "1.", "-1.", ".5", "-.5", "0.", "1.e5", "1e", "1E", "1e+", "1e-", "1.5e", "1e5.5", "1ee5",
        "0x1", "1_000", "1,000.0", "--1", "-+1", "1-", "1+1", "1.2.3", "1a", "0e", "0e+", "0.e1", "1 000", "-a", "-\"1\"", "1e1e1",
        "\u{FF11}", "1\u{0}", "[1.]", "[-]", "[1e]", "{\"a\":01}", "2.e+3", "2.e3", "9.e+", "-2.", "0.3e", "0.3e+", "1.0e",
        // Strings.
        "\"", "\"a", "\"\\\"", "\"\\", "\"\\\\\\\"", "\"\\x00\"", "\"\\a\"", "\"\\0\"", "\"\\'\"", "\"\\ \"", "\"\\U0061\"",
        "\"\\u\"", "\"\\u0\"", "\"\\u00\"", "\"\\u006\"", "\"\\u00g0\"", "\"\\u 061\"", "\"\\u+061\"", "\"\\u\u{FF10}061\"", "\"\\é\"",
        "\"\n\"", "\"\r\"", "\"\t\"", "\"\0\"", "\"\u{1F}\"", "\"a\u{1}b\"", "\"aaaaaaaaaaaa\u{1}\"", "[\"\\u\"]",
        // Lone surrogates: no Swift string can hold them.
        "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0061\"", "\"\\ud800\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud800x\"", "\"\\ud800\\n\"",
        "\"\\ud83d\\\"", "\"\\ud83d\\u\"", "\"\\ud83d\\ude0\"", "\"\\uDFAA\"", "\"\\ud83dude00\"",
    ]

    /// Byte sequences inside a string that are not UTF-8.
    static let illFormed: [[UInt8]] = [
        [0x80], [0xBF], [0xFF], [0xFE], [0xC0, 0x80], [0xC1, 0xBF], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
        [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
        [0xF5, 0x80, 0x80, 0x80], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xC2], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC2, 0x20],
        [0xE2, 0x82, 0x20], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x20, 0x80], [0xF0, 0x28, 0x8C, 0xBC], [0x61, 0x80], [0xE9],
    ]

    @Test(arguments: accepted) func accepts(text: String) throws {
        _ = try decode(JSONValue.self, text)
        // Skipping checks the same grammar.
        let inner = text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
        #expect(try decode(Triple.self, "{\"x\":\(inner),\"a\":1}") == Triple(1))
        #expect(try decode(Triple.self, "{\"a\":1,\"x\":\(inner)}") == Triple(1))
    }

    @Test(arguments: refused) func refuses(text: String) {
        let error = fault(JSONValue.self, text)
        #expect(error != nil)
        #expect((0...text.utf8.count).contains(error?.offset ?? -1))
        #expect(fault(Triple.self, text) != nil)
    }

    @Test(arguments: refused) func refusesToSkip(text: String) {
        // Some become a well-formed list of members, or of white space.
        let alone = "[\(text)]"
        if fault([JSONValue].self, alone) != nil {
            #expect(fault(Triple.self, "{\"x\":\(alone),\"a\":1}") != nil)
            #expect(fault(Triple.self, "{\"a\":1,\"x\":\(alone)}") != nil)
        }
    }

    @Test(arguments: illFormed) func refusesIllFormedUTF8(bytes: [UInt8]) {
        for padding in 0...9 {
            let start = [UInt8](repeating: UInt8(ascii: "a"), count: padding)
            for end in [[], start] {
                let text = [UInt8(ascii: "\"")] + start + bytes + end + [UInt8(ascii: "\"")]
                #expect(throws: JSONError.self) { try JSON.decode(String.self, from: text) }
                let member = Array("{\"x\":".utf8) + text + Array("}".utf8)
                #expect(throws: JSONError.self) { try JSON.decode(Triple.self, from: member) }
                let name = Array("{".utf8) + text + Array(":1}".utf8)
                #expect(throws: JSONError.self) { try JSON.decode([String: Int].self, from: name) }
            }
        }
        #expect(throws: JSONError.self) { try JSON.decode(JSONValue.self, from: bytes) }
    }

    @Test func otherEncodingsAreRefused() {
        for bytes in [[0x00, 0x31], [0x31, 0x00], [0xFF, 0xFE, 0x31, 0x00], [0xFE, 0xFF, 0x00, 0x31], [0xEF, 0xBB]] as [[UInt8]] {
            #expect(throws: JSONError.self) { try JSON.decode(JSONValue.self, from: bytes) }
        }
    }

    /// Foundation's reader is an oracle for all but what it is known to be lax about.
    @Test func everyPrefixOfATextIsRefused() throws {
        let text = Array(#"{"a":[1.5e-3,true,null,"é\u20ac\ud83d\ude00"],"bb":{"c":false,"d":-0}}"#.utf8)
        _ = try JSON.decode(JSONValue.self, from: text)
        for count in 0..<text.count {
            #expect(throws: JSONError.self) { try JSON.decode(JSONValue.self, from: Array(text[..<count])) }
            #expect(throws: JSONError.self) { try JSON.decode(Triple.self, from: Array(text[..<count])) }
            // A slice of a larger text: nothing past its end may be looked at.
            #expect(throws: JSONError.self) { try JSON.decode(JSONValue.self, from: text[..<count]) }
        }
    }

    @Test("depth", arguments: [("[", "]"), ("{\"next\":", "}")])
    func depth(opening: String, closing: String) throws {
        func nested(_ depth: Int, _ inner: String) -> String {
            String(repeating: opening, count: depth) + inner + String(repeating: closing, count: depth)
        }
        _ = try decode(JSONValue.self, nested(511, "[]"))
        _ = try decode(JSONValue.self, nested(512, "1"))
        _ = try decode(Triple.self, "{\"x\":\(nested(511, "1"))}")
        let error = fault(JSONValue.self, nested(512, "[]"))
        #expect(error?.message == "nested deeper than 512 levels")
        #expect(error?.offset == 512 * opening.utf8.count)
        #expect(fault(Triple.self, "{\"x\":\(nested(512, "1"))}") != nil)
        // Far deeper, and never closed.
        #expect(fault(JSONValue.self, String(repeating: opening, count: 200_000)) != nil)
        #expect(fault(Triple.self, "{\"x\":" + String(repeating: opening, count: 200_000)) != nil)
        #expect(fault(Match.self, String(repeating: opening, count: 200_000)) != nil)
        #expect(fault(Node.self, String(repeating: "{\"value\":1,\"next\":", count: 100_000)) != nil)
    }

    @Test func depthIsRestored() throws {
        let wide = "[" + Array(repeating: "[[]]", count: 2_000).joined(separator: ",") + "]"
        #expect(try decode([[[Int]]].self, wide).count == 2_000)
        let objects = "[" + Array(repeating: #"{"x":[{}],"a":1}"#, count: 2_000).joined(separator: ",") + "]"
        #expect(try decode([Triple].self, objects).count == 2_000)
        #expect(try decode([Match].self, objects).count == 2_000)
        #expect(try decode([Pet].self, objects).count == 2_000)
        #expect(try decode([[String: JSONValue]].self, objects).count == 2_000)
    }

    @Test func writingTooDeepFails() throws {
        var value: JSONValue = []
        for _ in 0..<511 { value = [value] }
        #expect(try encode(value).utf8.count == 1024)
        #expect(throws: JSONError.self) { try encode([value]) }
    }
}

@Suite("Arbitrary texts") struct ArbitraryTextTests {
    /// Any bytes whatever give a value or an error.
    @Test(arguments: 0..<8 as Range<UInt64>) func damagedTexts(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let source = Array((ObjectTests.text + #"[{"kind":"dog","name":"\u00e9\ud83d\ude00","owner":{"first":"x"}},-12.5e-3,["2024-02-29"]]"#).utf8)
        for _ in 0..<2_000 {
            var bytes = source
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: index)
                case 2: bytes.insert(Array("{}[]:,\"\\0-.e".utf8).randomElement(using: &random)!, at: index)
                default: bytes.removeSubrange(index...)
                }
                if bytes.isEmpty { bytes = [0x22] }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            for error in [fault(User.self, text), fault([Pet].self, text), fault(Match.self, text), fault(Node.self, text)].compactMap(\.self) {
                #expect(error.offset <= text.utf8.count)
                #expect(error.path.hasPrefix("$"))
            }
            let ours = try? JSON.decode(JSONValue.self, from: bytes)
            if let ours {
                #expect((try? JSON.decode(JSONValue.self, from: JSON.encode(ours))) == ours)
            }
        }
    }

    /// A value written by one reader and writer is the same to the other.
    @Test(arguments: 0..<8 as Range<UInt64>) func agreesWithFoundation(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<150 {
            let value = JSONValue.random(depth: 4, using: &random)
            let written = try JSON.encode(value)
            let read = try JSONDecoder().decode(JSONValue.self, from: written)
            #expect(read == value)
            let foundations = try JSONSerialization.data(
                withJSONObject: JSONSerialization.jsonObject(with: written, options: .fragmentsAllowed),
                options: [.fragmentsAllowed, .prettyPrinted])
            let back = try JSON.decode(JSONValue.self, from: foundations)
            #expect(back.isClose(to: value))
            #expect(try JSON.decode(JSONValue.self, from: written) == value)
            #expect(try JSON.bytes(of: value) == Array(written))
        }
    }
}

/// xorshift64*: the same sequence for the same seed, everywhere.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 0x1234_5678_9ABC_DEF1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

extension JSONValue {
    static func random(depth: Int, using random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .number(JSONNumber(Int64(truncatingIfNeeded: random.next() >> UInt64.random(in: 0..<64, using: &random))))
        case 3: return .number(JSONNumber(Double.random(in: -1e6...1e6, using: &random))!)
        case 4, 5: return .string(randomText(using: &random))
        case 6, 7:
            return .array((0..<Int.random(in: 0..<6, using: &random)).map { _ in .random(depth: depth - 1, using: &random) })
        default:
            var members: [String: JSONValue] = [:]
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                members[randomText(using: &random)] = .random(depth: depth - 1, using: &random)
            }
            return .object(members)
        }
    }

    private static func randomText(using random: inout SeededGenerator) -> String {
        let alphabet = Array("abcdefghij \"\\/\n\t\u{1}\u{1F}\u{7F}éß€日😀\u{FFFD}\u{2028}".unicodeScalars)
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<24, using: &random) { text.append(alphabet.randomElement(using: &random)!) }
        return String(text)
    }

    /// Equality that forgives JSONSerialization the way it prints a Double.
    func isClose(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.number(let left), .number(let right)):
            if left == right { return true }
            guard let left = left.double, let right = right.double else { return false }
            return abs(left - right) <= abs(right) * 1e-15
        case (.array(let left), .array(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.isClose(to: $1) }
        case (.object(let left), .object(let right)):
            return left.count == right.count && left.allSatisfy { right[$0]?.isClose(to: $1) == true }
        default:
            return self == other
        }
    }
}
