/// Percent-encoding (RFC 3986 section 2.1) for each place of a request.
enum PercentEncoding {
    /// What may stand unencoded in a place.
    struct Allowed {
        /// One bit for each ASCII character.
        private let low: UInt64
        private let high: UInt64

        init(_ characters: StaticString) {
            var low: UInt64 = 0
            var high: UInt64 = 0
            func insert(_ byte: UInt8) {
                if byte < 64 { low |= 1 << UInt64(byte) } else if byte < 128 { high |= 1 << UInt64(byte - 64) }
            }
            for byte in UInt8(ascii: "0")...UInt8(ascii: "9") { insert(byte) }
            for byte in UInt8(ascii: "A")...UInt8(ascii: "Z") { insert(byte) }
            for byte in UInt8(ascii: "a")...UInt8(ascii: "z") { insert(byte) }
            characters.withUTF8Buffer { $0.forEach(insert) }
            self.low = low
            self.high = high
        }

        @inline(__always)
        func contains(_ byte: UInt8) -> Bool {
            byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
        }

        /// Only the unreserved characters (RFC 3986 section 2.3).
        static let unreserved = Allowed("-._~")

        /// A path as a description writes it: `pchar`, `/` and what is encoded already.
        static let path = Allowed("-._~!$&'()*+,;=:@/%")

        /// A query value with `allowReserved`, without what would end or split it.
        static let reservedQuery = Allowed("-._~:/?@!$'()*,;%")

        /// A value of `application/x-www-form-urlencoded` (the URL standard, WHATWG).
        static let form = Allowed("-._*")

        /// A cookie's value: `cookie-octet` (RFC 6265 section 4.1.1) without the comma and the percent sign.
        static let cookie = Allowed("!#$&'()*+-./:<=>?@[]^_`{|}~")
    }

    static func encode(_ text: String, _ allowed: Allowed, spaceAsPlus: Bool = false) -> String {
        if text.utf8.allSatisfy(allowed.contains) { return text }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            if allowed.contains(byte) {
                bytes.append(byte)
            } else if spaceAsPlus, byte == UInt8(ascii: " ") {
                bytes.append(UInt8(ascii: "+"))
            } else {
                bytes.append(UInt8(ascii: "%"))
                bytes.append(digit(byte >> 4))
                bytes.append(digit(byte & 15))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
