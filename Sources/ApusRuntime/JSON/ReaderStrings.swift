/// A string token that has been checked.
struct StringToken {
    /// What is between the quotation marks.
    let start: UnsafePointer<UInt8>
    let count: Int
    let isEscaped: Bool

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}

extension ReaderState {
    /// Moves over the string at the cursor, checking escapes and UTF-8.
    ///
    /// - Returns: `nil` after a fault.
    mutating func scanString(_ expected: StaticString = "string") -> StringToken? {
        guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else {
            failUnexpected(expected)
            return nil
        }
        let start = cursor + 1
        var position = start
        var isEscaped = false
        while true {
            while end - position >= 8 {
                let special = EightBytes(at: position).firstSpecial
                position += special
                if special < 8 { break }
            }
            guard position < end else {
                fail(Expectation.endOfInput, at: end)
                return nil
            }
            let byte = position.pointee
            if byte == UInt8(ascii: "\"") {
                cursor = position + 1
                return StringToken(start: start, count: position - start, isEscaped: isEscaped)
            }
            let length: Int
            if byte == UInt8(ascii: "\\") {
                isEscaped = true
                length = escapeLength(at: position)
                if length == 0 { fail("invalid escape in a string", at: position) }
            } else if byte >= 0x80 {
                length = UTF8Sequence.length(at: position, end: end)
                if length == 0 { fail("invalid UTF-8 in a string", at: position) }
            } else if byte < 0x20 {
                length = 0
                fail("control character in a string", at: position)
            } else {
                length = 1
            }
            if length == 0 { return nil }
            position += length
        }
    }

    /// The string at the cursor.
    mutating func readString(_ expected: StaticString = "string") -> String {
        guard let token = scanString(expected) else { return "" }
        return text(of: token)
    }

    mutating func text(of token: StringToken) -> String {
        String(decoding: content(of: token), as: UTF8.self)
    }

    /// The bytes a token stands for, valid until the next call.
    mutating func content(of token: StringToken) -> UnsafeBufferPointer<UInt8> {
        token.isEscaped ? scratch.unescape(token.bytes) : token.bytes
    }

    /// The length of the escape at a backslash; 0 if it is not one.
    private func escapeLength(at position: UnsafePointer<UInt8>) -> Int {
        guard end - position >= 2 else { return 0 }
        switch position[1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            return 2
        case UInt8(ascii: "u"):
            guard end - position >= 6, let unit = Hexadecimal.unit(at: position + 2) else { return 0 }
            guard unit & 0xF800 == 0xD800 else { return 6 }
            guard unit < 0xDC00, end - position >= 12,
                position[6] == UInt8(ascii: "\\"), position[7] == UInt8(ascii: "u"),
                let second = Hexadecimal.unit(at: position + 8), second & 0xFC00 == 0xDC00
            else { return 0 }
            return 12
        default:
            return 0
        }
    }
}

/// Eight bytes of text looked at together.
struct EightBytes {
    private let word: UInt64
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    @inline(__always)
    init(at position: UnsafePointer<UInt8>) {
        word = UInt64(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt64.self))
    }

    /// - Parameter word: Bytes in any order; then only whether there is a mark counts, not where.
    @inline(__always)
    init(_ word: UInt64) {
        self.word = word
    }

    /// The index of the first byte that ends a run of plain ASCII: a quotation
    /// mark, a backslash, a control character or a byte above 0x7F; 8 if there is none.
    var firstSpecial: Int {
        @inline(__always) get {
            // Each term is the usual "is there a byte less than n" test: the
            // lowest bit it sets is exact, which is all that is used.
            let marks = quotesAndControls | (word & Self.highBits)
            return marks == 0 ? 8 : marks.trailingZeroBitCount &>> 3
        }
    }

    /// As ``firstSpecial``, but bytes above 0x7F are plain.
    var firstToEscape: Int {
        @inline(__always) get {
            let marks = quotesAndControls
            return marks == 0 ? 8 : marks.trailingZeroBitCount &>> 3
        }
    }

    private var quotesAndControls: UInt64 {
        @inline(__always) get {
            let quotes = word ^ (Self.ones &* 0x22)
            let backslashes = word ^ (Self.ones &* 0x5C)
            let found = ((quotes &- Self.ones) & ~quotes)
                | ((backslashes &- Self.ones) & ~backslashes)
                | ((word &- Self.ones &* 0x20) & ~word)
            return found & Self.highBits
        }
    }
}

/// Well-formed UTF-8 (Unicode 15, table 3-7).
enum UTF8Sequence {
    /// The length of the sequence that starts with a byte above 0x7F; 0 if it is ill-formed.
    static func length(at position: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Int {
        let available = end - position
        func isContinuation(_ index: Int) -> Bool { position[index] & 0xC0 == 0x80 }
        switch position.pointee {
        case 0xC2...0xDF:
            return available >= 2 && isContinuation(1) ? 2 : 0
        case 0xE0...0xEF:
            guard available >= 3, isContinuation(1), isContinuation(2) else { return 0 }
            if position[0] == 0xE0, position[1] < 0xA0 { return 0 }
            if position[0] == 0xED, position[1] > 0x9F { return 0 }
            return 3
        case 0xF0...0xF4:
            guard available >= 4, isContinuation(1), isContinuation(2), isContinuation(3) else { return 0 }
            if position[0] == 0xF0, position[1] < 0x90 { return 0 }
            if position[0] == 0xF4, position[1] > 0x8F { return 0 }
            return 4
        default:
            return 0
        }
    }
}

enum Hexadecimal {
    /// The value of four hexadecimal digits.
    static func unit(at position: UnsafePointer<UInt8>) -> UInt16? {
        var value: UInt16 = 0
        for index in 0..<4 {
            guard let digit = digit(position[index]) else { return nil }
            value = value &<< 4 | UInt16(digit)
        }
        return value
    }

    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- UInt8(ascii: "a") &+ 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- UInt8(ascii: "A") &+ 10
        default: nil
        }
    }
}
