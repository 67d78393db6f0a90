import Foundation
import Testing

@testable import Lowering

@Suite("Regular expressions of ECMA-262 in the syntax of the runtime's library")
struct RegularExpressionTests {
    @Test("They match what they matched", arguments: [
        (#"^\d+$"#, "12", true), (#"^\d+$"#, "12\n", false), (#"^\d+$"#, "١٢", false), (#"^\w+$"#, "a_1", true),
        (#"^\w+$"#, "ä", false), (#"^[\w.-]+$"#, "a.b-c", true), (#"^[\w-.]+$"#, "a.b-c", true), (#"^[\d-x]+$"#, "1-x", true),
        (#"^[^\d]$"#, "x", true), (#"^\D$"#, "x", true), (#"^\W$"#, "-", true), (#"^[[]$"#, "[", true), (#"^[a&&b]+$"#, "a&b", true),
        (#"^a{2}$"#, "aa", true), (#"^a{,2}$"#, "a{,2}", true), (#"^{}$"#, "{}", true), (#"^a{1,}$"#, "aaa", true),
        (#"^\/x$"#, "/x", true), (#"^\u{1F600}$"#, "😀", true), (#"^é$"#, "é", true), (#"^[^]$"#, "\n", true),
        (#"[]"#, "a", false), (#"^(?<year>\d{4})-\k<year>$"#, "2024-2024", true), (#"^(?!x)a$"#, "a", true), (#"^\p{L}+$"#, "äß", true),
        (#"^[\b]$"#, "\u{8}", true), (#"a]"#, "a]", true), (#"^\$[$]$"#, "$$", true),
    ])
    func matching(pattern: String, text: String, matches: Bool) throws {
        let translated = try #require(RegularExpression.translated(pattern))
        let expression = try NSRegularExpression(pattern: translated)
        let range = NSRange(location: 0, length: text.utf16.count)
        #expect((expression.firstMatch(in: text, range: range) != nil) == matches, "\(translated)")
    }

    @Test("What is none has no translation", arguments: ["(", "a**", "[z-a]", "(?<a"])
    func invalid(pattern: String) {
        #expect(RegularExpression.translated(pattern) == nil)
    }

    /// What stands in the patterns made up.
    private static let pieces = [
        "a", "0", "-", "^", "$", ".", "|", "(", ")", "(?:", "(?=", "(?!", "(?<=", "(?<!", "(?<n>", "(?<m>", "[", "]", "[^", "{", "}", "{2}", "{2,}",
        "{2,3}", "{3,2}", ",", "*", "+", "?", "\\d", "\\D", "\\w", "\\W", "\\s", "\\b", "\\B", "\\1", "\\2", "\\k<n>", "\\x41", "\\x4",
        "\\u0041", "\\u{1F600}", "\\u{}", "\\cA", "\\c1", "\\p{L}", "\\P{Lu}", "\\p{Script=Greek}", "\\p{Nothing}", "\\/", "\\.", "\\-", "\\\\",
        "\\0", "\\n", "\\t", "z-a", "a-z", "&&", "--", "#", " ", "é",
    ]

    @Test("Of patterns made up, none is taken that the runtime's library refuses, and few are refused that it takes")
    func random() {
        var state: UInt64 = 7
        func random(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(bound))
        }
        var (taken, refused) = (0, 0)
        for _ in 0..<20_000 {
            let pattern = (0...random(7)).map { _ in Self.pieces[random(Self.pieces.count)] }.joined()
            let translated = RegularExpression.translation(of: pattern)
            let isValid = (try? NSRegularExpression(pattern: translated)) != nil
            if PatternSyntax.isValid(translated) {
                #expect(isValid, "\(pattern) as \(translated)")
                taken += 1
            } else if isValid {
                refused += 1
            }
        }
        #expect(taken > 3_000)
        #expect(refused * 50 < taken, "\(refused) are refused, and \(taken) taken")
    }

    @Test("Names of Unicode's properties are those that the runtime's library knows")
    func properties() {
        for name in UnicodeProperties.all {
            #expect((try? NSRegularExpression(pattern: "\\p{\(name)}")) != nil, "\(name)")
        }
    }
}
