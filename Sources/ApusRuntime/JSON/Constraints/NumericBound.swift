import Foundation

/// A number that others are compared with: exactly up to 38 digits.
struct NumericBound: Sendable {
    private let text: String
    private let decimal: Decimal?
    private let double: Double

    init(_ number: JSONNumber) {
        text = number.description
        decimal = number.decimal
        double = number.double ?? (number.description.hasPrefix("-") ? -.infinity : .infinity)
    }

    /// Whether a number is less than this one.
    func isGreater(than token: NumberToken) -> Bool {
        if let decimal, let value = token.decimal { return value < decimal }
        return token.double < double
    }

    /// Whether a number is greater than this one.
    func isLess(than token: NumberToken) -> Bool {
        if let decimal, let value = token.decimal { return value > decimal }
        return token.double > double
    }

    /// Whether a number is this one, any number of times.
    func divides(_ token: NumberToken) -> Bool {
        guard let decimal, let value = token.decimal else {
            return token.double.remainder(dividingBy: double) == 0
        }
        guard !decimal.isZero else { return true }
        var quotient = value / decimal
        var rounded = Decimal()
        NSDecimalRound(&rounded, &quotient, 0, .plain)
        return rounded * decimal == value
    }
}

extension NumericBound: CustomStringConvertible {
    var description: String { text }
}
