/// The shortest decimal that reads back as a number, for numbers of a usual size.
///
/// What is exact in 128 bits needs no tables and no big integers: `x = c × 2^q` with
/// powers of five below 2^64. The digits are those that Schubfach finds (Raffaele Giulietti,
/// "The Schubfach way to render doubles", 2020), and those of `description`.
struct ShortestDecimal {
    /// The digits, without zeros at their end.
    private(set) var digits: UInt64
    /// The power of ten that they are to be multiplied by.
    private(set) var exponent: Int

    /// The most bytes that ``write(to:)`` writes to, some of them only meanwhile.
    static let longestText = 40

    /// - Returns: `nil` unless the magnitude is from 0.0001 to 10^15 and the number has a fraction.
    @inline(__always)
    init?(_ value: Double) {
        let magnitude = value.magnitude
        guard magnitude >= 1e-4, magnitude < 1e15 else { return nil }
        if let millionths = Self.millionths(magnitude) {
            digits = millionths
            exponent = -6
            removeZeros(4, 10_000)
            removeZeros(2, 100)
            removeZeros(1, 10)
            return
        }
        let bits = magnitude.bitPattern
        let fraction = bits & (1 << 52 &- 1)
        let significand = fraction | 1 << 52
        let power = Int(bits >> 52) &- 1075
        // At 2^52 the neighbor below is at half the distance.
        let isEdge = fraction == 0
        // floor(log10(2^power)), and of three quarters of that.
        let scale = (power &* 1_262_611 &- (isEdge ? 524_031 : 0)) >> 22
        guard scale < 0, power &- scale < 0 else { return nil }
        let five = PowersOfTen.fives[-scale]
        // Everything is in quarters of 10^scale × 2^shift.
        let shift = scale &- power &+ 2
        let middle = Wide(significand &<< 2, times: five, shift)
        let lower = Wide(significand &<< 2 &- (isEdge ? 1 : 2), times: five, shift)
        let upper = Wide(significand &<< 2 &+ 2, times: five, shift)
        // The ends round to this number where it is even.
        let isEven = significand & 1 == 0
        let tens = middle.whole / 10
        let below = lower.isBelow(tens &* 10, orAt: isEven)
        let above = upper.isAbove(tens &* 10 &+ 10, orAt: isEven)
        if below != above {
            digits = below ? tens : tens &+ 1
            exponent = scale &+ 1
            removeZeros()
            return
        }
        let whole = middle.whole
        exponent = scale
        let isBelow = lower.isBelow(whole, orAt: isEven)
        let isAbove = upper.isAbove(whole &+ 1, orAt: isEven)
        if isBelow != isAbove {
            digits = isBelow ? whole : whole &+ 1
        } else {
            let half: UInt64 = 1 &<< (UInt64(shift) &- 1)
            digits = middle.rest > half || middle.rest == half && whole & 1 == 1 ? whole &+ 1 : whole
        }
    }

    /// The number in millionths, if it is a whole number of them, as prices and coordinates
    /// are. It has up to 15 digits: no two such decimals are the same `Double`, so there is no
    /// shorter one.
    @inline(__always)
    private static func millionths(_ magnitude: Double) -> UInt64? {
        guard magnitude < 1e9 else { return nil }
        let count = Int64(magnitude * 1e6 + 0.5)
        return Double(count) / 1e6 == magnitude ? UInt64(count) : nil
    }

    /// Takes eight, four, two and one at once: there are up to fifteen.
    @inline(__always)
    private mutating func removeZeros() {
        removeZeros(8, 100_000_000)
        removeZeros(4, 10_000)
        removeZeros(2, 100)
        removeZeros(1, 10)
    }

    @inline(__always)
    private mutating func removeZeros(_ count: Int, _ power: UInt64) {
        let quotient = digits / power
        if quotient &* power == digits {
            digits = quotient
            exponent &+= count
        }
    }

    /// Writes the number as a decimal fraction.
    ///
    /// - Returns: The number of bytes.
    @inline(__always)
    func write(to target: UnsafeMutablePointer<UInt8>) -> Int {
        let count = Digits.count(digits)
        let point = count &+ exponent
        if point <= 0 {
            let zeros = 2 &- point
            for index in 0..<zeros { target[index] = UInt8(ascii: "0") }
            target[1] = UInt8(ascii: ".")
            Digits.write(digits, count: count, to: target + zeros)
            return zeros &+ count
        }
        Digits.write(digits, count: count, to: target)
        // The fraction moves on by a byte, to make room for the point. It has up to 17.
        let fraction = UnsafeMutableRawPointer(target + point)
        let bytes = (
            fraction.loadUnaligned(as: UInt64.self), fraction.loadUnaligned(fromByteOffset: 8, as: UInt64.self),
            fraction.loadUnaligned(fromByteOffset: 16, as: UInt8.self)
        )
        fraction.storeBytes(of: bytes.0, toByteOffset: 1, as: UInt64.self)
        fraction.storeBytes(of: bytes.1, toByteOffset: 9, as: UInt64.self)
        fraction.storeBytes(of: bytes.2, toByteOffset: 17, as: UInt8.self)
        target[point] = UInt8(ascii: ".")
        return count &+ 1
    }

    /// A product, over a power of two: its whole part and the rest.
    private struct Wide {
        let whole: UInt64
        let rest: UInt64

        @inline(__always)
        init(_ left: UInt64, times right: UInt64, _ shift: Int) {
            let product = left.multipliedFullWidth(by: right)
            whole = product.high &<< UInt64(64 &- shift) | product.low &>> UInt64(shift)
            rest = product.low & (1 &<< UInt64(shift) &- 1)
        }

        @inline(__always)
        func isBelow(_ integer: UInt64, orAt isClosed: Bool) -> Bool {
            whole < integer || isClosed && whole == integer && rest == 0
        }

        @inline(__always)
        func isAbove(_ integer: UInt64, orAt isClosed: Bool) -> Bool {
            whole > integer || whole == integer && (rest > 0 || isClosed)
        }
    }
}
