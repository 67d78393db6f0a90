/// Looks into Swift source text.
public enum SwiftWords {
    /// Whether one of `names` occurs outside of comments and strings, as a whole word.
    public static func names(in text: [UInt8], contain names: Set<[UInt8]>) -> Bool {
        let longest = names.map(\.count).max() ?? 0
        let initials = Set(names.compactMap(\.first))
        return text.withUnsafeBufferPointer { text in
            var position = 0
            while position < text.count {
                let byte = text[position]
                if byte == UInt8(ascii: "/"), position + 1 < text.count, text[position + 1] == byte {
                    while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
                } else if byte == UInt8(ascii: "\"") {
                    position = end(ofStringAt: position, in: text)
                } else if isWordByte(byte) {
                    let start = position
                    while position < text.count, isWordByte(text[position]) { position += 1 }
                    if position - start <= longest, initials.contains(byte), names.contains(Array(text[start..<position])) {
                        return true
                    }
                } else {
                    position += 1
                }
            }
            return false
        }
    }

    private static func end(ofStringAt start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
        var position = start + 1
        while position < text.count, text[position] != UInt8(ascii: "\""), text[position] != UInt8(ascii: "\n") {
            position += text[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return position + 1
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
            true
        default:
            false
        }
    }
}
