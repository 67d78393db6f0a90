import ApusRuntime
import Foundation
import Testing

@testable import ApusOAuth

/// What a server writes may hold what it was sent.
@Suite struct RedactionTests {
    private let secret = "R1/geheim+"

    private func clean(_ text: String) -> String {
        Redaction([Secret(secret), Secret("e")]).clean(text)
    }

    @Test("Secrets are found however they are written", arguments: [
        "R1/geheim+", "r1/GEHEIM+", "R1%2Fgeheim%2B", "R1%2fgeheim%2b", "UjEvZ2VoZWltKw==", "R1/\u{7}geheim+", "R1/ge\u{9B}heim+",
        "R1/geheim+\u{301}", "R1\u{200D}/geheim+", "R1/\u{202E}geheim+", "R1/geheim+R1/geheim+",
    ])
    func found(text: String) {
        let cleaned = clean("unknown token \(text), sorry")
        // Bytes, as a combining mark after it is one Character with its end.
        #expect(Data(cleaned.utf8).range(of: Data("<redacted>".utf8)) != nil)
        #expect(!cleaned.lowercased().contains("geheim"))
        #expect(!cleaned.contains("UjEv"))
        #expect(cleaned.hasPrefix("unknown token "))
    }

    @Test("A secret with characters that are not shown is found without them", arguments: ["pass\u{200D}word", "pass\nword", "\u{FEFF}password"])
    func invisibleInSecret(secret: String) {
        #expect(Redaction([Secret(secret)]).clean("wrong: \(secret), password") == "wrong: <redacted>, <redacted>")
    }

    @Test("Nothing that is left moves a terminal's cursor or turns its text around")
    func invisible() {
        let cleaned = clean("\u{1B}[2J\u{9B}31m\u{202E}\u{2066}\u{2028}\r\n\u{7F}end")
        #expect(cleaned.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.isASCII })
        #expect(cleaned.hasSuffix("end"))
    }

    @Test("A short secret is left, as its absence would tell it")
    func short() {
        #expect(clean("one letter") == "one letter")
        #expect(clean(String(repeating: "x", count: 1_000)).count == 500)
    }
}
