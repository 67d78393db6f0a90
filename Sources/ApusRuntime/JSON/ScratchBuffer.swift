/// Memory for the content of strings with escapes, reused from one to the next.
struct ScratchBuffer: ~Copyable {
    private var memory = UnsafeMutablePointer<UInt8>.allocate(capacity: 0)
    private var capacity = 0

    deinit { memory.deallocate() }

    /// Replaces the escapes of a string that has been checked.
    ///
    /// - Returns: The content, valid until the next call.
    mutating func unescape(_ text: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        reserve(text.count)
        guard let start = text.baseAddress else { return text }
        let end = start + text.count
        var source = start
        var target = memory
        while source < end {
            if source.pointee != UInt8(ascii: "\\") {
                target.pointee = source.pointee
                source += 1
                target += 1
                continue
            }
            let kind = source[1]
            source += 2
            if kind == UInt8(ascii: "u") {
                appendScalar(escapedAt: &source, to: &target)
            } else {
                target.pointee = Self.character(escapedAs: kind)
                target += 1
            }
        }
        return UnsafeBufferPointer(start: memory, count: target - memory)
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

    /// - Parameter source: After `\u`; moved over the digits, and over a second escape where there is a pair.
    private func appendScalar(
        escapedAt source: inout UnsafePointer<UInt8>, to target: inout UnsafeMutablePointer<UInt8>
    ) {
        var scalar = UInt32(Hexadecimal.unit(at: source) ?? 0)
        source += 4
        if scalar & 0xFC00 == 0xD800 {
            let second = UInt32(Hexadecimal.unit(at: source + 2) ?? 0)
            scalar = 0x10000 &+ ((scalar & 0x3FF) &<< 10 | (second & 0x3FF))
            source += 6
        }
        // An escape is longer than what it stands for, so the memory suffices.
        for byte in UTF8.encode(Unicode.Scalar(scalar) ?? "\u{FFFD}") ?? UTF8.encodedReplacementCharacter {
            target.pointee = byte
            target += 1
        }
    }

    private mutating func reserve(_ count: Int) {
        guard count > capacity else { return }
        memory.deallocate()
        capacity = max(count, 256)
        memory = .allocate(capacity: capacity)
    }
}
