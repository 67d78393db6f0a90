#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Base64 (RFC 4648).
enum Base64 {
    private static let alphabet: StaticString = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

    static func encodedCount(_ count: Int) -> Int { (count + 2) / 3 * 4 }

    /// Writes the form with padding.
    ///
    /// - Returns: How many bytes were written.
    static func encode(_ bytes: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt8>) -> Int {
        alphabet.withUTF8Buffer { alphabet in
            var position = 0
            for start in stride(from: 0, to: bytes.count, by: 3) {
                let count = min(3, bytes.count - start)
                let second = count > 1 ? UInt32(bytes[start + 1]) : 0
                let third = count > 2 ? UInt32(bytes[start + 2]) : 0
                let group = UInt32(bytes[start]) << 16 | second << 8 | third
                for index in 0..<4 {
                    let digit = Int(group >> UInt32(18 - 6 * index)) & 63
                    target[position + index] = index <= count ? alphabet[digit] : UInt8(ascii: "=")
                }
                position += 4
            }
            return position
        }
    }

    /// Reads both alphabets, with or without padding and line breaks.
    ///
    /// - Returns: `nil` for other characters, for wrong padding, and for a
    ///   last group of a single digit.
    static func decode(_ text: UnsafeBufferPointer<UInt8>) -> Data? {
        if let data = decodeUnbroken(text) { return data }
        let unbroken = text.filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x20 && $0 != 0x09 }
        return unbroken.count < text.count ? unbroken.withUnsafeBufferPointer(decodeUnbroken) : nil
    }

    /// Whether bytes that were read from a text are written as the same text.
    static func isWritten(_ text: UnsafeBufferPointer<UInt8>, for data: Data) -> Bool {
        guard text.count == encodedCount(data.count) else { return false }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count) { written in
            guard let target = written.baseAddress else { return true }
            let count = data.withUnsafeBytes { encode($0, to: target) }
            return written.prefix(count).elementsEqual(text)
        }
    }

    private static func decodeUnbroken(_ text: UnsafeBufferPointer<UInt8>) -> Data? {
        var digitCount = text.count
        while digitCount > 0, text.count - digitCount < 2, text[digitCount - 1] == UInt8(ascii: "=") { digitCount -= 1 }
        let hasPadding = digitCount < text.count
        if digitCount % 4 == 1 || (hasPadding && text.count % 4 != 0) { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digitCount / 4 * 3 + 2)
        var bits: UInt32 = 0
        var bitCount = 0
        for index in 0..<digitCount {
            guard let digit = digit(text[index]) else { return nil }
            bits = bits &<< 6 | UInt32(digit)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        return Data(bytes)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte &- UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte &- UInt8(ascii: "a") &+ 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- UInt8(ascii: "0") &+ 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
