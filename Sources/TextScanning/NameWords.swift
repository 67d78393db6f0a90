/// The words of a name in lower case, for questions about what it has in common with others.
public enum NameWords {
    /// Of `nextPageToken` and `next_page_token` the same three. What is not ASCII is part of a word.
    public static func split(_ name: String) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        var wasLower = false
        for byte in name.utf8 {
            let isUpper = isUpper(byte)
            let isWord = isUpper || isLowerOrDigit(byte) || byte >= 0x80
            if !isWord || isUpper && wasLower {
                if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
                word.removeAll(keepingCapacity: true)
            }
            if isWord { word.append(isUpper ? byte | 0x20 : byte) }
            wasLower = isLowerOrDigit(byte)
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    private static func isUpper(_ byte: UInt8) -> Bool { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }

    private static func isLowerOrDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }
}
