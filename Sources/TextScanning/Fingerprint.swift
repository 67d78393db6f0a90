/// A number that tells contents apart: two that differ have the same one by
/// chance alone. Not for contents that somebody makes to deceive.
public struct Fingerprint: Hashable, Sendable {
    public let value: UInt64

    public init(of bytes: [UInt8]) {
        var hash = UInt64(bytes.count) &* 0x9E37_79B9_7F4A_7C15
        bytes.withUnsafeBytes { buffer in
            var index = 0
            while index + 8 <= buffer.count {
                hash = Self.mixed(hash ^ UInt64(littleEndian: buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
                index += 8
            }
            while index < buffer.count {
                hash = Self.mixed(hash ^ UInt64(buffer[index]))
                index += 1
            }
        }
        value = hash
    }

    /// Spreads each bit over all of them, and loses none.
    private static func mixed(_ value: UInt64) -> UInt64 {
        let product = value &* 0xD6E8_FEB8_6659_FD93
        return (product ^ product >> 32) &* 0xD6E8_FEB8_6659_FD93
    }
}
