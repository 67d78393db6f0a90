/// A string token that has been checked.
struct StringToken {
    /// What is between the quotation marks.
    let start: UnsafePointer<UInt8>
    let count: Int
    let isEscaped: Bool
    /// Whether the text between the quotation marks is ASCII; an escape may
    /// stand for something else.
    let isASCII: Bool

    var bytes: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: start, count: count) }
}

extension ReaderState {
    /// Moves over the string at the cursor, checking escapes and UTF-8.
    ///
    /// - Returns: `nil` after a fault.
    mutating func scanString(_ expected: StaticString = "string") -> StringToken? {
        guard let start = startOfString(expected) else { return nil }
        var position = start
        var isASCII = true
        var isEscaped = false
        while passPlain(&position, &isASCII) {
            if position.pointee == UInt8(ascii: "\"") {
                cursor = position + 1
                return StringToken(start: start, count: position - start, isEscaped: isEscaped, isASCII: isASCII)
            }
            guard let length = escapeLength(at: position) else { return nil }
            isEscaped = true
            position += length
        }
        return nil
    }

    /// The string at the cursor.
    mutating func readString(_ expected: StaticString = "string") -> String {
        guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else { return readUnquoted(expected) }
        let start = cursor + 1
        var position = start
        var isASCII = true
        guard passPlain(&position, &isASCII) else { return "" }
        guard position.pointee == UInt8(ascii: "\"") else { return readEscaped(start, position) }
        cursor = position + 1
        return String(checked: UnsafeBufferPointer(start: start, count: position - start), isASCII: isASCII)
    }

    @inline(never)
    private mutating func readUnquoted(_ expected: StaticString) -> String {
        if isTolerant, let text = readTextOfScalar(expected) { return text }
        failUnexpected(expected)
        return ""
    }

    /// The string that starts at `start` and has its first escape at `escape`.
    @inline(never)
    private mutating func readEscaped(_ start: UnsafePointer<UInt8>, _ escape: UnsafePointer<UInt8>) -> String {
        scratch.clear()
        var run = start
        var position = escape
        var isASCII = true
        repeat {
            scratch.append(run, upTo: position)
            if position.pointee == UInt8(ascii: "\"") {
                cursor = position + 1
                return String(checked: scratch.content, isASCII: false)
            }
            guard let length = escapeLength(at: position) else { return "" }
            scratch.append(escape: position)
            position += length
            run = position
        } while passPlain(&position, &isASCII)
        return ""
    }

    mutating func text(of token: StringToken) -> String {
        let isASCII = token.isASCII && !token.isEscaped
        return String(checked: content(of: token), isASCII: isASCII)
    }

    /// The bytes a token stands for, valid until the next call.
    mutating func content(of token: StringToken) -> UnsafeBufferPointer<UInt8> {
        token.isEscaped ? scratch.unescape(token.bytes) : token.bytes
    }

    @inline(__always)
    private mutating func startOfString(_ expected: StaticString) -> UnsafePointer<UInt8>? {
        guard cursor < end, cursor.pointee == UInt8(ascii: "\"") else {
            failUnexpected(expected)
            return nil
        }
        return cursor + 1
    }

    /// Moves to the next quotation mark or backslash, checking what is before it.
    ///
    /// - Parameter isASCII: Becomes `false` where that is not all ASCII.
    /// - Returns: `false` after a fault.
    @inline(__always)
    private mutating func passPlain(_ position: inout UnsafePointer<UInt8>, _ isASCII: inout Bool) -> Bool {
        while true {
            while end - position >= 16 {
                let first = EightBytes(at: position).specials
                let second = EightBytes(at: position + 8).specials
                if first | second == 0 {
                    position += 16
                    continue
                }
                position += first != 0 ? first.trailingZeroBitCount &>> 3 : 8 &+ second.trailingZeroBitCount &>> 3
                break
            }
            guard position < end else {
                fail(Expectation.endOfInput, at: end)
                return false
            }
            let byte = position.pointee
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
            if byte >= 0x80 {
                isASCII = false
                let length = UTF8Sequence.lengthOfRun(at: position, end: end)
                if length == 0 {
                    fail("invalid UTF-8 in a string", at: position)
                    return false
                }
                position += length
            } else if byte < 0x20 {
                fail("control character in a string", at: position)
                return false
            } else {
                position += 1
            }
        }
    }

    /// The length of the escape at a backslash; `nil` after a fault.
    @inline(__always)
    private mutating func escapeLength(at position: UnsafePointer<UInt8>) -> Int? {
        if end - position >= 2 {
            switch position[1] {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
                UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
                return 2
            case UInt8(ascii: "u"):
                if let length = unicodeEscapeLength(at: position) { return length }
            default:
                break
            }
        }
        fail("invalid escape in a string", at: position)
        return nil
    }

    private func unicodeEscapeLength(at position: UnsafePointer<UInt8>) -> Int? {
        guard end - position >= 6, let unit = Hexadecimal.unit(at: position + 2) else { return nil }
        guard unit & 0xF800 == 0xD800 else { return 6 }
        guard unit < 0xDC00, end - position >= 12,
            position[6] == UInt8(ascii: "\\"), position[7] == UInt8(ascii: "u"),
            let second = Hexadecimal.unit(at: position + 8), second & 0xFC00 == 0xDC00
        else { return nil }
        return 12
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

    /// Marks the bytes that end a run of plain ASCII: quotation marks,
    /// backslashes, control characters and bytes above 0x7F. Only the lowest
    /// mark is exact.
    var specials: UInt64 {
        @inline(__always) get {
            // Each term is the usual "is there a byte less than n" test. It
            // needs no care for bytes above 0x7F, which are marked anyway.
            let quotes = (word ^ (Self.ones &* 0x22)) &- Self.ones
            let backslashes = (word ^ (Self.ones &* 0x5C)) &- Self.ones
            let controls = word &- Self.ones &* 0x20
            return (quotes | backslashes | controls | word) & Self.highBits
        }
    }

    /// The index of the first quotation mark, backslash or control character;
    /// 8 if there is none.
    var firstToEscape: Int {
        @inline(__always) get {
            let marks = quotesAndControls
            return marks == 0 ? 8 : marks.trailingZeroBitCount &>> 3
        }
    }

    /// Whether there is no quotation mark, backslash or control character.
    var hasNoneToEscape: Bool {
        @inline(__always) get { quotesAndControls == 0 }
    }

    /// The number that eight digits are, the first one the most significant;
    /// `nil` if not all of them are digits.
    var number: UInt64? {
        @inline(__always) get {
            let digits = word ^ (Self.ones &* 0x30)
            // A digit has no bit above the fourth, also with 6 added to it.
            guard (digits | (digits &+ Self.ones &* 6)) & (Self.ones &* 0xF0) == 0 else { return nil }
            // Neighbors are put together three times: to pairs, to fours, to all.
            let pairs = (digits &* 10 &+ digits &>> 8) & 0x00FF_00FF_00FF_00FF
            let fours = (pairs &* 100 &+ pairs &>> 16) & 0x0000_FFFF_0000_FFFF
            return (fours &* 10_000 &+ fours &>> 32) & 0xFFFF_FFFF
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

extension String {
    /// - Parameter text: Well-formed UTF-8, which is not looked at again where the
    ///   standard library allows that.
    @inline(__always)
    init(checked text: UnsafeBufferPointer<UInt8>, isASCII: Bool) {
        if #available(macOS 26, iOS 26, tvOS 26, watchOS 26, visionOS 26, *) {
            self.init(copying: UTF8Span(unchecked: Span(_unsafeElements: text), isKnownASCII: isASCII))
        } else {
            self.init(decoding: text, as: UTF8.self)
        }
    }
}

/// Well-formed UTF-8 (Unicode 15, table 3-7).
enum UTF8Sequence {
    /// The length of sequences that follow each other, up to the next ASCII
    /// byte; 0 if the first one is ill-formed.
    @inline(__always)
    static func lengthOfRun(at start: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> Int {
        var position = start
        while position < end, position.pointee >= 0x80 {
            if end - position >= 4 {
                // What most letters are: two bytes, or three that are neither
                // an overlong form nor a surrogate.
                let word = UInt32(littleEndian: UnsafeRawPointer(position).loadUnaligned(as: UInt32.self))
                if word & 0xC0E0 == 0x80C0, word & 0x1E != 0 {
                    position += 2
                    continue
                }
                if word & 0xC0_C0F0 == 0x80_80E0 {
                    let upper = (word & 0x0F) &<< 6 | (word &>> 8 & 0x3F)
                    if upper >= 0x20, upper &>> 5 != 0xD800 &>> 11 {
                        position += 3
                        continue
                    }
                }
            }
            let length = length(at: position, end: end)
            if length == 0 { break }
            position += length
        }
        return position - start
    }

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
