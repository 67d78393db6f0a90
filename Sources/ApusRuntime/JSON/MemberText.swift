/// The text of a member that tells what an object is, such as a discriminator.
///
/// It is compared code point by code point, as JSON's texts are (RFC 8259,
/// section 8.3): `é` written as one code point is not `é` written as two, which
/// Swift's `String` takes for equal.
public struct MemberText: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// The text itself.
    public let description: String

    /// Wraps a text.
    @inlinable
    public init(_ text: String) {
        description = text
    }

    @inlinable
    public init(stringLiteral text: String) {
        description = text
    }

    @inlinable
    public static func == (left: Self, right: Self) -> Bool {
        ExactText.isEqual(left.description, right.description)
    }

    public func hash(into hasher: inout Hasher) {
        ExactText.hash(description, into: &hasher)
    }
}

/// Comparison of texts by their code points, whatever Unicode takes for equivalent.
@usableFromInline
enum ExactText {
    /// Most texts that differ have different lengths.
    @inlinable
    @inline(__always)
    static func isEqual(_ left: String, _ right: String) -> Bool {
        left.utf8.count == right.utf8.count && areBytesEqual(left, right)
    }

    /// - Parameter left: A text of as many bytes as the other.
    @usableFromInline
    static func areBytesEqual(_ left: String, _ right: String) -> Bool {
        let isEqual = left.utf8.withContiguousStorageIfAvailable { left in
            right.utf8.withContiguousStorageIfAvailable { right in
                UnsafeRawBufferPointer(left).elementsEqual(UnsafeRawBufferPointer(right))
            }
        }
        return (isEqual ?? nil) ?? left.utf8.elementsEqual(right.utf8)
    }

    static func hash(_ text: String, into hasher: inout Hasher) {
        var text = text
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }
}
