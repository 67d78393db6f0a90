/// File names for any text.
enum FileName {
    /// Less than any file system takes, with a prefix and an ending, in bytes.
    private static let longest = 160

    /// The text with everything but letters, digits, `-` and `_` left out.
    static func safe(_ text: String) -> String {
        let name = String(text.unicodeScalars.map { scalar -> Character in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-", "_": Character(scalar)
            default: scalar.properties.isAlphabetic ? Character(scalar) : "-"
            }
        })
        var trimmed = name.drop { $0 == "-" }.prefix(80)
        while trimmed.utf8.count > longest { trimmed.removeLast() }
        return trimmed.isEmpty ? "Other" : String(trimmed)
    }
}

/// A hash that is the same on every machine and in every run (FNV-1a).
enum StableHash {
    /// The number of the shard, from 1, that a name belongs to.
    static func shard(_ name: String, of count: Int) -> Int {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return Int(hash % UInt64(max(1, count))) + 1
    }
}
