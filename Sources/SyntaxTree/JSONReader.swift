/// Reads JSON by RFC 8259.
package struct JSONReader {
    private let bytes: UnsafeBufferPointer<UInt8>
    private var position = 0
    private var builder: TreeBuilder

    // Places are counted along the way, so that a file of one long line costs no more than any other.
    private var line: UInt32 = 1
    private var column: UInt32 = 1
    private var counted = 0

    package static func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(SourceFault) -> TreeBuilder {
        var reader = JSONReader(bytes)
        try reader.value()
        reader.skipSpace()
        guard reader.position == bytes.count else { throw reader.fault("something follows after the end of the value") }
        return reader.builder
    }

    private init(_ bytes: UnsafeBufferPointer<UInt8>) {
        self.bytes = bytes
        builder = TreeBuilder(byteCount: bytes.count)
    }

    // MARK: Places

    private mutating func place() -> (line: UInt32, column: UInt32) {
        while counted < position {
            switch bytes[counted] {
            case UInt8(ascii: "\n"):
                line += 1
                column = 1
            case UInt8(ascii: "\r") where counted + 1 >= bytes.count || bytes[counted + 1] != UInt8(ascii: "\n"):
                line += 1
                column = 1
            case let byte where byte & 0xC0 != 0x80:
                column += 1
            default:
                break
            }
            counted += 1
        }
        return (line, column)
    }

    private mutating func fault(_ message: String, hint: String? = nil) -> SourceFault {
        let place = place()
        return SourceFault(line: place.line, column: place.column, message: "not valid JSON: \(message)", hint: hint)
    }

    private mutating func unexpected(_ wanted: String) -> SourceFault {
        guard position < bytes.count else {
            return fault("the file ends where \(wanted) is expected", hint: "the file may be cut off")
        }
        let byte = bytes[position]
        guard byte < 0x80 else { return fault("\(wanted) is expected here") }
        return fault("\(wanted) is expected, but here is `\(UnicodeScalar(byte))`")
    }

    // MARK: Grammar

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func value() throws(SourceFault) {
        skipSpace()
        guard position < bytes.count else { throw unexpected("a value") }
        switch bytes[position] {
        case UInt8(ascii: "{"): try object()
        case UInt8(ascii: "["): try array()
        case UInt8(ascii: "\""):
            let (line, column) = place()
            let (start, count) = try string()
            try builder.scalar(.string, start: start, count: count, line: line, column: column)
        default: try plain()
        }
    }

    private mutating func object() throws(SourceFault) {
        let (line, column) = place()
        _ = try builder.begin(.mapping, line: line, column: column)
        position += 1
        skipSpace()
        if !skip(UInt8(ascii: "}")) {
            repeat {
                skipSpace()
                guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else { throw unexpected("a key in quotes") }
                let (line, column) = place()
                let (start, count) = try string()
                builder.key(start: start, count: count, line: line, column: column, mayMerge: false)
                skipSpace()
                guard skip(UInt8(ascii: ":")) else { throw unexpected("`:`") }
                try value()
                skipSpace()
            } while skip(UInt8(ascii: ","))
            guard skip(UInt8(ascii: "}")) else { throw unexpected("`,` or `}`") }
        }
        try builder.end()
    }

    private mutating func array() throws(SourceFault) {
        let (line, column) = place()
        _ = try builder.begin(.sequence, line: line, column: column)
        position += 1
        skipSpace()
        if !skip(UInt8(ascii: "]")) {
            repeat {
                try value()
                skipSpace()
            } while skip(UInt8(ascii: ","))
            guard skip(UInt8(ascii: "]")) else { throw unexpected("`,` or `]`") }
        }
        try builder.end()
    }

    /// A number, `true`, `false` or `null`.
    private mutating func plain() throws(SourceFault) {
        let first = position
        let (line, column) = place()
        var end = position
        while end < bytes.count, Self.isPlain(bytes[end]) { end += 1 }
        let token = UnsafeBufferPointer(rebasing: bytes[first..<end])
        guard let kind = Self.kind(of: token) else { throw unexpected("a value") }
        position = end
        try builder.scalar(
            kind, start: builder.keep(token), count: UInt32(token.count), line: line, column: column)
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func kind(of token: UnsafeBufferPointer<UInt8>) -> Node.Kind? {
        guard let first = token.first else { return nil }
        switch first {
        case UInt8(ascii: "n"): return ScalarText.kind(of: token) == .null ? .null : nil
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return ScalarText.kind(of: token) == .bool ? .bool : nil
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
        default: return nil
        }
        // RFC 8259 is stricter than YAML: no leading zeros, a digit on both sides of the point, no 0x.
        let digits = first == UInt8(ascii: "-") ? token.dropFirst() : token[...]
        guard let leading = digits.first, (0x30...0x39).contains(leading) else { return nil }
        if leading == 0x30, let second = digits.dropFirst().first, (0x30...0x39).contains(second) || second | 0x20 >= 0x6F {
            return nil
        }
        if let point = token.firstIndex(of: UInt8(ascii: ".")) {
            guard point + 1 < token.endIndex, (0x30...0x39).contains(token[point + 1]) else { return nil }
        }
        let kind = ScalarText.kind(of: token)
        return kind == .integer || kind == .number ? kind : nil
    }

    // MARK: Strings

    private mutating func string() throws(SourceFault) -> (start: UInt32, count: UInt32) {
        position += 1
        let first = position
        while position < bytes.count, bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\"),
            bytes[position] >= 0x20 {
            position += 1
        }
        let plain = UnsafeBufferPointer(rebasing: bytes[first..<position])
        if skip(UInt8(ascii: "\"")) {
            return (builder.keep(plain), UInt32(plain.count))
        }
        var text = Array(plain)
        while true {
            guard position < bytes.count else { throw unexpected("the end of a string") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                let start = text.withUnsafeBufferPointer { builder.keep($0) }
                return (start, UInt32(text.count))
            case UInt8(ascii: "\\"):
                try escape(into: &text)
            case ..<0x20:
                throw fault("a control character in a string", hint: "write line breaks as `\\n` and tabs as `\\t`")
            case let byte:
                text.append(byte)
                position += 1
            }
        }
    }

    private mutating func escape(into text: inout [UInt8]) throws(SourceFault) {
        guard position + 1 < bytes.count else { throw unexpected("the end of a string") }
        let letter = bytes[position + 1]
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"):
            try unicodeEscape(into: &text)
            return
        default:
            throw fault("a backslash before `\(letter < 0x80 ? String(UnicodeScalar(letter)) : "?")`", hint: "write a backslash as `\\\\`")
        }
        position += 2
    }

    /// `\u` and four digits; two of them for characters beyond the basic plane.
    private mutating func unicodeEscape(into text: inout [UInt8]) throws(SourceFault) {
        var unit = try codeUnit()
        if (0xD800..<0xDC00).contains(unit), position + 1 < bytes.count, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u") {
            let start = position
            let low = try codeUnit()
            if (0xDC00..<0xE000).contains(low) {
                unit = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            } else {
                position = start
            }
        }
        if let scalar = UnicodeScalar(unit) {
            text.append(contentsOf: String(scalar).utf8)
        } else {
            let (line, column) = place()
            builder.warn(.invalidCharacters, "half of a surrogate pair; it is replaced by U+FFFD", line: line, column: column)
            text.append(contentsOf: "\u{FFFD}".utf8)
        }
    }

    private mutating func codeUnit() throws(SourceFault) -> UInt32 {
        guard position + 6 <= bytes.count else { throw unexpected("the end of a string") }
        var unit: UInt32 = 0
        for offset in 2..<6 {
            let byte = bytes[position + offset]
            let digit: UInt32
            switch byte {
            case 0x30...0x39: digit = UInt32(byte - 0x30)
            case 0x41...0x46: digit = UInt32(byte - 0x41 + 10)
            case 0x61...0x66: digit = UInt32(byte - 0x61 + 10)
            default: throw fault("`\\u` needs four hexadecimal digits")
            }
            unit = unit << 4 | digit
        }
        position += 6
        return unit
    }
}
