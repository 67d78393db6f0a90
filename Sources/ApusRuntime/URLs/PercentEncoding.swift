/// Percent-encoding (RFC 3986 section 2.1) of what goes into a URL, a form or a cookie.
package enum PercentEncoding {
    /// The characters that are left as they are: a set of ASCII characters.
    package struct Kept: Sendable, Hashable {
        private var low: UInt64 = 0
        private var high: UInt64 = 0

        package init(_ characters: String) {
            for byte in characters.utf8 { insert(byte) }
        }

        package func contains(_ byte: UInt8) -> Bool {
            byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte &- 64) & 1 == 1
        }

        package func adding(_ characters: String) -> Kept {
            var result = self
            for byte in characters.utf8 { result.insert(byte) }
            return result
        }

        package func removing(_ characters: String) -> Kept {
            let removed = Kept(characters)
            var result = self
            result.low &= ~removed.low
            result.high &= ~removed.high
            return result
        }

        private mutating func insert(_ byte: UInt8) {
            if byte < 64 {
                low |= 1 << UInt64(byte)
            } else if byte < 128 {
                high |= 1 << UInt64(byte &- 64)
            }
        }

        /// RFC 3986 section 2.3. All a value in a query keeps: `+` and `&`
        /// have a meaning to servers that read the query as a form.
        package static let unreserved = Kept(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

        /// What RFC 3986 section 3.3 allows in a path segment, without `,`, `;`
        /// and `=`: the delimiters within a segment, which parameter styles and
        /// some servers give a meaning.
        package static let pathValue = unreserved.adding("!$&'()*+:@")

        /// A path as a description writes it.
        package static let path = unreserved.adding("!$&'()*+,;=:@/")

        /// A path with a query as a description writes it.
        package static let pathAndQuery = path.adding("?")

        /// A value in a query of which the description says `allowReserved`
        /// (RFC 6570 section 3.2.3), without the reserved characters that a
        /// query cannot hold (`#`, `[`, `]`) or that would end the value or
        /// change it (`&`, `+`).
        package static let reservedQueryValue = unreserved.adding("!$'()*,;=:@/?")

        /// The URL standard's `application/x-www-form-urlencoded` percent-encode set.
        package static let form = unreserved.removing("~").adding("*")
    }

    /// Appends `value`, encoding what `kept` does not contain.
    ///
    /// - Parameters:
    ///   - keepsTriplets: Whether `%` with two hexadecimal digits after it stays.
    ///   - spaceAsPlus: Whether a space becomes `+`, as in forms, not `%20`.
    package static func append(
        _ value: String, to text: inout String, keeping kept: Kept, keepsTriplets: Bool = false,
        spaceAsPlus: Bool = false
    ) {
        if value.utf8.allSatisfy({ kept.contains($0) }) {
            text += value
        } else {
            text += encoded(value, keeping: kept, keepsTriplets: keepsTriplets, spaceAsPlus: spaceAsPlus)
        }
    }

    private static func encoded(
        _ value: String, keeping kept: Kept, keepsTriplets: Bool, spaceAsPlus: Bool
    ) -> String {
        let source = Array(value.utf8)
        return String(unsafeUninitializedCapacity: source.count * 3) { buffer in
            var count = 0
            for (index, byte) in source.enumerated() {
                if kept.contains(byte) || keepsTriplets && isTriplet(source, at: index) {
                    buffer[count] = byte
                    count += 1
                } else if spaceAsPlus, byte == UInt8(ascii: " ") {
                    buffer[count] = UInt8(ascii: "+")
                    count += 1
                } else {
                    buffer[count] = UInt8(ascii: "%")
                    buffer[count + 1] = digit(byte >> 4)
                    buffer[count + 2] = digit(byte & 15)
                    count += 3
                }
            }
            return count
        }
    }

    private static func isTriplet(_ bytes: [UInt8], at index: Int) -> Bool {
        bytes[index] == UInt8(ascii: "%") && index + 2 < bytes.count
            && isHexadecimal(bytes[index + 1]) && isHexadecimal(bytes[index + 2])
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
            UInt8(ascii: "A")...UInt8(ascii: "F"):
            true
        default:
            false
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
