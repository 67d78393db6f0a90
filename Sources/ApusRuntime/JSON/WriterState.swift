/// What all writers of one JSON text share: the bytes so far and the first fault.
struct WriterState: ~Copyable {
    private var memory: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    var remainingDepth = JSON.maximumDepth
    private var stack = StackGuard()
    private(set) var failure: ReadingFailure?
    /// Whether members that only the server sets are left out.
    let omitsReadOnly: Bool

    init(omitsReadOnly: Bool = false) {
        self.omitsReadOnly = omitsReadOnly
        capacity = 512
        memory = .allocate(capacity: capacity)
    }

    deinit { memory.deallocate() }

    var written: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

    /// Hands the bytes over, to be deallocated by the caller, and starts afresh.
    mutating func takeBytes() -> UnsafeMutableRawBufferPointer {
        defer {
            memory = .allocate(capacity: 0)
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
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: memory, count: count)
        memory.deallocate()
        memory = larger
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

    mutating func append(quoted text: String) {
        var text = text
        text.withUTF8 { append(quoted: $0) }
    }

    /// Appends a string with its quotation marks.
    mutating func append(quoted text: UnsafeBufferPointer<UInt8>) {
        // The copying below writes up to seven bytes past the end of the text.
        reserve(text.count + 16)
        memory[count] = UInt8(ascii: "\"")
        count &+= 1
        guard let base = text.baseAddress else {
            append(UInt8(ascii: "\""))
            return
        }
        var source = base
        let end = base + text.count
        while end - source >= 8 {
            let plain = EightBytes(at: source).firstToEscape
            let word = UnsafeRawPointer(source).loadUnaligned(as: UInt64.self)
            UnsafeMutableRawPointer(memory + count).storeBytes(of: word, as: UInt64.self)
            count &+= plain
            source += plain
            if plain < 8 {
                append(escaped: source.pointee)
                source += 1
                reserve(end - source + 16)
            }
        }
        while source < end {
            let byte = source.pointee
            source += 1
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                append(escaped: byte)
            } else {
                append(byte)
            }
        }
        append(UInt8(ascii: "\""))
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
        append(atMost: 21) { target in
            var start = 0
            if isNegative {
                target[0] = UInt8(ascii: "-")
                start = 1
            }
            return start + Digits.write(magnitude, to: target + start)
        }
    }

    mutating func append<T: FixedWidthInteger>(integer: T) {
        append(magnitude: UInt64(truncatingIfNeeded: integer.magnitude), isNegative: integer < 0)
    }
}

/// Decimal digits as ASCII.
enum Digits {
    /// Writes a number without leading zeros.
    ///
    /// - Returns: The number of digits, at most 20.
    @inline(__always)
    static func write(_ value: UInt64, to target: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 1
        var bound: UInt64 = 10
        while count < 20, value >= bound {
            count &+= 1
            bound = count < 20 ? bound &* 10 : bound
        }
        write(value, count: count, to: target)
        return count
    }

    /// Writes the last `count` digits of a number.
    @inline(__always)
    static func write(_ value: UInt64, count: Int, to target: UnsafeMutablePointer<UInt8>) {
        var rest = value
        var index = count
        while index > 0 {
            index &-= 1
            target[index] = UInt8(truncatingIfNeeded: rest % 10) &+ UInt8(ascii: "0")
            rest /= 10
        }
    }
}
