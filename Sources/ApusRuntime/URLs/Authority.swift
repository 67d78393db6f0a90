/// Host and port of a URL (RFC 3986 section 3.2).
///
/// Everything that has to know a host reads it here: a second reading that
/// differs in one odd case is how credentials get to somebody else's server.
package struct Authority: Hashable, Sendable {
    /// In lower case. An IPv6 address keeps its brackets.
    package let host: String

    /// `nil` where none is written.
    package let port: UInt16?

    /// - Parameter text: A host with an optional port. The result is `nil` for
    ///   anything else, such as text with a user name, which must not be sent
    ///   (RFC 9110 section 4.2.4), or with characters outside of ASCII: such a
    ///   name has to be in Punycode (RFC 5891).
    package init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        let isAddress = bytes.first == UInt8(ascii: "[")
        let end: Int
        if isAddress {
            guard let close = bytes.firstIndex(of: UInt8(ascii: "]")), close > 1 else { return nil }
            end = close + 1
            guard bytes[1..<close].allSatisfy({ Self.isNameByte($0) || $0 == UInt8(ascii: ":") }) else { return nil }
        } else {
            end = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
            guard end > 0, bytes[..<end].allSatisfy(Self.isNameByte) else { return nil }
        }
        let rest = bytes[end...]
        guard rest.isEmpty || rest.first == UInt8(ascii: ":") else { return nil }
        let digits = rest.dropFirst()
        if digits.isEmpty {
            port = nil
        } else {
            guard digits.allSatisfy({ (0x30...0x39).contains($0) }),
                let port = UInt16(String(decoding: digits, as: UTF8.self))
            else { return nil }
            self.port = port
        }
        host = String(decoding: bytes[..<end], as: UTF8.self).lowercased()
    }

    /// The host without the brackets of an IPv6 address.
    package var hostWithoutBrackets: String {
        host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
    }

    /// RFC 3986 section 3.2.2, without what no name of a host has.
    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "%"):
            true
        default:
            false
        }
    }
}
