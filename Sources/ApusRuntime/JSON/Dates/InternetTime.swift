#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Dates and times as RFC 3339, section 5.6, writes them.
///
/// Reading also accepts the other forms of ISO 8601 that servers send: offsets
/// without a colon (`+0200`), of hours alone (`+02`) or left out, which means UTC,
/// a day without a time, a time without seconds, a comma before the fraction, and all
/// without hyphens and colons.
enum InternetTime {
    /// Bytes of `9999-12-31T05:26:40.496000000-23:59`.
    static let longestText = 35

    private static let secondsPerDay = 86_400
    private static let nanosecondsPerSecond = 1_000_000_000

    // MARK: Reading

    /// - Parameter exactly: Accept only what is a date and a time with an offset, as where a
    ///   text may be something else, too.
    /// - Returns: `nil` if the text is not a date and time. Digits of the
    ///   second beyond nanoseconds are dropped.
    static func date(_ text: UnsafeBufferPointer<UInt8>, exactly: Bool) -> Date? {
        var text = DateText(text)
        guard let day = text.fullDate(allowingBasic: !exactly), CivilDay.isValid(day) else { return nil }
        let midnight = CivilDay.days(to: day) * secondsPerDay
        if !exactly && text.isAtEnd { return date(seconds: midnight, nanoseconds: 0) }
        guard text.take(oneOf: "Tt "), let time = text.time(exactly: exactly),
            let offset = text.offsetInSeconds(mayBeAbsent: !exactly), text.isAtEnd
        else { return nil }
        return date(seconds: midnight + time.seconds - offset, nanoseconds: time.nanoseconds)
    }

    /// - Parameter seconds: Since 2001-01-01T00:00:00Z.
    static func date(seconds: Int, nanoseconds: Int) -> Date {
        let interval = Double(seconds) + Double(nanoseconds) / 1e9
        // .NET's greatest moment is the last 100 nanoseconds of the year 9999. There a
        // Double resolves only 30 microseconds, and the nearest is in another year.
        if interval == Double(seconds + 1), seconds + 1 == endOfCalendar {
            return Date(timeIntervalSinceReferenceDate: interval.nextDown)
        }
        return Date(timeIntervalSinceReferenceDate: interval)
    }

    /// The first second that RFC 3339 cannot write in UTC: 10000-01-01T00:00:00Z.
    private static let endOfCalendar = (CivilDay.days(to: .init(year: 9999, month: 12, day: 31)) + 1) * 86_400

    // MARK: Writing

    /// Writes a date in UTC, with as many digits after the second as it takes to
    /// read the same date: none, three, six, or up to nine.
    ///
    /// What is in the years 0 to 9999 only elsewhere is written with an offset.
    ///
    /// - Returns: The length; `nil` outside of the years 0 to 9999.
    static func write(_ date: Date, to target: UnsafeMutablePointer<UInt8>) -> Int? {
        let interval = date.timeIntervalSinceReferenceDate
        // Years 0 and 9999 and then some, so that the conversions cannot fail.
        guard interval > -1e11, interval < 1e12 else { return nil }
        let (seconds, nanoseconds) = parts(of: interval)
        let offset = seconds >= endOfCalendar ? -largestOffset : seconds < startOfCalendar ? largestOffset : 0
        let local = seconds + offset
        guard local >= startOfCalendar, local < endOfCalendar else { return nil }
        let days = Int((Double(local) / Double(secondsPerDay)).rounded(.down))
        let day = CivilDay.date(afterDays: days)
        let secondOfDay = local - days * secondsPerDay
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
            while fraction % 10 == 0 && (digits > 6 || fraction % 1000 == 0) {
                let step = digits > 6 ? 1 : 3
                for _ in 0..<step { fraction /= 10 }
                digits -= step
            }
            target[count] = UInt8(ascii: ".")
            writeNumber(fraction, digits: digits, to: target + count + 1)
            count += 1 + digits
        }
        guard offset != 0 else {
            target[count] = UInt8(ascii: "Z")
            return count + 1
        }
        target[count] = UInt8(ascii: offset < 0 ? "-" : "+")
        writeNumber(largestOffset / 3600, digits: 2, to: target + count + 1)
        target[count + 3] = UInt8(ascii: ":")
        writeNumber(largestOffset / 60 % 60, digits: 2, to: target + count + 4)
        return count + 6
    }

    private static let startOfCalendar = CivilDay.days(to: .init(year: 0, month: 1, day: 1)) * 86_400
    /// The largest that RFC 3339 can write: 23:59.
    private static let largestOffset = 86_340

    /// Writes ten bytes: `2018-09-21`.
    static func write(_ day: CivilDay.Components, to target: UnsafeMutablePointer<UInt8>) {
        writeNumber(day.year, digits: 4, to: target)
        target[4] = UInt8(ascii: "-")
        writeNumber(day.month, digits: 2, to: target + 5)
        target[7] = UInt8(ascii: "-")
        writeNumber(day.day, digits: 2, to: target + 8)
    }

    @inline(__always)
    private static func writeNumber(_ value: Int, digits: Int, to target: UnsafeMutablePointer<UInt8>) {
        Digits.write(UInt64(truncatingIfNeeded: value), count: digits, to: target)
    }

    private static let units = [1, 1_000, 1_000_000, 10_000_000, 100_000_000, nanosecondsPerSecond]

    /// The shortest fraction that reads back as the same date: a Double near today
    /// resolves only about 120 nanoseconds, and further digits would be made up.
    private static func parts(of interval: Double) -> (seconds: Int, nanoseconds: Int) {
        let whole = interval.rounded(.down)
        let fraction = interval - whole
        if fraction == 0 { return (Int(whole), 0) }
        var parts = (seconds: Int(whole), nanoseconds: 0)
        for unit in units {
            let count = Int((fraction * Double(unit)).rounded())
            parts = (Int(whole), count * (nanosecondsPerSecond / unit))
            if parts.nanoseconds == nanosecondsPerSecond { parts = (Int(whole) + 1, 0) }
            if date(seconds: parts.seconds, nanoseconds: parts.nanoseconds).timeIntervalSinceReferenceDate == interval { break }
        }
        return parts
    }
}
