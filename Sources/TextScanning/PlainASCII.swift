/// Looks at texts as most are: ASCII without control characters.
public enum PlainASCII {
    /// Whether there is nothing in a text but printable ASCII and ends of lines.
    public static func isPrintable(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F || $0 == UInt8(ascii: "\n") }
    }

    /// The letter a text begins with, in lower case; nil if that is none of ASCII's.
    public static func firstLetter(_ text: String) -> UInt8? {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first | 0x20) else { return nil }
        return first | 0x20
    }

    /// Whether an ASCII character is in a text.
    public static func contains(_ character: UInt8, _ text: String) -> Bool {
        text.utf8.contains(character)
    }

    /// Whether a text of ASCII is in another.
    public static func contains(_ part: StaticString, in text: String) -> Bool {
        contains(part, in: text, ignoring: 0) { _, _ in true }
    }

    /// Whether a text has such a word, in ASCII's letters of either case.
    public static func hasWord(_ word: StaticString, in text: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte >= 0x80 }
        return contains(word, in: text, ignoring: 0x20) { bytes, place in
            (place.lowerBound == 0 || !isLetter(bytes[place.lowerBound - 1]))
                && (place.upperBound == bytes.count || !isLetter(bytes[place.upperBound]))
        }
    }

    /// - Parameters:
    ///   - bit: The bit that `part` has in every byte, and the text may have there.
    ///   - isMeant: Whether a place where it stands counts.
    private static func contains(
        _ part: StaticString, in text: String, ignoring bit: UInt8, where isMeant: (UnsafeBufferPointer<UInt8>, Range<Int>) -> Bool
    ) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            part.withUTF8Buffer { part in
                var start = 0
                while start + part.count <= bytes.count {
                    let place = start..<start + part.count
                    if bytes[start] | bit == part[0], zip(bytes[place], part).allSatisfy({ $0 | bit == $1 }), isMeant(bytes, place) { return true }
                    start += 1
                }
                return false
            }
        }
    }

    /// Whether there is nothing in a text but printable ASCII.
    public static func isPrintableLine(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    }

    /// Whether a text is words on one line: not longer than `width`, and with
    /// nothing to wrap, drop or close as Markdown or HTML.
    public static func isOneLine(_ text: String, width: Int) -> Bool {
        guard text.utf8.count <= width else { return false }
        var previous = UInt8(ascii: " ")
        for byte in text.utf8 {
            guard byte >= 0x20, byte < 0x7F, byte != UInt8(ascii: " ") || previous != byte else { return false }
            switch byte {
            case UInt8(ascii: "`"), UInt8(ascii: "~"), UInt8(ascii: "<"), UInt8(ascii: "&"): return false
            default: break
            }
            previous = byte
        }
        return previous != UInt8(ascii: " ")
    }

    /// Whether a text can stand between quotation marks in Swift as it is.
    public static func needsNoEscape(_ text: String) -> Bool {
        text.utf8.allSatisfy { byte in
            (0x20...0x7E).contains(byte) && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
        }
    }

    /// The words of a paragraph on lines of at most `width` bytes; a longer
    /// word has a line of its own.
    ///
    /// - Parameter lead: How many characters stand before the first line.
    public static func wrap(_ paragraph: [Substring], width: Int, after lead: Int) -> [String] {
        var result: [String] = []
        var line: [UInt8] = []
        for var text in paragraph {
            text.withUTF8 { bytes in
                for word in bytes.split(separator: UInt8(ascii: " ")) {
                    if !line.isEmpty, line.count + 1 + word.count > width - (result.isEmpty ? lead : 0) {
                        result.append(String(decoding: line, as: UTF8.self))
                        line.removeAll(keepingCapacity: true)
                    }
                    if !line.isEmpty { line.append(UInt8(ascii: " ")) }
                    line += word
                }
            }
        }
        if !line.isEmpty { result.append(String(decoding: line, as: UTF8.self)) }
        return result
    }
}
