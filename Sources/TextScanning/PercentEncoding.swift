/// Percent-encoding of URIs (RFC 3986 section 2.1).
public enum PercentEncoding {
    /// The octets that `%XX` stands for put in; a `%` without two digits after
    /// it stays.
    public static func decoded(_ text: String) -> String {
        guard PlainASCII.contains(UInt8(ascii: "%"), text) else { return text }
        var result: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2, let octet = octet(rest.prefix(2)) {
                result.append(octet)
                rest = rest.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static func octet(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.allSatisfy(isHexadecimalDigit) else { return nil }
        return UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    }

    private static func isHexadecimalDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte | 0x20)
    }

    /// What may not stand in a URI encoded; all else as it is.
    public static func encodedWhereNeeded(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            if byte > 0x20, byte < 0x7F, !"\"<>\\^`{|}".utf8.contains(byte) {
                result.unicodeScalars.append(UnicodeScalar(byte))
            } else {
                result += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return result
    }
}
