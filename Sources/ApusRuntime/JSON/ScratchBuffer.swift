/// Memory for the content of strings with escapes, reused from one to the next.
struct ScratchBuffer: ~Copyable {
    private var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)
    private var capacity = 0
    private var count = 0

    deinit { memory.deallocate() }

    /// What has been appended, valid until the next change.
    var content: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(start: memory, count: count) }

    mutating func clear() {
        count = 0
    }

    /// Appends bytes as they are.
    @inline(__always)
    mutating func append(_ start: UnsafePointer<UInt8>, upTo end: UnsafePointer<UInt8>) {
        let added = end - start
        reserve(added)
        (memory + count).update(from: start, count: added)
        count &+= added
    }

    /// Appends what the escape at a backslash, which has been checked, stands for.
    @inline(__always)
    mutating func append(escape: UnsafePointer<UInt8>) {
        reserve(4)
        let kind = escape[1]
        if kind == UInt8(ascii: "u") {
            appendScalar(escapedAt: escape)
        } else {
            memory[count] = Self.character(escapedAs: kind)
            count &+= 1
        }
    }

    /// Replaces the escapes of a string that has been checked.
    ///
    /// - Returns: The content, valid until the next change.
    mutating func unescape(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        clear()
        guard var run = text.baseAddress else { return text }
        let end = run + text.count
        var position = run
        while position < end {
            guard position.pointee == UInt8(ascii: "\\") else {
                position += 1
                continue
            }
            append(run, upTo: position)
            append(escape: position)
            position += Self.length(ofEscape: position)
            run = position
        }
        append(run, upTo: end)
        return content
    }

    private static func length(ofEscape escape: UnsafePointer<UInt8>) -> Int {
        guard escape[1] == UInt8(ascii: "u") else { return 2 }
        return (Hexadecimal.unit(at: escape + 2) ?? 0) & 0xFC00 == 0xD800 ? 12 : 6
    }

    private static func character(escapedAs kind: UInt8) -> UInt8 {
        switch kind {
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: kind
        }
    }

    /// A pair of escapes is one scalar.
    private mutating func appendScalar(escapedAt escape: UnsafePointer<UInt8>) {
        var scalar = UInt32(Hexadecimal.unit(at: escape + 2) ?? 0)
        if scalar & 0xFC00 == 0xD800 {
            let second = UInt32(Hexadecimal.unit(at: escape + 8) ?? 0)
            scalar = 0x10000 &+ ((scalar & 0x3FF) &<< 10 | (second & 0x3FF))
        }
        func append(_ bits: UInt32) {
            memory[count] = UInt8(truncatingIfNeeded: bits)
            count &+= 1
        }
        switch scalar {
        case ..<0x80:
            append(scalar)
        case ..<0x800:
            append(0xC0 | scalar &>> 6)
            append(0x80 | scalar & 0x3F)
        case ..<0x10000:
            append(0xE0 | scalar &>> 12)
            append(0x80 | scalar &>> 6 & 0x3F)
            append(0x80 | scalar & 0x3F)
        default:
            append(0xF0 | scalar &>> 18)
            append(0x80 | scalar &>> 12 & 0x3F)
            append(0x80 | scalar &>> 6 & 0x3F)
            append(0x80 | scalar & 0x3F)
        }
    }

    @inline(__always)
    private mutating func reserve(_ additional: Int) {
        if capacity &- count < additional { grow(by: additional) }
    }

    @inline(never)
    private mutating func grow(by additional: Int) {
        capacity = max(capacity * 2, count + additional, 256)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
        larger.update(from: memory, count: count)
        memory.deallocate()
        memory = larger
    }
}
