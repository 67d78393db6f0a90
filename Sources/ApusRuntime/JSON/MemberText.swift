/// The text of a member that tells what an object is, such as a discriminator.
///
/// It is compared code point by code point, as JSON's texts are (RFC 8259,
/// section 8.3): `é` written as one code point is not `é` written as two, which
/// Swift's `String` takes for equal.
public struct MemberText: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text itself.
    public let description: String

    /// Wraps a text.
    public init(_ text: String) {
        description = text
    }

    public init(stringLiteral text: String) {
        description = text
    }

    public static func == (left: Self, right: Self) -> Bool {
        ExactText.isEqual(left.description, right.description)
    }

    public func hash(into hasher: inout Hasher) {
        ExactText.hash(description, into: &hasher)
    }
}

/// Comparison of texts by their code points, whatever Unicode takes for equivalent.
enum ExactText {
    static func isEqual(_ left: String, _ right: String) -> Bool {
        let (left, right) = (left.utf8, right.utf8)
        if left.count != right.count { return false }
        let isEqual = left.withContiguousStorageIfAvailable { left in
            right.withContiguousStorageIfAvailable { right in
                UnsafeRawBufferPointer(left).elementsEqual(UnsafeRawBufferPointer(right))
            }
        }
        return (isEqual ?? nil) ?? left.elementsEqual(right)
    }

    static func hash(_ text: String, into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}
