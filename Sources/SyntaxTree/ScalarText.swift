/// The scalars of YAML 1.2's core schema (section 10.3.2).
package enum ScalarText {
    /// What a plain scalar is.
    static func kind(of bytes: UnsafeBufferPointer<UInt8>) -> Node.Kind {
        guard let first = bytes.first else { return .null }
        switch first {
        case UInt8(ascii: "~"):
            return bytes.count == 1 ? .null : .string
        case UInt8(ascii: "n"), UInt8(ascii: "N"):
            return isOne(of: ["null", "Null", "NULL"], bytes) ? .null : .string
        case UInt8(ascii: "t"), UInt8(ascii: "T"):
            return isOne(of: ["true", "True", "TRUE"], bytes) ? .bool : .string
        case UInt8(ascii: "f"), UInt8(ascii: "F"):
            return isOne(of: ["false", "False", "FALSE"], bytes) ? .bool : .string
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return numberKind(of: bytes)
        default:
            return .string
        }
    }

    private static func isOne(of words: [StaticString], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        words.contains { word in
            bytes.count == word.utf8CodeUnitCount
                && (0..<bytes.count).allSatisfy { bytes[$0] == word.utf8Start[$0] }
        }
    }

    private static func numberKind(of bytes: UnsafeBufferPointer<UInt8>) -> Node.Kind {
        let isSigned = bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+")
        let body = UnsafeBufferPointer(rebasing: bytes[(isSigned ? 1 : 0)...])
        if isOne(of: [".inf", ".Inf", ".INF"], body) { return .number }
        if !isSigned, isOne(of: [".nan", ".NaN", ".NAN"], body) { return .number }
        if !isSigned, body.count > 2, body[0] == UInt8(ascii: "0") {
            let digits = body[2...]
            if body[1] == UInt8(ascii: "x"), digits.allSatisfy(isHexadecimalDigit) { return .integer }
            if body[1] == UInt8(ascii: "o"), digits.allSatisfy({ (0x30...0x37).contains($0) }) { return .integer }
        }

        // [0-9]* ( \. [0-9]* )? ( [eE] [-+]? [0-9]+ )?, with a digit before the exponent
        var position = 0
        func skipDigits() -> Int {
            let start = position
            while position < body.count, (0x30...0x39).contains(body[position]) { position += 1 }
            return position - start
        }
        var digits = skipDigits()
        if position == body.count { return digits > 0 ? .integer : .string }
        if body[position] == UInt8(ascii: ".") {
            position += 1
            digits += skipDigits()
        }
        guard digits > 0 else { return .string }
        if position < body.count, body[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < body.count, body[position] == UInt8(ascii: "-") || body[position] == UInt8(ascii: "+") {
                position += 1
            }
            guard skipDigits() > 0 else { return .string }
        }
        return position == body.count ? .number : .string
    }

    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    /// The value of an integer's text, if it fits.
    package static func integer(_ text: String) -> Int? {
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
        return Int(text)
    }

    /// The value of a number's text.
    static func number(_ text: String) -> Double? {
        switch text.lowercased() {
        case ".inf", "+.inf": .infinity
        case "-.inf": -.infinity
        case ".nan": .nan
        default: Double(text)
        }
    }
}
