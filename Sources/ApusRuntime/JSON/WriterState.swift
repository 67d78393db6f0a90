import Foundation

/// What all writers of one JSON text share: the bytes so far and the first fault.
@usableFromInline
struct WriterState: ~Copyable {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    @usableFromInline private(set) var count = 0
    @usableFromInline var remainingDepth = JSON.maximumDepth
    private var stack = StackGuard()
    private(set) var failure: ReadingFailure?
    /// Whether members that only the server sets are left out.
    let omitsReadOnly: Bool

    init(omitsReadOnly: Bool = false) {
        self.omitsReadOnly = omitsReadOnly
        capacity = 512
        memory = Self.allocated(malloc(capacity))
    }

    deinit { free(memory) }

    /// Frees what has been handed over.
    static func release(_ bytes: UnsafeMutableRawBufferPointer) {
        free(bytes.baseAddress)
    }

    /// The C library's memory, which it can make larger without copying it.
    private static func allocated(_ memory: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<UInt8> {
        guard let memory else { fatalError("out of memory") }
        return memory.assumingMemoryBound(to: UInt8.self)
    }

    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

    /// Hands the bytes over, for the caller to `free`, and starts afresh.
    mutating func takeBytes() -> UnsafeMutableRawBufferPointer {
        defer {
            memory = Self.allocated(malloc(1))
            capacity = 0
            count = 0
        }
        return UnsafeMutableRawBufferPointer(start: memory, count: count)
    }

    /// Records a fault at the end of what is written, unless there is one already.
    @inline(never)
    mutating func fail(_ message: String) {
        if failure == nil { failure = ReadingFailure(offset: count, message: message) }
    }

    /// Records a fault, unless there is one already.
    mutating func fail(_ found: ReadingFailure) {
        if failure == nil { failure = found }
    }

    /// Counts one more level of nesting.
    ///
    /// - Parameter size: The bytes of the value that is written there.
    @inline(__always)
    mutating func enterLevel(for size: Int) {
        remainingDepth -= 1
        if remainingDepth < 0 {
            fail(Expectation.depth)
        } else if !stack.hasRoom(for: size) {
            fail(Expectation.stack)
            // Nothing more is written, at any level.
            remainingDepth = .min / 2
        }
    }

    /// What is written from `opening` on as the text of a whole object, whose
    /// end is still to come.
    mutating func withClosedObject<Result>(
        from opening: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result
    ) -> Result {
        let before = count
        close(UInt8(ascii: "}"), openedAt: opening + 1)
        let result = body(UnsafeBufferPointer(start: memory + opening, count: count - opening))
        // The comma is the next member's, and `close(_:openedAt:)` will want it.
        if count == before { memory[count &- 1] = UInt8(ascii: ",") }
        count = before
        return result
    }

    // MARK: Bytes

    @inline(__always)
    mutating func reserve(_ additional: Int) {
        if capacity - count < additional { grow(by: additional) }
    }

    @inline(never)
    private mutating func grow(by additional: Int) {
        capacity = max(capacity * 2, count + additional)
        memory = Self.allocated(realloc(memory, capacity))
    }

    @inline(__always)
    mutating func append(_ byte: UInt8) {
        reserve(1)
        memory[count] = byte
        count &+= 1
    }

    @inline(__always)
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress else { return }
        reserve(bytes.count)
        (memory + count).update(from: base, count: bytes.count)
        count &+= bytes.count
    }

    mutating func append(_ text: StaticString) {
        text.withUTF8Buffer { append($0) }
    }

    /// Appends text that needs no escapes.
    mutating func appendPlain(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Appends what `body` puts at the place it is given.
    ///
    /// - Parameter limit: The most bytes that `body` may put there; it returns how many it did.
    @inline(__always)
    mutating func append(atMost limit: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        reserve(limit)
        count &+= body(memory + count)
    }

    /// Ends a container: the comma after its last member makes room for `closing`.
    @inline(__always)
    mutating func close(_ closing: UInt8, openedAt start: Int) {
        if count > start {
            memory[count &- 1] = closing
        } else {
            append(closing)
        }
    }

    // MARK: Values

    /// Writes a member's name, unless nothing more is written.
    @usableFromInline
    @inline(__always)
    mutating func beginMember(_ name: StaticString) -> Bool {
        if remainingDepth < 0 { return false }
        if !appendShort(name) {
            name.withUTF8Buffer { append(quoted: $0) }
            append(UInt8(ascii: ":"))
        }
        return true
    }

    /// Appends a name that needs no escapes, with its colon, as nearly all are: of 1 to 16 bytes.
    @inline(__always)
    private mutating func appendShort(_ name: StaticString) -> Bool {
        let length = name.utf8CodeUnitCount
        guard name.hasPointerRepresentation, length > 0, length <= 16 else { return false }
        reserve(24)
        let target = memory + count
        guard Self.copyShort(name.utf8Start, length, to: target + 1) else { return false }
        target.pointee = UInt8(ascii: "\"")
        target[length &+ 1] = UInt8(ascii: "\"")
        target[length &+ 2] = UInt8(ascii: ":")
        count &+= length &+ 3
        return true
    }

    /// Copies 1 to 16 bytes, unless one of them is to be escaped. Writes up to seven more.
    @inline(__always)
    private static func copyShort(_ source: UnsafePointer<UInt8>, _ length: Int, to target: UnsafeMutablePointer<UInt8>) -> Bool {
        if length >= 8 {
            let last = length &- 8
            guard EightBytes(at: source).hasNoneToEscape, EightBytes(at: source + last).hasNoneToEscape else { return false }
            copyEight(from: source, to: target)
            copyEight(from: source + last, to: target + last)
        } else {
            let word = word(source, length, hasEightBefore: false)
            guard EightBytes(word | .max &<< UInt64(8 &* length)).hasNoneToEscape else { return false }
            UnsafeMutableRawPointer(target).storeBytes(of: word.littleEndian, as: UInt64.self)
        }
        return true
    }

    @usableFromInline
    mutating func beginMember(_ name: String) -> Bool {
        if remainingDepth < 0 { return false }
        append(quoted: name)
        append(UInt8(ascii: ":"))
        return true
    }

    /// Ends a member or an element.
    @usableFromInline
    mutating func endValue() {
        append(UInt8(ascii: ","))
    }

    @inline(__always)
    mutating func append(quoted text: String) {
        // Nearly all texts are bytes in one place already, and need no copy that can be changed.
        let isWritten: Void? = text.utf8.withContiguousStorageIfAvailable { append(quoted: $0) }
        if isWritten != nil { return }
        var text = text
        text.withUTF8 { append(quoted: $0) }
    }

    /// Appends a string with its quotation marks.
    mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
        let length = text.count
        // The copying below writes up to seven bytes past the end of the text.
        reserve(length &+ 16)
        var target = memory + count
        target.pointee = UInt8(ascii: "\"")
        target += 1
        guard var source = text.baseAddress else {
            target.pointee = UInt8(ascii: "\"")
            count &+= 2
            return
        }
        if length <= 16, length > 0, Self.copyShort(source, length, to: target) {
            target[length] = UInt8(ascii: "\"")
            count &+= length &+ 2
            return
        }
        let end = source + length
        while end - source >= 8 {
            if end - source >= 16, EightBytes(at: source).hasNoneToEscape, EightBytes(at: source + 8).hasNoneToEscape {
                Self.copyEight(from: source, to: target)
                Self.copyEight(from: source + 8, to: target + 8)
                source += 16
                target += 16
                continue
            }
            let plain = EightBytes(at: source).firstToEscape
            Self.copyEight(from: source, to: target)
            source += plain
            target += plain
            if plain < 8 {
                count = target - memory
                append(escaped: source.pointee)
                source += 1
                reserve(end - source + 16)
                target = memory + count
            }
        }
        let rest = end - source
        if rest > 0 {
            let word = Self.word(source, rest, hasEightBefore: length >= 8)
            if EightBytes(word | .max &<< UInt64(8 &* rest)).hasNoneToEscape {
                UnsafeMutableRawPointer(target).storeBytes(of: word.littleEndian, as: UInt64.self)
                target += rest
            } else {
                count = target - memory
                append(escapedAsNeeded: UnsafeBufferPointer(start: source, count: rest))
                reserve(1)
                target = memory + count
            }
        }
        target.pointee = UInt8(ascii: "\"")
        count = target - memory &+ 1
    }

    @inline(__always)
    private static func copyEight(from source: UnsafePointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        let word = UnsafeRawPointer(source).loadUnaligned(as: UInt64.self)
        UnsafeMutableRawPointer(target).storeBytes(of: word, as: UInt64.self)
    }

    /// One to seven bytes as a number, the first the lowest.
    ///
    /// - Parameter hasEightBefore: Whether the eight bytes that end there can all be read.
    @inline(__always)
    private static func word(_ source: UnsafePointer<UInt8>, _ count: Int, hasEightBefore: Bool) -> UInt64 {
        let raw = UnsafeRawPointer(source)
        if hasEightBefore {
            return UInt64(littleEndian: (raw + count - 8).loadUnaligned(as: UInt64.self)) &>> UInt64(64 &- 8 &* count)
        }
        if count >= 4 {
            let low = UInt64(UInt32(littleEndian: raw.loadUnaligned(as: UInt32.self)))
            let high = UInt64(UInt32(littleEndian: (raw + count - 4).loadUnaligned(as: UInt32.self)))
            return low | high &<< UInt64(8 &* (count &- 4))
        }
        // The middle of one byte is itself, of two the second.
        return UInt64(source[0]) | UInt64(source[count &>> 1]) &<< UInt64(8 &* (count &>> 1))
            | UInt64(source[count &- 1]) &<< UInt64(8 &* (count &- 1))
    }

    @inline(never)
    private mutating func append(escapedAsNeeded bytes: UnsafeBufferPointer<UInt8>) {
        for byte in bytes {
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                append(escaped: byte)
            } else {
                append(byte)
            }
        }
    }

    @inline(__always)
    private mutating func append(escaped byte: UInt8) {
        let letter: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter = byte
        case 0x08: letter = UInt8(ascii: "b")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0A: letter = UInt8(ascii: "n")
        case 0x0D: letter = UInt8(ascii: "r")
        case 0x09: letter = UInt8(ascii: "t")
        default: return appendUnicodeEscape(of: byte)
        }
        reserve(2)
        memory[count] = UInt8(ascii: "\\")
        memory[count &+ 1] = letter
        count &+= 2
    }

    @inline(never)
    private mutating func appendUnicodeEscape(of byte: UInt8) {
        append("\\u00")
        append(byte >> 4 &+ UInt8(ascii: "0"))
        let low = byte & 15
        append(low < 10 ? low &+ UInt8(ascii: "0") : low &- 10 &+ UInt8(ascii: "a"))
    }

    mutating func append(magnitude: UInt64, isNegative: Bool) {
        append(isNegative: isNegative, atMost: 20) { Digits.write(magnitude, to: $0) }
    }

    mutating func append(_ decimal: ShortestDecimal, isNegative: Bool) {
        append(isNegative: isNegative, atMost: ShortestDecimal.longestText) { decimal.write(to: $0) }
    }

    /// Appends a sign where there is one, and what `body` puts behind it.
    @inline(__always)
    private mutating func append(isNegative: Bool, atMost limit: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        append(atMost: limit + 1) { target in
            let sign = isNegative ? 1 : 0
            if isNegative { target[0] = UInt8(ascii: "-") }
            return sign + body(target + sign)
        }
    }

    /// Appends the shortest number that reads back as `value`.
    @inline(__always)
    mutating func append(_ value: Double) {
        let integer = abs(value) < 1e15 ? Int64(value) : 0
        if Double(integer) == value, integer != 0 || value.sign == .plus {
            append(integer: integer)
        } else if let decimal = ShortestDecimal(value) {
            append(decimal, isNegative: value < 0)
        } else if value.isFinite {
            appendPlain(value.description)
        } else {
            appendNull(failing: "JSON has no \(value)")
        }
    }

    /// Records a fault, and appends something in place of the value.
    @inline(never)
    mutating func appendNull(failing message: String) {
        fail(message)
        append("null")
    }

    mutating func append<T: FixedWidthInteger>(integer: T) {
        append(magnitude: UInt64(truncatingIfNeeded: integer.magnitude), isNegative: integer < 0)
    }
}
