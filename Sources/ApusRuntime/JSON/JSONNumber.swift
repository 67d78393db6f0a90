#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A JSON number by its text, so that neither a 64-bit integer nor a long
/// decimal fraction loses anything.
///
/// Two numbers are equal when they have the same value, however written: `1`,
/// `1.0` and `10e-1`, and also `0` and `-0`.
public struct JSONNumber: Sendable, CustomStringConvertible {
    /// The text as it was read or will be written, in the grammar of RFC 8259, section 6.
    public let description: String

    /// - Returns: `nil` if the text is not a JSON number.
    public init?(_ text: String) {
        var copy = text
        let isNumber = copy.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return false }
            var state = ReaderState(start: base, count: bytes.count, keepsLastOfRepeated: false)
            // No white space, no byte order mark.
            return state.cursor == base && state.scanNumber() != nil && state.cursor == state.end
        }
        guard isNumber else { return nil }
        description = text
    }

    init(checkedText: String) {
        description = checkedText
    }

    /// A number that is an integer.
    public init(_ value: some BinaryInteger) {
        description = String(value)
    }

    /// - Returns: `nil` for numbers that are not finite.
    public init?(_ value: Double) {
        guard value.isFinite else { return nil }
        description = String(decoding: WrittenNumber.bytes { $0.double(value) }, as: UTF8.self)
    }

    /// - Returns: `nil` for what is not a number.
    public init?(_ value: Decimal) {
        guard value.isFinite else { return nil }
        self.init(value.description)
    }

    // MARK: Values

    /// The value as an `Int`, if it is one.
    public var int: Int? { integer() }

    /// The value as an `Int64`, if it is one.
    public var int64: Int64? { integer() }

    /// The value as a `UInt64`, if it is one.
    public var uint64: UInt64? { integer() }

    /// The nearest `Double`, or `nil` beyond its range.
    public var double: Double? {
        withToken { $0.double }.flatMap { $0.isInfinite ? nil : $0 }
    }

    /// The value as a `Decimal`, of up to 38 significant digits, or `nil` beyond its range.
    public var decimal: Decimal? {
        withToken { $0.decimal } ?? nil
    }

    private func integer<T: FixedWidthInteger>() -> T? {
        let value = withToken { token -> T? in
            guard case .value(let magnitude) = token.integer else { return nil }
            return T(magnitude: magnitude, isNegative: token.isNegative)
        }
        return value ?? nil
    }

    private func withToken<Result>(_ body: (NumberToken) -> Result) -> Result? {
        var text = description
        return text.withUTF8 { bytes in
            guard let base = bytes.baseAddress else { return nil }
            var state = ReaderState(start: base, count: bytes.count, keepsLastOfRepeated: false)
            return state.scanNumber().map(body)
        }
    }
}

extension JSONNumber: Hashable {
    /// A value without the freedom of writing it.
    private struct Canonical: Hashable {
        var isNegative = false
        /// Without leading and trailing zeros; empty for 0.
        var digits: [UInt8] = []
        var exponent = 0
    }

    private var canonical: Canonical {
        let value = withToken { token -> Canonical in
            var digits: [UInt8] = []
            var position = token.start
            while position < token.end, position.pointee | 0x20 != UInt8(ascii: "e") {
                let digit = position.pointee &- UInt8(ascii: "0")
                if digit <= 9, !(digits.isEmpty && digit == 0) { digits.append(digit) }
                position += 1
            }
            guard !digits.isEmpty else { return Canonical() }
            var exponent = token.exponent
            while digits.last == 0 {
                digits.removeLast()
                exponent += 1
            }
            return Canonical(isNegative: token.isNegative, digits: digits, exponent: exponent)
        }
        return value ?? Canonical()
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.description == right.description || left.canonical == right.canonical
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(canonical)
    }
}

extension JSONNumber: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    public init(integerLiteral value: Int) {
        self.init(value)
    }

    /// A literal beyond the range of `Double` becomes the greatest finite one.
    public init(floatLiteral value: Double) {
        let finite = max(-Double.greatestFiniteMagnitude, min(value, .greatestFiniteMagnitude))
        self.init(checkedText: JSONNumber(finite)?.description ?? "0")
    }
}

/// The text of numbers outside of a JSON text.
enum WrittenNumber {
    static func bytes(_ write: (inout ValueWriter) -> Void) -> [UInt8] {
        var state = WriterState()
        withUnsafeMutablePointer(to: &state) { pointer in
            var writer = ValueWriter(state: pointer)
            write(&writer)
        }
        return [UInt8](state.written)
    }
}

extension JSONNumber: JSONCoding, Codable {
    public init(from value: inout ValueReader) {
        let token = value.state.pointee.scanNumber()
        self.init(checkedText: token?.text ?? "0")
    }

    public func encode(to value: inout ValueWriter) {
        value.number(self)
    }

    public func parameterForm() -> ParameterForm { .text(description) }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let value = try? container.decode(Int64.self) {
            self.init(value)
        } else if let value = try? container.decode(UInt64.self) {
            self.init(value)
        } else {
            let double = try? container.decode(Double.self)
            // JSONDecoder reads a decimal from the text, which keeps more
            // digits; beyond Decimal's range they are the wrong ones.
            if let number = (try? container.decode(Decimal.self)).flatMap({ JSONNumber($0) }),
                double == nil || number.double == double
            {
                self = number
            } else if let number = double.flatMap({ JSONNumber($0) }) {
                self = number
            } else {
                throw DecodingError.typeMismatch(
                    JSONNumber.self, .init(codingPath: decoder.codingPath, debugDescription: "expected a number"))
            }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value = int64 {
            try container.encode(value)
        } else if let value = uint64 {
            try container.encode(value)
        } else if let double, JSONNumber(double) == self {
            try container.encode(double)
        } else if let decimal, JSONNumber(decimal) == self {
            try container.encode(decimal)
        } else if let double {
            try container.encode(double)
        } else {
            throw EncodingError.invalidValue(
                self, .init(codingPath: encoder.codingPath, debugDescription: "the number does not fit Double"))
        }
    }
}
