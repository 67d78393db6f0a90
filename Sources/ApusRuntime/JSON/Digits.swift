/// Decimal digits as ASCII.
enum Digits {
    /// Writes a number without leading zeros.
    ///
    /// - Returns: The number of digits, at most 20.
    @inline(__always)
    static func write(_ value: UInt64, to target: UnsafeMutablePointer<UInt8>) -> Int {
        let count = count(value)
        write(value, count: count, to: target)
        return count
    }

    /// How many digits a number has.
    @inline(__always)
    static func count(_ value: UInt64) -> Int {
        // Not zero, and of as many digits.
        let odd = value | 1
        // log10(2) is a little more than 1233 / 4096.
        let guess = ((64 &- odd.leadingZeroBitCount) &* 1233) &>> 12
        return guess &+ (odd >= powers[guess] ? 1 : 0)
    }

    /// Writes the last `count` digits of a number.
    @inline(__always)
    static func write(_ value: UInt64, count: Int, to target: UnsafeMutablePointer<UInt8>) {
        var rest = value
        var index = count
        // Eight at once, whose pairs do not wait for each other.
        while index >= 8 {
            index &-= 8
            let quotient = rest / 100_000_000
            let eight = UInt32(truncatingIfNeeded: rest &- quotient &* 100_000_000)
            let (high, low) = (eight / 10_000, eight % 10_000)
            writePair(high / 100, to: target + index)
            writePair(high % 100, to: target + index + 2)
            writePair(low / 100, to: target + index + 4)
            writePair(low % 100, to: target + index + 6)
            rest = quotient
        }
        var few = UInt32(truncatingIfNeeded: rest % 100_000_000)
        while index >= 2 {
            index &-= 2
            writePair(few % 100, to: target + index)
            few /= 100
        }
        if index > 0 { target[0] = UInt8(truncatingIfNeeded: few % 10) &+ UInt8(ascii: "0") }
    }

    /// - Parameter pair: Below 100.
    @inline(__always)
    private static func writePair(_ pair: UInt32, to target: UnsafeMutablePointer<UInt8>) {
        // A tenth of what is below 100.
        let tens = (pair &* 103) &>> 10
        let text = UInt16(truncatingIfNeeded: tens | (pair &- tens &* 10) &<< 8 | 0x3030)
        UnsafeMutableRawPointer(target).storeBytes(of: text.littleEndian, as: UInt16.self)
    }

    private static let powers: [UInt64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000, 10_000_000_000, 100_000_000_000,
        1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000, 1_000_000_000_000_000, 10_000_000_000_000_000,
        100_000_000_000_000_000, 1_000_000_000_000_000_000, 10_000_000_000_000_000_000,
    ]
}
