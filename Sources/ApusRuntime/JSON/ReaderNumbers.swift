/// A number token that has been checked against the grammar of RFC 8259, section 6.
struct NumberToken {
    let start: UnsafePointer<UInt8>
    let end: UnsafePointer<UInt8>
    let isNegative: Bool
    /// The significant digits as an integer, when `digitCount` is at most 19.
    let digits: UInt64
    /// How many digits there are from the first one that is not 0.
    let digitCount: Int
    /// The power of ten that scales `digits`; saturated far beyond any type's range.
    let exponent: Int

    var text: String {
        String(decoding: UnsafeBufferPointer(start: start, count: end - start), as: UTF8.self)
    }

    static let exactDigits = 19
}

extension ReaderState {
    /// Moves over the number at the cursor.
    ///
    /// - Returns: `nil` after a fault.
    mutating func scanNumber(_ expected: StaticString = "number") -> NumberToken? {
        var position = cursor
        guard position < end else {
            failUnexpected(expected)
            return nil
        }
        let isNegative = position.pointee == UInt8(ascii: "-")
        if isNegative { position += 1 }
        guard let first = digit(at: position) else {
            if isNegative {
                failSyntax("expected a digit after -", at: position)
            } else if isTolerant, let token = scanQuotedNumber(expected) {
                return token
            } else {
                failUnexpected(expected)
            }
            return nil
        }
        var digits = DigitRun()
        if first == 0 {
            position += 1
            if digit(at: position) != nil {
                fail("a number starts with a superfluous 0", at: cursor)
                return nil
            }
        } else {
            digits.take(from: &position, end: end)
        }
        var exponent = 0
        if position < end, position.pointee == UInt8(ascii: ".") {
            position += 1
            let fraction = position
            digits.take(from: &position, end: end)
            exponent = fraction - position
            if exponent == 0 {
                failSyntax("expected a digit after the decimal point", at: position)
                return nil
            }
        }
        if position < end, position.pointee | 0x20 == UInt8(ascii: "e") {
            position += 1
            guard let written = scanExponent(&position) else {
                failSyntax("expected a digit in the exponent", at: position)
                return nil
            }
            exponent += written
        }
        let token = NumberToken(
            start: cursor, end: position, isNegative: isNegative,
            digits: digits.value, digitCount: digits.count, exponent: exponent)
        cursor = position
        return token
    }

    @inline(__always)
    private func digit(at position: UnsafePointer<UInt8>) -> UInt8? {
        guard position < end else { return nil }
        let digit = position.pointee &- UInt8(ascii: "0")
        return digit <= 9 ? digit : nil
    }

    private func scanExponent(_ position: inout UnsafePointer<UInt8>) -> Int? {
        var isNegative = false
        if position < end, position.pointee == UInt8(ascii: "-") || position.pointee == UInt8(ascii: "+") {
            isNegative = position.pointee == UInt8(ascii: "-")
            position += 1
        }
        guard digit(at: position) != nil else { return nil }
        var value = 0
        while let digit = digit(at: position) {
            // Longer than any text of digits that could make up for it.
            if value < 1 &<< 52 { value = value &* 10 &+ Int(digit) }
            position += 1
        }
        return isNegative ? -value : value
    }

    // MARK: Integers

    /// The integer at the cursor; integral forms such as `1.0` and `1e3` count.
    mutating func readInteger<T: FixedWidthInteger>(_ expected: StaticString) -> T {
        var position = cursor
        let isNegative = position < end && position.pointee == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var magnitude: UInt64 = 0
        while let digit = digit(at: position) {
            magnitude = magnitude &* 10 &+ UInt64(digit)
            position += 1
        }
        let count = position - first
        // 19 digits cannot overflow; the rest is left to the careful way.
        let isPlain = count >= 1 && count <= 19 && (count == 1 || first.pointee != UInt8(ascii: "0"))
            && (position == end || (position.pointee != UInt8(ascii: ".") && position.pointee | 0x20 != UInt8(ascii: "e")))
        guard isPlain else { return readUnusualInteger(expected) }
        guard let value = T(magnitude: magnitude, isNegative: isNegative) else {
            fail("the number does not fit \(expected)", at: cursor)
            return 0
        }
        cursor = position
        return value
    }

    @inline(never)
    private mutating func readUnusualInteger<T: FixedWidthInteger>(_ expected: StaticString) -> T {
        let start = cursor
        guard let token = scanNumber(expected) else { return 0 }
        switch token.integer {
        case .value(let magnitude):
            if let value = T(magnitude: magnitude, isNegative: token.isNegative) { return value }
            fail("the number does not fit \(expected)", at: start)
        case .tooLarge:
            fail("the number does not fit \(expected)", at: start)
        case .fractional:
            fail("expected \(expected), found a number with a fraction", at: start)
        }
        return 0
    }

    // MARK: Floating point

    mutating func readDouble() -> Double {
        let start = cursor
        guard let token = scanNumber("Double") else { return 0 }
        let value = token.double
        if value.isInfinite { fail("the number does not fit Double", at: start) }
        return value
    }

    mutating func readFloat() -> Float {
        let start = cursor
        guard let token = scanNumber("Float") else { return 0 }
        let value = token.float
        if value.isInfinite { fail("the number does not fit Float", at: start) }
        return value
    }
}

/// Collects digits.
private struct DigitRun {
    private(set) var value: UInt64 = 0
    private(set) var count = 0

    @inline(__always)
    mutating func take(from position: inout UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) {
        if count == 0 {
            while position < end, position.pointee == UInt8(ascii: "0") { position += 1 }
        }
        let first = position
        while end - position >= 8, let number = EightBytes(at: position).number {
            value = value &* 100_000_000 &+ number
            position += 8
        }
        while position < end {
            let digit = position.pointee &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            value = value &* 10 &+ UInt64(digit)
            position += 1
        }
        count &+= position - first
    }
}

extension FixedWidthInteger {
    @inline(__always)
    init?(magnitude: UInt64, isNegative: Bool) {
        if !isNegative {
            self.init(exactly: magnitude)
        } else if magnitude <= 1 &<< 63 {
            self.init(exactly: Int64(truncatingIfNeeded: 0 &- magnitude))
        } else {
            return nil
        }
    }
}

extension NumberToken {
    enum Integer {
        case value(UInt64)
        case tooLarge
        case fractional
    }

    /// The magnitude, if the number is an integer in whatever form.
    var integer: Integer {
        if digitCount == 0 { return .value(0) }
        // Where the decimal point falls, counted in significant digits.
        let integerDigits = digitCount + exponent
        if integerDigits <= 0 { return .fractional }
        var magnitude: UInt64 = 0
        var overflows = false
        var index = 0
        var position = start
        while position < end, index < digitCount {
            let digit = position.pointee &- UInt8(ascii: "0")
            position += 1
            if digit > 9 || (index == 0 && digit == 0) { continue }
            if index < integerDigits {
                overflows = overflows || !magnitude.append(digit)
            } else if digit != 0 {
                return .fractional
            }
            index += 1
        }
        while index < integerDigits, !overflows {
            overflows = !magnitude.append(0)
            index += 1
        }
        return overflows ? .tooLarge : .value(magnitude)
    }
}

extension UInt64 {
    /// Appends a decimal digit, unless the result would be too large.
    fileprivate mutating func append(_ digit: UInt8) -> Bool {
        let (product, overflow) = multipliedReportingOverflow(by: 10)
        let (sum, carry) = product.addingReportingOverflow(UInt64(digit))
        guard !overflow, !carry else { return false }
        self = sum
        return true
    }
}
