/// Conversion between days and dates of the Gregorian calendar, which RFC 3339
/// extends to all years.
enum CivilDay {
    /// A day of the calendar, as numbers.
    struct Components: Equatable {
        var year: Int
        var month: Int
        var day: Int
    }

    /// The number of days in a month from 1 to 12.
    static func count(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }

    static func isValid(_ date: Components) -> Bool {
        (0...9999).contains(date.year) && (1...12).contains(date.month) && date.day >= 1
            && date.day <= count(inMonth: date.month, year: date.year)
    }

    // Both ways count years from March, so that the leap day is a year's last,
    // and in cycles of 400 years, which have 146,097 days.

    private static let daysPerCycle = 146_097
    /// Days from 0000-03-01 to 2001-01-01.
    private static let referenceDay = 730_791

    /// Days since 2001-01-01, for years from 0.
    static func days(to date: Components) -> Int {
        let year = date.month <= 2 ? date.year + 399 : date.year + 400
        let (cycle, yearOfCycle) = year.quotientAndRemainder(dividingBy: 400)
        let monthsFromMarch = date.month <= 2 ? date.month + 9 : date.month - 3
        let dayOfYear = (153 * monthsFromMarch + 2) / 5 + date.day - 1
        let dayOfCycle = yearOfCycle * 365 + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear
        return (cycle - 1) * daysPerCycle + dayOfCycle - referenceDay
    }

    /// The date so many days after 2001-01-01, for years from 0.
    static func date(afterDays days: Int) -> Components {
        let (cycle, dayOfCycle) = (days + referenceDay + daysPerCycle).quotientAndRemainder(dividingBy: daysPerCycle)
        let yearOfCycle = (dayOfCycle - dayOfCycle / 1460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365
        let dayOfYear = dayOfCycle - (365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100)
        let monthsFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthsFromMarch + 2) / 5 + 1
        let month = monthsFromMarch < 10 ? monthsFromMarch + 3 : monthsFromMarch - 9
        let year = (cycle - 1) * 400 + yearOfCycle + (month <= 2 ? 1 : 0)
        return Components(year: year, month: month, day: day)
    }
}
