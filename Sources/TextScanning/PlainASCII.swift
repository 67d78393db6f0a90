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
        var text = text
        return text.withUTF8 { bytes in part.withUTF8Buffer { isPart($0, of: bytes) } }
    }

    /// Whether a text has such a word, in ASCII's letters of either case.
    public static func hasWord(_ word: StaticString, in text: String) -> Bool {
        func isLetter(_ byte: UInt8) -> Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || byte >= 0x80 }
        var text = text
        return text.withUTF8 { bytes in
            word.withUTF8Buffer { word in
                var start = 0
                while start + word.count <= bytes.count {
                    let end = start + word.count
                    if bytes[start] | 0x20 == word[0], zip(bytes[start..<end], word).allSatisfy({ $0 | 0x20 == $1 }),
                        start == 0 || !isLetter(bytes[start - 1]), end == bytes.count || !isLetter(bytes[end])
                    {
                        return true
                    }
                    start += 1
                }
                return false
            }
        }
    }

    private static func isPart(_ part: UnsafeBufferPointer<UInt8>, of bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var start = 0
        while start + part.count <= bytes.count {
            if bytes[start] == part[0], zip(bytes[start...], part).allSatisfy({ $0 == $1 }) { return true }
            start += 1
        }
        return false
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
