import ApusRuntime

/// Percent-encoding of parameters, and back.
extension PercentEncoding {
    /// For a URL's query: everything but RFC 3986's unreserved characters is
    /// encoded. A space becomes `%20`, which both readings of a query take for
    /// a space.
    static func component(_ text: String) -> String {
        var encoded = ""
        append(text, to: &encoded, keeping: .unreserved)
        return encoded
    }

    /// For `application/x-www-form-urlencoded`, as the URL standard (WHATWG)
    /// has it. RFC 6749 appendix B refers to the same format.
    static func form(_ text: String) -> String {
        var encoded = ""
        append(text, to: &encoded, keeping: .form, spaceAsPlus: true)
        return encoded
    }

    /// The names and values of a form or a query, in order. What is not valid
    /// percent-encoding is left as it stands.
    static func parameters(_ text: some StringProtocol) -> [(name: String, value: String)] {
        text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return (name: decode(parts[0]), value: parts.count > 1 ? decode(parts[1]) : "")
        }
    }

    private static func decode(_ text: some Collection<UInt8>) -> String {
        let source = Array(text)
        var bytes: [UInt8] = []
        var index = 0
        while index < source.count {
            let byte = source[index]
            if byte == UInt8(ascii: "%"), index + 2 < source.count,
                let high = value(source[index + 1]), let low = value(source[index + 2])
            {
                bytes.append(high << 4 | low)
                index += 3
            } else {
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
                index += 1
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): digit - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
