extension NumberToken {
    /// The nearest `Double`, ties to even; infinite beyond its range.
    var double: Double {
        if digitCount == 0 { return isNegative ? -0.0 : 0.0 }
        if digitCount <= Self.exactDigits {
            if digits <= 1 &<< 53, exponent >= -22, exponent <= 22 {
                // Both operands are exact, so one operation rounds correctly.
                let magnitude = exponent < 0
                    ? Double(digits) / PowersOfTen.exactDoubles[-exponent]
                    : Double(digits) * PowersOfTen.exactDoubles[exponent]
                return isNegative ? -magnitude : magnitude
            }
            if let scaled = ScaledInteger(digits, timesTenTo: exponent) {
                let (significand, power) = scaled.rounded(toBits: 53)
                // Both factors are exact, and powers up to 2^±200 are all there can be.
                let magnitude = Double(significand) * Double(bitPattern: UInt64(1023 &+ power) &<< 52)
                return isNegative ? -magnitude : magnitude
            }
        }
        // The grammar is a subset of what the standard library reads, correctly rounded.
        return Double(text) ?? .infinity
    }

    /// The nearest `Float`, ties to even; infinite beyond its range.
    var float: Float {
        if digitCount == 0 { return isNegative ? -0.0 : 0.0 }
        if digitCount <= Self.exactDigits, let scaled = ScaledInteger(digits, timesTenTo: exponent) {
            let (significand, power) = scaled.rounded(toBits: 24)
            let magnitude = Float(sign: .plus, exponent: power, significand: Float(significand))
            return isNegative ? -magnitude : magnitude
        }
        return Float(text) ?? .infinity
    }
}

/// A number as `significand × 2^power`, where bits were cut off only if `isInexact`.
///
/// The significand keeps at least 63 bits, more than any type rounds to, so
/// rounding it once gives the correctly rounded result.
struct ScaledInteger {
    private let significand: UInt64
    private let power: Int
    private let isInexact: Bool

    /// - Returns: `nil` where 5 to the power of `exponent` exceeds 64 bits.
    init?(_ digits: UInt64, timesTenTo exponent: Int) {
        guard digits != 0, exponent >= -27, exponent <= 27 else { return nil }
        let five = PowersOfTen.fives[abs(exponent)]
        if exponent >= 0 {
            let product = digits.multipliedFullWidth(by: five)
            if product.high == 0 {
                significand = product.low
                power = exponent
                isInexact = false
            } else {
                let shift = 64 - product.high.leadingZeroBitCount
                significand = product.high << (64 - shift) | product.low >> shift
                power = exponent + shift
                isInexact = product.low << (64 - shift) != 0
            }
        } else {
            // Both operands are shifted to use all 64 bits; the dividend then
            // has one bit less than the divisor in its upper half.
            let digitShift = digits.leadingZeroBitCount
            let fiveShift = five.leadingZeroBitCount
            let dividend = digits << digitShift
            let (quotient, remainder) = (five << fiveShift)
                .dividingFullWidth((high: dividend >> 1, low: dividend << 63))
            significand = quotient
            power = fiveShift - digitShift - 63 + exponent
            isInexact = remainder != 0
        }
    }

    /// Rounds to the nearest number of so many bits, ties to even.
    func rounded(toBits bits: Int) -> (significand: UInt64, power: Int) {
        let excess = 64 - significand.leadingZeroBitCount - bits
        guard excess > 0 else { return (significand, power) }
        var kept = significand >> excess
        let cut = significand & (1 << excess &- 1)
        let half: UInt64 = 1 << (excess - 1)
        if cut > half || (cut == half && (isInexact || kept & 1 == 1)) { kept += 1 }
        return (kept, power + excess)
    }
}

enum PowersOfTen {
    /// The powers of ten that `Double` represents exactly.
    static let exactDoubles: [Double] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ]

    /// The powers of five below 2 to the 64th.
    static let fives: [UInt64] = [
        1, 5, 25, 125, 625, 3_125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625,
        1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125, 3_814_697_265_625,
        19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125, 2_384_185_791_015_625, 11_920_928_955_078_125,
        59_604_644_775_390_625, 298_023_223_876_953_125, 1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
    ]
}
