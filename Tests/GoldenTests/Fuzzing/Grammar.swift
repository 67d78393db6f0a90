/// Reads JSON by the grammar of RFC 8259 alone, slowly, to say whether a text is one:
/// an oracle that shares nothing with the library.
struct Grammar {
    private let bytes: [UInt8]
    private var position = 0
    private(set) var deepest = 0

    init(_ bytes: [UInt8]) {
        self.bytes = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// Whether the whole is one JSON text.
    mutating func accepts() -> Bool {
        space()
        guard value(0) else { return false }
        space()
        return position == bytes.count
    }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private mutating func space() {
        while let byte = next, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
    }

    private mutating func take(_ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func value(_ depth: Int) -> Bool {
        deepest = max(deepest, depth)
        // Deeper than the library allows: whatever follows, the answer is the same.
        if depth > 600 { return false }
        switch next {
        case UInt8(ascii: "{"): return list("{", "}", depth, named: true)
        case UInt8(ascii: "["): return list("[", "]", depth, named: false)
        case UInt8(ascii: "\""): return string()
        case UInt8(ascii: "t"): return take("true")
        case UInt8(ascii: "f"): return take("false")
        case UInt8(ascii: "n"): return take("null")
        default: return number()
        }
    }

    private mutating func list(_ opening: String, _ closing: String, _ depth: Int, named: Bool) -> Bool {
        _ = take(opening)
        deepest = max(deepest, depth + 1)
        space()
        if take(closing) { return true }
        while true {
            if named {
                guard next == UInt8(ascii: "\""), string() else { return false }
                space()
                guard take(":") else { return false }
                space()
            }
            guard value(depth + 1) else { return false }
            space()
            if take(closing) { return true }
            guard take(",") else { return false }
            space()
        }
    }

    private mutating func digits() -> Bool {
        let start = position
        while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
        return position > start
    }

    private mutating func number() -> Bool {
        _ = take("-")
        if !take("0") {
            guard let first = next, (0x31...0x39).contains(first), digits() else { return false }
        }
        if take("."), !digits() { return false }
        if take("e") || take("E") {
            if !take("+") { _ = take("-") }
            return digits()
        }
        return true
    }

    private mutating func string() -> Bool {
        position += 1
        var plain: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte >= 0x20 else { return false }
            guard byte == UInt8(ascii: "\\") else {
                plain.append(byte)
                position += 1
                continue
            }
            plain.append(0x20)
            position += 1
            guard let kind = next else { return false }
            position += 1
            if kind == UInt8(ascii: "u") {
                guard let unit = unit() else { return false }
                if (0xDC00...0xDFFF).contains(unit) { return false }
                if (0xD800...0xDBFF).contains(unit) {
                    guard take("\\u"), let second = self.unit(), (0xDC00...0xDFFF).contains(second) else { return false }
                }
            } else if !"\"\\/bfnrt".utf8.contains(kind) {
                return false
            }
        }
        guard next != nil else { return false }
        position += 1
        return String(validating: plain, as: UTF8.self) != nil
    }

    private mutating func unit() -> UInt16? {
        guard position + 4 <= bytes.count else { return nil }
        let text = bytes[position..<position + 4]
        guard text.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit && $0 < 0x80 }) else { return nil }
        position += 4
        return UInt16(String(decoding: text, as: UTF8.self), radix: 16)
    }
}
