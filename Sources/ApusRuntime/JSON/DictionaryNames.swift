// A dictionary's keys are Swift strings, which are equal when Unicode takes
// them for equivalent. JSON's names are code points (RFC 8259, section 8.3).
extension ReaderState {
    /// The name of a member that goes into a dictionary; empty where it is refused, for a
    /// dictionary would take its time over it all the same.
    @inline(__always)
    mutating func memberName(_ token: StringToken) -> String {
        let name = text(of: token)
        if token.count > CombiningMarks.harmlessBytes, !token.isASCII || token.isEscaped, isRefused(name, token) { return "" }
        return name
    }

    @inline(never)
    private mutating func isRefused(_ name: String, _ token: StringToken) -> Bool {
        guard CombiningMarks.areTooMany(in: name) else { return false }
        fail("a member's name has more than \(CombiningMarks.limit) combining marks in a row", at: token.start - 1)
        return true
    }

    /// Takes note of two members of one object whose names a dictionary does not tell apart.
    ///
    /// The last of several with the same name counts. Names that are only
    /// equivalent are two, of which one would be lost.
    mutating func noteSame(_ name: String, as earlier: String) {
        if !ExactText.isEqual(name, earlier) {
            fail("two members' names are the same but for how their letters are composed", at: cursor)
        }
    }
}

/// Marks that combine with the letter before them. To compare texts, Swift sorts each
/// run of them, in time that grows with the square of its length.
enum CombiningMarks {
    /// More than any text has that means something: Unicode's Stream-Safe Text Format
    /// (Standard Annex 15, section 13) allows 30.
    static let limit = 64

    /// Names of so many bytes are never slow.
    static let harmlessBytes = 256

    static func areTooMany(in text: String) -> Bool {
        var count = 0
        for scalar in text.unicodeScalars {
            if scalar.value >= 0x300, scalar.properties.canonicalCombiningClass != .notReordered {
                count += 1
                if count > limit { return true }
            } else {
                count = 0
            }
        }
        return false
    }
}
