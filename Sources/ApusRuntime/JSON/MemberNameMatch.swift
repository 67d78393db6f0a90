/// Comparison of a property's name with the text of a member's name.
enum MemberNameMatch {
    /// Whether the text between the quotation marks is `name`, written without escapes.
    ///
    /// - Parameters:
    ///   - text: At least `count` bytes.
    ///   - count: At least 1.
    /// - Returns: `false` also where the bytes are equal but would need
    ///   escapes: then the text means something else, or is malformed.
    @inline(__always)
    static func isPlain(_ text: UnsafePointer<UInt8>, _ name: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        if count >= 8 {
            var offset = 0
            while offset < count - 8 {
                let word = load(text + offset, as: UInt64.self)
                if word != load(name + offset, as: UInt64.self) || needsEscape(word) { return false }
                offset &+= 8
            }
            let last = load(text + (count - 8), as: UInt64.self)
            return last == load(name + (count - 8), as: UInt64.self) && !needsEscape(last)
        }
        let word = shortWord(text, count)
        return word == shortWord(name, count) && !needsEscape(word)
    }

    /// One to seven bytes as a word, filled up with bytes that need no escape.
    @inline(__always)
    private static func shortWord(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> UInt64 {
        if count >= 4 {
            return UInt64(load(bytes, as: UInt32.self)) | UInt64(load(bytes + (count - 4), as: UInt32.self)) &<< 32
        }
        let first = UInt64(bytes[0])
        let middle = UInt64(bytes[count &>> 1])
        let last = UInt64(bytes[count - 1])
        return 0x2020_2020_2000_0000 | first | middle &<< 8 | last &<< 16
    }

    @inline(__always)
    private static func load<T: FixedWidthInteger & BitwiseCopyable>(_ bytes: UnsafePointer<UInt8>, as type: T.Type) -> T {
        UnsafeRawPointer(bytes).loadUnaligned(as: type)
    }

    /// Whether a byte is a quotation mark, a backslash or a control character.
    @inline(__always)
    private static func needsEscape(_ word: UInt64) -> Bool {
        EightBytes(word).firstToEscape < 8
    }
}

/// A small set of names that may hold others too: what it lacks was never inserted.
struct NameFilter {
    private var bits: UInt64 = 0

    @inline(__always)
    mutating func insert(_ name: UnsafeBufferPointer<UInt8>) {
        bits |= Self.bit(name)
    }

    @inline(__always)
    func mayContain(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        bits & Self.bit(name) != 0
    }

    @inline(__always)
    private static func bit(_ name: UnsafeBufferPointer<UInt8>) -> UInt64 {
        guard let first = name.first, let last = name.last else { return 1 }
        let mixed = UInt64(first) &* 7 &+ UInt64(last) &* 31 &+ UInt64(truncatingIfNeeded: name.count) &* 3
        return 1 &<< (mixed & 63)
    }
}
