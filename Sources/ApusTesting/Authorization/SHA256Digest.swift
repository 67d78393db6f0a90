import Foundation

/// SHA-256 (FIPS 180-4), for PKCE: so that whoever only stubs builds no library of
/// cryptography.
enum SHA256Digest {
    /// The digest of a text, as RFC 7636 section 4.2 writes it.
    static func base64URL(of text: String) -> String {
        Data(digest(Array(text.utf8))).base64EncodedString()
            .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }

    static func digest(_ message: [UInt8]) -> [UInt8] {
        var bytes = message + [0x80]
        while bytes.count % 64 != 56 { bytes.append(0) }
        let bits = UInt64(message.count) * 8
        bytes += (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * UInt64($0))) }
        var hash = initial
        for start in stride(from: 0, to: bytes.count, by: 64) {
            compress(bytes[start..<(start + 64)], into: &hash)
        }
        return hash.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * UInt32($0))) } }
    }

    private static func compress(_ block: ArraySlice<UInt8>, into hash: inout [UInt32]) {
        var words = [UInt32](repeating: 0, count: 64)
        for index in 0..<16 {
            words[index] = (0..<4).reduce(0) { $0 << 8 | UInt32(block[block.startIndex + index * 4 + $1]) }
        }
        for index in 16..<64 {
            let (early, late) = (words[index - 15], words[index - 2])
            let first = rotated(early, 7) ^ rotated(early, 18) ^ (early >> 3)
            let second = rotated(late, 17) ^ rotated(late, 19) ^ (late >> 10)
            words[index] = words[index - 16] &+ first &+ words[index - 7] &+ second
        }
        var value = hash
        for index in 0..<64 {
            let (a, e) = (value[0], value[4])
            let choice = (e & value[5]) ^ (~e & value[6])
            let majority = (a & value[1]) ^ (a & value[2]) ^ (value[1] & value[2])
            let first = value[7] &+ (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) &+ choice &+ constants[index] &+ words[index]
            let second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) &+ majority
            value = [first &+ second, a, value[1], value[2], value[3] &+ first, e, value[5], value[6]]
        }
        for index in 0..<8 { hash[index] &+= value[index] }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word >> count | word << (32 - count)
    }

    private static let primes: [Int] = {
        var found: [Int] = []
        var candidate = 2
        while found.count < 64 {
            if found.allSatisfy({ candidate % $0 != 0 }) { found.append(candidate) }
            candidate += 1
        }
        return found
    }()

    /// The first 32 bits of the fractional parts of square roots (section 5.3.3).
    private static let initial: [UInt32] = [
        0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
    ]

    /// The first 32 bits of the fractional parts of cube roots (section 4.2.2), found by
    /// integers: the cube root of `prime * 2^96`, of which the lowest 32 bits are wanted.
    private static let constants: [UInt32] = primes.map { prime in
        var low: UInt64 = 0
        var high: UInt64 = 7 << 32
        while low < high {
            let middle = low + (high - low + 1) / 2
            if isCubeAtMost(middle, prime) { low = middle } else { high = middle - 1 }
        }
        return UInt32(truncatingIfNeeded: low)
    }

    /// Whether `root`³ ≤ `prime`·2⁹⁶.
    private static func isCubeAtMost(_ root: UInt64, _ prime: Int) -> Bool {
        let square = root.multipliedFullWidth(by: root)
        let lower = square.low.multipliedFullWidth(by: root)
        let upper = square.high.multipliedFullWidth(by: root)
        let (middle, carry) = lower.high.addingReportingOverflow(upper.low)
        let top = upper.high + (carry ? 1 : 0)
        // The words of prime·2⁹⁶, from the lowest: 0, prime·2³².
        let wanted = UInt64(prime).multipliedFullWidth(by: 1 << 32)
        if top != wanted.high { return top < wanted.high }
        return middle != wanted.low ? middle < wanted.low : lower.low == 0
    }
}
