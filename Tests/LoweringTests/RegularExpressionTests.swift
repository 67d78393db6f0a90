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
}
