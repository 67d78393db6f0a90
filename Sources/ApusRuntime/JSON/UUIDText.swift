#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// The text of UUIDs (RFC 9562, section 4): read in either case, written in lower case.
enum UUIDText {
    static let zero = UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))

    private static func isHyphen(_ index: Int) -> Bool {
        index == 8 || index == 13 || index == 18 || index == 23
    }

    static func uuid(_ text: UnsafeBufferPointer<UInt8>) -> UUID? {
        guard text.count == 36 else { return nil }
        var bytes = zero.uuid
        let isValid = withUnsafeMutableBytes(of: &bytes) { bytes in
            var source = 0
            for target in 0..<16 {
                if isHyphen(source) {
                    guard text[source] == UInt8(ascii: "-") else { return false }
                    source += 1
                }
                guard let high = Hexadecimal.digit(text[source]), let low = Hexadecimal.digit(text[source + 1]) else { return false }
                bytes[target] = high << 4 | low
                source += 2
            }
            return true
        }
        return isValid ? UUID(uuid: bytes) : nil
    }

    /// - Returns: The length, 36.
    static func write(_ uuid: UUID, to target: UnsafeMutablePointer<UInt8>) -> Int {
        func character(_ digit: UInt8) -> UInt8 {
            digit < 10 ? digit &+ UInt8(ascii: "0") : digit &- 10 &+ UInt8(ascii: "a")
        }
        var position = 0
        withUnsafeBytes(of: uuid.uuid) { bytes in
            for byte in bytes {
                if isHyphen(position) {
                    target[position] = UInt8(ascii: "-")
                    position += 1
                }
                target[position] = character(byte >> 4)
                target[position + 1] = character(byte & 15)
                position += 2
            }
        }
        return position
    }
}
