#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// A day of the calendar without a time or a time zone, such as a birthday:
/// `2024-02-29` (RFC 3339, `full-date`).
public struct CalendarDate: Sendable, Hashable {
    /// From 0 to 9999.
    public let year: Int
    /// From 1 to 12.
    public let month: Int
    /// From 1 to the number of days in the month.
    public let day: Int

    /// - Returns: `nil` if there is no such day in the Gregorian calendar.
    public init?(year: Int, month: Int, day: Int) {
        self.init(CivilDay.Components(year: year, month: month, day: day))
    }

    private init?(_ components: CivilDay.Components) {
        guard CivilDay.isValid(components) else { return nil }
        year = components.year
        month = components.month
        day = components.day
    }

    private var components: CivilDay.Components {
        CivilDay.Components(year: year, month: month, day: day)
    }

    // MARK: Dates

    /// The day that it is at a moment in a time zone.
    ///
    /// - Returns: `nil` outside of the years 0 to 9999.
    public init?(_ date: Date, in timeZone: TimeZone) {
        let seconds = date.timeIntervalSinceReferenceDate + Double(timeZone.secondsFromGMT(for: date))
        // Years 0 and 9999 and then some, so that the conversion cannot fail.
        guard seconds > -1e11, seconds < 1e12 else { return nil }
        let days = Int((seconds / 86_400).rounded(.down))
        guard days >= CivilDay.days(to: .init(year: 0, month: 1, day: 1)) else { return nil }
        self.init(CivilDay.date(afterDays: days))
    }

    /// The moment at which this day begins in a time zone: midnight, or the
    /// first moment after it where the clocks skip midnight.
    public func start(in timeZone: TimeZone) -> Date {
        let midnight = Double(CivilDay.days(to: components)) * 86_400
        // The offset is needed at the moment that is looked for. Of the
        // offsets before and after, the one that makes the earliest moment
        // on this day is right.
        let offsets = [-86_400.0, 86_400.0].map { distance in
            timeZone.secondsFromGMT(for: Date(timeIntervalSinceReferenceDate: midnight + distance))
        }
        let candidates = offsets.map { Date(timeIntervalSinceReferenceDate: midnight - Double($0)) }.sorted()
        return candidates.first { CalendarDate($0, in: timeZone) == self } ?? candidates[1]
    }
}

extension CalendarDate: Comparable {
    public static func < (left: Self, right: Self) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }
}

extension CalendarDate: LosslessStringConvertible {
    /// - Parameter description: `2024-02-29`, in exactly this form.
    public init?(_ description: String) {
        var description = description
        guard let date = description.withUTF8({ CalendarDate(text: $0, exactly: true) }) else { return nil }
        self = date
    }

    /// - Parameter exactly: Accept no time after the day.
    fileprivate init?(text: UnsafeBufferPointer<UInt8>, exactly: Bool) {
        var text = DateText(text)
        guard let components = text.fullDate(allowingBasic: !exactly) else { return nil }
        if !text.isAtEnd {
            // The day is the one that is written, wherever that is.
            guard !exactly, text.take(oneOf: "Tt "), text.time(exactly: false) != nil,
                text.offsetInSeconds(mayBeAbsent: true) != nil, text.isAtEnd
            else { return nil }
        }
        self.init(components)
    }

    /// `2024-02-29`
    public var description: String {
        String(unsafeUninitializedCapacity: 10) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            InternetTime.write(components, to: base)
            return 10
        }
    }
}

extension CalendarDate: JSONCoding, Codable {
    public init(from value: inout ValueReader) {
        // In a union, a text with a time is rather what has a time.
        let exactly = value.state.pointee.isTrying
        self = value.readText("a date (RFC 3339)") { CalendarDate(text: $0, exactly: exactly) } ?? CalendarDate.placeholder
    }

    private init(year: Int) {
        self.year = year
        month = 1
        day = 1
    }

    private static var placeholder: CalendarDate { CalendarDate(year: 2001) }

    public func encode(to value: inout ValueWriter) {
        value.writeText(atMost: 10, "") { target in
            InternetTime.write(components, to: target)
            return 10
        }
    }

    public func parameterForm() -> ParameterForm { .text(description) }
}
