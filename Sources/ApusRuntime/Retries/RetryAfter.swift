import Foundation
import HTTPTypes

/// How long a server asks to wait before the next request.
package enum RetryAfter {
    /// Read are `Retry-After-Ms` and `x-ms-retry-after-ms` (milliseconds),
    /// `Retry-After` (RFC 9110 section 10.2.3: seconds, here with a fraction
    /// too, or a date), and of a refusal `RateLimit` (IETF httpapi draft 11:
    /// `t=`; earlier: `reset=`) and `RateLimit-Reset`.
    ///
    /// A date is compared with the server's own (`Date`), where it tells that.
    ///
    /// - Returns: `nil` if it does not say, or says what cannot be understood.
    package static func delay(in response: HTTPResponse, now: Date) -> Duration? {
        let fields = response.headerFields
        for name in milliseconds {
            if let value = fields[name].flatMap(number) { return .seconds(value / 1_000) }
        }
        if let text = fields[.retryAfter] {
            if let seconds = number(text) { return .seconds(seconds) }
            if let date = HTTPDate.date(text) {
                return .seconds(max(0, date.timeIntervalSince(fields[.date].flatMap(HTTPDate.date) ?? now)))
            }
        }
        guard response.status.code == 429 || response.status.code == 503 else { return nil }
        if let text = fields[rateLimit], let seconds = reset(text) { return .seconds(seconds) }
        if let seconds = fields[rateLimitReset].flatMap(number) { return .seconds(seconds) }
        return nil
    }

    private static let milliseconds = ["retry-after-ms", "x-ms-retry-after-ms"].compactMap { HTTPField.Name($0) }
    private static let rateLimit = HTTPField.Name("RateLimit")!
    private static let rateLimitReset = HTTPField.Name("RateLimit-Reset")!

    /// A number of not more than a hundred years in seconds.
    private static func number(_ text: String) -> Double? {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let value = Double(text)
        else { return nil }
        return min(value, 3_155_760_000_000)
    }

    /// The longest time of the limits in a `RateLimit` field that are used up.
    private static func reset(_ text: String) -> Double? {
        var longest: Double?
        for item in text.split(separator: ",") {
            for parameter in item.split(separator: ";") {
                let pair = parameter.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                guard pair.count == 2, pair[0] == "t" || pair[0] == "reset", let value = number(pair[1]) else { continue }
                longest = max(longest ?? 0, value)
            }
        }
        return longest
    }
}

/// A date in one of the three forms of RFC 9110 section 5.6.7.
package enum HTTPDate {
    /// - Returns: `nil` if it is not a date.
    package static func date(_ text: String) -> Date? {
        var parts = text.split { $0 == " " || $0 == "," || $0 == "-" }.map(String.init)
        guard parts.count >= 5, parts[0].allSatisfy(\.isLetter) else { return nil }
        parts.removeFirst()
        // asctime: `Nov  6 08:49:37 1994`; the others: `06 Nov 1994 08:49:37 GMT`.
        if Int(parts[0]) == nil { parts = [parts[1], parts[0], parts.count > 3 ? parts[3] : "", parts[2]] }
        let time = parts[3].split(separator: ":").compactMap { Int($0) }
        guard let day = Int(parts[0]), 1...31 ~= day, let month = months.firstIndex(of: parts[1].lowercased()),
            var year = Int(parts[2]), 0...9999 ~= year, time.count == 3, 0...23 ~= time[0], 0...59 ~= time[1],
            0...60 ~= time[2]
        else { return nil }
        // Two digits are RFC 850's; 50 years ahead is meant to be the past.
        if parts[2].count == 2 { year += year < 70 ? 2000 : 1900 }
        let seconds = days(year, month + 1, day) * 86_400 + time[0] * 3_600 + time[1] * 60 + time[2]
        return Date(timeIntervalSince1970: Double(seconds))
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Days since 1 January 1970 in the proleptic Gregorian calendar. Years
    /// begin with March, so that a leap day is at the end of one.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month > 2 ? year : year - 1
        let era = (shifted >= 0 ? shifted : shifted - 399) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
