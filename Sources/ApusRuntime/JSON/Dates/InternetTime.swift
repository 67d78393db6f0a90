#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Dates and times as RFC 3339, section 5.6, writes them.
///
/// Reading also accepts offsets without a colon (`+0200`) and of hours alone
/// (`+02`), which ISO 8601 allows and many servers send.
enum InternetTime {
    /// Bytes of `2018-09-21T05:26:40.496000000Z`.
    static let longestText = 30

    private static let secondsPerDay = 86_400
    private static let nanosecondsPerSecond = 1_000_000_000

    // MARK: Reading

    /// - Returns: `nil` if the text is not a date and time. Digits of the
    ///   second beyond nanoseconds are dropped.
    static func date(_ text: UnsafeBufferPointer<UInt8>) -> Date? {
        var text = DateText(text)
        guard let day = text.fullDate(), CivilDay.isValid(day), text.take(oneOf: "Tt "),
            let hour = text.number(digits: 2), hour < 24, text.take(oneOf: ":"),
            let minute = text.number(digits: 2), minute < 60, text.take(oneOf: ":"),
            // A leap second is the one before the next minute's first; Date has no place for it.
            let second = text.number(digits: 2), second <= 60
        else { return nil }
        var nanoseconds = 0
        if text.take(oneOf: ".") {
            guard let fraction = text.nanoseconds() else { return nil }
            nanoseconds = fraction
        }
        guard let offset = text.offsetInSeconds(), text.isAtEnd else { return nil }
        let seconds = CivilDay.days(to: day) * secondsPerDay + hour * 3600 + minute * 60 + second - offset
        return date(seconds: seconds, nanoseconds: nanoseconds)
    }

    /// - Parameter seconds: Since 2001-01-01T00:00:00Z.
    private static func date(seconds: Int, nanoseconds: Int) -> Date {
        Date(timeIntervalSinceReferenceDate: Double(seconds) + Double(nanoseconds) / 1e9)
    }

    // MARK: Writing

    /// Writes a date in UTC, with as many groups of three digits after the
    /// second as it takes to read the same date, three at most.
    ///
    /// - Returns: The length; `nil` outside of the years 0 to 9999.
    static func write(_ date: Date, to target: UnsafeMutablePointer<UInt8>) -> Int? {
        let interval = date.timeIntervalSinceReferenceDate
        // Years 0 and 9999 and then some, so that the conversions cannot fail.
        guard interval > -1e11, interval < 1e12 else { return nil }
        let (seconds, nanoseconds) = parts(of: interval)
        let days = Int((Double(seconds) / Double(secondsPerDay)).rounded(.down))
        guard days >= CivilDay.days(to: .init(year: 0, month: 1, day: 1)),
            days <= CivilDay.days(to: .init(year: 9999, month: 12, day: 31))
        else { return nil }
        let day = CivilDay.date(afterDays: days)
        let secondOfDay = seconds - days * secondsPerDay
        write(day, to: target)
        target[10] = UInt8(ascii: "T")
        writeNumber(secondOfDay / 3600, digits: 2, to: target + 11)
        target[13] = UInt8(ascii: ":")
        writeNumber(secondOfDay / 60 % 60, digits: 2, to: target + 14)
        target[16] = UInt8(ascii: ":")
        writeNumber(secondOfDay % 60, digits: 2, to: target + 17)
        var count = 19
        if nanoseconds != 0 {
            var fraction = nanoseconds
            var digits = 9
            while fraction % 1000 == 0 {
                fraction /= 1000
                digits -= 3
            }
            target[count] = UInt8(ascii: ".")
            writeNumber(fraction, digits: digits, to: target + count + 1)
            count += 1 + digits
        }
        target[count] = UInt8(ascii: "Z")
        return count + 1
    }

    /// Writes ten bytes: `2018-09-21`.
    static func write(_ day: CivilDay.Components, to target: UnsafeMutablePointer<UInt8>) {
        writeNumber(day.year, digits: 4, to: target)
        target[4] = UInt8(ascii: "-")
        writeNumber(day.month, digits: 2, to: target + 5)
        target[7] = UInt8(ascii: "-")
        writeNumber(day.day, digits: 2, to: target + 8)
    }

    private static func writeNumber(_ value: Int, digits: Int, to target: UnsafeMutablePointer<UInt8>) {
        Digits.write(UInt64(truncatingIfNeeded: value), count: digits, to: target)
    }

    /// The shortest of milli-, micro- and nanoseconds that reads back as the
    /// same date: a Double near today resolves only about 120 nanoseconds.
    private static func parts(of interval: Double) -> (seconds: Int, nanoseconds: Int) {
        let whole = interval.rounded(.down)
        let fraction = interval - whole
        var parts = (seconds: Int(whole), nanoseconds: 0)
        for unit in [1, 1_000, 1_000_000, nanosecondsPerSecond] {
            let count = Int((fraction * Double(unit)).rounded())
            parts = (Int(whole), count * (nanosecondsPerSecond / unit))
            if parts.nanoseconds == nanosecondsPerSecond { parts = (Int(whole) + 1, 0) }
            if date(seconds: parts.seconds, nanoseconds: parts.nanoseconds).timeIntervalSinceReferenceDate == interval { break }
        }
        return parts
    }
}

/// Takes the parts of a date and time off the front of a text.
struct DateText {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    /// `2018-09-21`, not checked for existence.
    mutating func fullDate() -> CivilDay.Components? {
        guard let year = number(digits: 4), take(oneOf: "-"), let month = number(digits: 2), take(oneOf: "-"),
            let day = number(digits: 2)
        else { return nil }
        return CivilDay.Components(year: year, month: month, day: day)
    }

    mutating func take(oneOf characters: StaticString) -> Bool {
        guard position < text.count else { return false }
        let byte = text[position]
        guard characters.withUTF8Buffer({ $0.contains(byte) }) else { return false }
        position += 1
        return true
    }

    private mutating func digit() -> Int? {
        guard position < text.count else { return nil }
        let digit = text[position] &- UInt8(ascii: "0")
        guard digit <= 9 else { return nil }
        position += 1
        return Int(digit)
    }

    mutating func number(digits: Int) -> Int? {
        var value = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The digits of a second's fraction, of which nine count.
    mutating func nanoseconds() -> Int? {
        guard var value = digit() else { return nil }
        var count = 1
        while let digit = digit() {
            if count < 9 {
                value = value * 10 + digit
                count += 1
            }
        }
        while count < 9 {
            value *= 10
            count += 1
        }
        return value
    }

    /// `Z`, `+02:00`, `+0200` or `+02`.
    mutating func offsetInSeconds() -> Int? {
        if take(oneOf: "Zz") { return 0 }
        let isNegative = take(oneOf: "-")
        guard isNegative || take(oneOf: "+"), let hours = number(digits: 2), hours < 24 else { return nil }
        var minutes = 0
        if !isAtEnd {
            _ = take(oneOf: ":")
            guard let written = number(digits: 2), written < 60 else { return nil }
            minutes = written
        }
        let seconds = hours * 3600 + minutes * 60
        return isNegative ? -seconds : seconds
    }
}
