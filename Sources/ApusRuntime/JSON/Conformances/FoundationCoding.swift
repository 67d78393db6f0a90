#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Numbers of up to 38 significant digits are read exactly; further digits are rounded.
extension Decimal: JSONCoding {
    public init(from value: inout ValueReader) {
        let start = value.state.pointee.cursor
        guard let token = value.state.pointee.scanNumber("Decimal") else {
            self = 0
            return
        }
        if let decimal = token.decimal {
            self = decimal
        } else {
            value.state.pointee.fail("the number does not fit Decimal", at: start)
            self = 0
        }
    }

    public func encode(to value: inout ValueWriter) {
        if let number = JSONNumber(self) { value.number(number) } else { value.fail("JSON has no NaN") }
    }

    public func parameterForm() -> ParameterForm { .text(description) }
}

extension NumberToken {
    /// The number as a `Decimal`; `nil` beyond its range.
    var decimal: Decimal? {
        if digitCount == 0 { return 0 }
        // A Decimal is a 128-bit integer, which holds any of 38 digits, and a power of ten from -128 to 127.
        guard digitCount + exponent <= 127 + 38, digitCount + exponent >= -128 else { return nil }
        let sign: FloatingPointSign = isNegative ? .minus : .plus
        if digitCount <= Self.exactDigits, exponent >= -128, exponent <= 127 {
            return Decimal(sign: sign, exponent: exponent, significand: Decimal(digits))
        }
        let dropped = max(0, digitCount - 38, -128 - exponent)
        let significand = significand(without: dropped)
        if significand.isZero || exponent + dropped > 127 { return nil }
        return Decimal(sign: sign, exponent: exponent + dropped, significand: significand)
    }

    /// The significant digits as an integer.
    ///
    /// - Parameter dropped: How many of the last ones to leave out; half of the last that
    ///   stays, or more, is rounded up.
    private func significand(without dropped: Int) -> Decimal {
        let kept = digitCount - dropped
        // Each half fits 64 bits.
        var halves: (first: UInt64, second: UInt64) = (0, 0)
        var seen = 0
        var position = start
        while seen <= kept, position < end, position.pointee | 0x20 != UInt8(ascii: "e") {
            let digit = position.pointee &- UInt8(ascii: "0")
            position += 1
            if digit > 9 || (seen == 0 && digit == 0) { continue }
            if seen < min(kept, Self.exactDigits) {
                halves.first = halves.first * 10 + UInt64(digit)
            } else if seen < kept {
                halves.second = halves.second * 10 + UInt64(digit)
            } else if digit >= 5 {
                halves.second += 1
            }
            seen += 1
        }
        let scale = Decimal(sign: .plus, exponent: max(0, kept - Self.exactDigits), significand: 1)
        return Decimal(halves.first) * scale + Decimal(halves.second)
    }
}

/// A date and time as RFC 3339 writes it. The other forms of ISO 8601 that servers send are read,
/// too: without an offset as UTC, and a day alone as its midnight in UTC.
extension Date: JSONCoding {
    public init(from value: inout ValueReader) {
        if value.state.pointee.isTolerant, let date = value.state.pointee.readDateInOtherForm() {
            self = date
            return
        }
        // In a union, a text in another form is rather a text.
        let exactly = value.state.pointee.isTrying
        self = value.readText("a date and time (RFC 3339)") { InternetTime.date($0, exactly: exactly) } ?? Date(timeIntervalSinceReferenceDate: 0)
    }

    public func encode(to value: inout ValueWriter) {
        value.writeText(atMost: InternetTime.longestText, "the date is outside of the years 0 to 9999") {
            InternetTime.write(self, to: $0)
        }
    }

    public func parameterForm() -> ParameterForm {
        let text = WrittenNumber.bytes { encode(to: &$0) }
        return text.first == UInt8(ascii: "\"") ? .text(String(decoding: text.dropFirst().dropLast(), as: UTF8.self)) : .none
    }
}

extension UUID: JSONCoding {
    public init(from value: inout ValueReader) {
        self = value.readText("a UUID") { UUIDText.uuid($0) } ?? UUIDText.zero
    }

    public func encode(to value: inout ValueWriter) {
        value.writeText(atMost: 36, "") { UUIDText.write(self, to: $0) }
    }

    public func parameterForm() -> ParameterForm { .text(uuidString.lowercased()) }
}

/// Binary data as base64 (RFC 4648, section 4). The alphabet of section 5,
/// missing padding, and line breaks (RFC 2045, section 6.8) are tolerated in reading.
extension Data: JSONCoding {
    public init(from value: inout ValueReader) {
        // Many other texts could be base64 too, so a trial takes it only as it would be written.
        let isTrial = value.state.pointee.isTrying
        let data = value.readText("base64 (RFC 4648)") { text in
            Base64.decode(text).flatMap { !isTrial || Base64.isWritten(text, for: $0) ? $0 : nil }
        }
        self = data ?? Data()
    }

    public func encode(to value: inout ValueWriter) {
        withUnsafeBytes { bytes in
            value.writeText(atMost: Base64.encodedCount(bytes.count), "") { Base64.encode(bytes, to: $0) }
        }
    }

    public func parameterForm() -> ParameterForm { .text(base64EncodedString()) }
}

extension URL: JSONCoding {
    public init(from value: inout ValueReader) {
        let url = value.readText("a URL") { URL(string: String(decoding: $0, as: UTF8.self)) }
        self = url ?? URL(fileURLWithPath: "/")
    }

    public func encode(to value: inout ValueWriter) {
        value.string(absoluteString)
    }

    public func parameterForm() -> ParameterForm { .text(absoluteString) }
}

extension ValueReader {
    /// Reads a string whose content has a form of its own.
    ///
    /// - Parameters:
    ///   - form: What the string must be, for the fault.
    ///   - parse: Returns `nil` if the content is not of that form.
    mutating func readText<Value>(
        _ form: StaticString, _ parse: (UnsafeBufferPointer<UInt8>) -> Value?
    ) -> Value? {
        let start = state.pointee.cursor
        guard let token = state.pointee.scanString() else { return nil }
        guard let value = parse(state.pointee.content(of: token)) else {
            state.pointee.fail("the string is not \(form)", at: start)
            return nil
        }
        return value
    }
}

extension ValueWriter {
    /// Writes a string that needs no escapes.
    ///
    /// - Parameters:
    ///   - limit: The most bytes the content has.
    ///   - message: The fault if there is no content.
    ///   - body: Writes the content and returns its length; `nil` if there is none.
    mutating func writeText(
        atMost limit: Int, _ message: String, _ body: (UnsafeMutablePointer<UInt8>) -> Int?
    ) {
        var isWritten = true
        state.pointee.append(atMost: limit + 2) { target in
            guard let count = body(target + 1) else {
                isWritten = false
                return 0
            }
            target[0] = UInt8(ascii: "\"")
            target[count + 1] = UInt8(ascii: "\"")
            return count + 2
        }
        if !isWritten { fail(message) }
    }
}
