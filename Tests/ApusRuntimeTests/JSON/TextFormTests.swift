import Foundation
import Testing

@testable import ApusRuntime

@Suite("Dates") struct DateTests {
    /// Text, seconds since 1970, nanoseconds.
    static let readable: [(String, Int, Int)] = [
        ("2018-09-21T05:26:40Z", 1_537_507_600, 0),
        ("2018-09-21T05:26:40.496Z", 1_537_507_600, 496_000_000),
        ("2018-09-21T05:26:40.5Z", 1_537_507_600, 500_000_000),
        ("2018-09-21T05:26:40.123456Z", 1_537_507_600, 123_456_000),
        ("2018-09-21T05:26:40.123456789Z", 1_537_507_600, 123_456_789),
        ("2018-09-21T05:26:40.1234567890123456789Z", 1_537_507_600, 123_456_789),
        ("2018-09-21T05:26:40.000Z", 1_537_507_600, 0),
        ("2018-09-21t05:26:40z", 1_537_507_600, 0),
        ("2018-09-21 05:26:40Z", 1_537_507_600, 0),
        ("2018-09-21T07:26:40+02:00", 1_537_507_600, 0),
        ("2018-09-20T22:56:40-06:30", 1_537_507_600, 0),
        ("2018-09-21T05:26:40+00:00", 1_537_507_600, 0),
        ("2018-09-21T05:26:40-00:00", 1_537_507_600, 0),
        ("2018-09-21T07:26:40.5+0200", 1_537_507_600, 500_000_000),
        ("2018-09-21T07:26:40+02", 1_537_507_600, 0),
        ("1970-01-01T00:00:00Z", 0, 0),
        ("1969-12-31T23:59:59.75Z", -1, 750_000_000),
        ("1985-04-12T23:20:50.52Z", 482_196_050, 520_000_000),
        ("1990-12-31T23:59:60Z", 662_688_000, 0),
        ("1990-12-31T15:59:60-08:00", 662_688_000, 0),
        ("1937-01-01T12:00:27.87+00:20", -1_041_337_173, 870_000_000),
        ("2000-02-29T00:00:00Z", 951_782_400, 0),
        ("2024-02-29T12:00:00Z", 1_709_208_000, 0),
        ("1900-02-28T00:00:00Z", -2_203_977_600, 0),
        ("2001-01-01T00:00:00Z", 978_307_200, 0),
        ("2001-01-01T00:00:00.000000001Z", 978_307_200, 1),
        ("2038-01-19T03:14:08Z", 2_147_483_648, 0),
        ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
        ("0000-01-01T00:00:00Z", -62_167_219_200, 0),
        ("9999-12-31T23:59:59.999Z", 253_402_300_799, 999_000_000),
        // Forms of ISO 8601 that are not RFC 3339's.
        ("2018-09-21", 1_537_488_000, 0),
        ("2018-09-21T05:26:40", 1_537_507_600, 0),
        ("2018-09-21 05:26:40", 1_537_507_600, 0),
        ("2018-09-21t05:26:40.25", 1_537_507_600, 250_000_000),
        ("2018-09-21T05:26:40+0000", 1_537_507_600, 0),
        ("2018-09-21T05:26:40+00", 1_537_507_600, 0),
        ("2018-09-21 07:26:40 +0200", 1_537_507_600, 0),
        ("2018-09-21 05:26:40 UTC", 1_537_507_600, 0),
        ("2018-09-21T05:26:40,5Z", 1_537_507_600, 500_000_000),
        ("2018-09-21T05:26Z", 1_537_507_560, 0),
        ("2018-09-21T05:26", 1_537_507_560, 0),
        ("2018-09-21T07:26+02:00", 1_537_507_560, 0),
        ("20180921T052640Z", 1_537_507_600, 0),
        ("20180921T052640.5+0000", 1_537_507_600, 500_000_000),
        ("20180921", 1_537_488_000, 0),
        ("2018-09-21T24:00:00Z", 1_537_574_400, 0),
    ]

    @Test(arguments: readable) func reads(text: String, seconds: Int, nanoseconds: Int) throws {
        let date = try decode(Date.self, "\"\(text)\"")
        let expected = Double(seconds - 978_307_200) + Double(nanoseconds) / 1e9
        #expect(date.timeIntervalSinceReferenceDate == expected)
        // What is read is written back equal, also where the digits differ.
        let written = try encode(date)
        #expect(try decode(Date.self, written) == date)
        #expect(written.hasSuffix("Z\"") && written.utf8.count <= 32)
    }

    @Test("refused", arguments: [
        "", "2018", "2018-09", "05:26:40Z", "2018-09-21T", "2018-09-21T05", "2018-09-21T05:26:", "2018-0921", "201809-21", "2018-9-21T05:26:40Z", "18-09-21T05:26:40Z",
        "2018-09-21T05:26:40.Z", "2018-09-21T24:00:01Z", "2018-09-21T25:00:00Z", "2018-09-21Z", "2018-09-21T05:26:40 ", "2018-09-21T05:26:40 PST", "2018-09-21T05:60:40Z", "2018-09-21T05:26:61Z",
        "2018-13-21T05:26:40Z", "2018-00-21T05:26:40Z", "2018-09-31T05:26:40Z", "2018-09-00T05:26:40Z", "2018-02-29T05:26:40Z",
        "1900-02-29T00:00:00Z", "2018-09-21T05:26:40+2:00", "2018-09-21T05:26:40+24:00", "2018-09-21T05:26:40+02:60", "2018-09-21T05:26:40ZZ",
        "2018-09-21T05:26:40Z ", " 2018-09-21T05:26:40Z", "2018-09-21X05:26:40Z", "2018-09-21T05:26:40+02:", "2018-09-21T05:26:40+02:0",
        "+2018-09-21T05:26:40Z", "-018-09-21T05:26:40Z", "2018-09-21T0५:26:40Z", "1537507600", "2018/09/21T05:26:40Z", "2018-09-21T05:26:40Z+02:00",
    ])
    func refuses(text: String) {
        #expect(fault(Date.self, "\"\(text)\"")?.message == "the string is not a date and time (RFC 3339)")
    }

    @Test func writesAFractionOnlyWhereThereIsOne() throws {
        func text(_ interval: Double) throws -> String { try encode(Date(timeIntervalSinceReferenceDate: interval)) }
        #expect(try text(559_200_400) == "\"2018-09-21T05:26:40Z\"")
        #expect(try text(559_200_400.496) == "\"2018-09-21T05:26:40.496Z\"")
        #expect(try text(559_200_400.5) == "\"2018-09-21T05:26:40.500Z\"")
        #expect(try text(559_200_400.123456) == "\"2018-09-21T05:26:40.123456Z\"")
        #expect(try text(0) == "\"2001-01-01T00:00:00Z\"")
        #expect(try text(-0.001) == "\"2000-12-31T23:59:59.999Z\"")
        #expect(try text(1e-9) == "\"2001-01-01T00:00:00.000000001Z\"")
        #expect(try text(-1e-20) == "\"2001-01-01T00:00:00Z\"")
        #expect(try text(.leastNonzeroMagnitude) == "\"2001-01-01T00:00:00Z\"")
    }

    /// A Double of today resolves about 120 nanoseconds: seven digits, not nine.
    @Test("digits are not made up", arguments: [
        "2018-09-21T05:26:40.1234567Z", "2024-06-01T12:00:00.0000001Z", "1999-12-31T23:59:59.9999999Z", "2001-01-01T00:00:01.00000001Z",
        "2018-09-21T05:26:40.123456Z", "2018-09-21T05:26:40.100Z",
    ])
    func digits(text: String) throws {
        #expect(try encode(decode(Date.self, "\"\(text)\"")) == "\"\(text)\"")
    }

    @Test("what was read can be sent", arguments: [
        "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.999999999999Z", "9999-12-31T23:59:60Z", "9999-12-31T23:59:59-23:59",
        "9999-12-31T24:00:00Z", "0000-01-01T00:00:00+23:59", "0000-01-01T00:00:00.5+01:00", "0001-01-01T00:00:00",
    ])
    func extremes(text: String) throws {
        let date = try decode(Date.self, "\"\(text)\"")
        let written = try encode(date)
        #expect(try decode(Date.self, written) == date)
        #expect(date.parameterForm() == .text(String(written.dropFirst().dropLast())))
    }

    @Test func theGreatestDateOfDotNETStaysInItsYear() throws {
        #expect(try encode(decode(Date.self, #""9999-12-31T23:59:59.9999999Z""#)).hasPrefix(#""9999-12-31T23:59:59.9999"#))
    }

    @Test func aTextInAUnionIsADateOnlyInTheForm() throws {
        enum Moment: JSONUnion, Equatable {
            case day(CalendarDate), time(Date), text(String), unknown(JSONValue)

            init(from value: inout ValueReader) {
                switch value.bestMatch(CalendarDate.self, Date.self, String.self) {
                case 0: self = .day(value.read())
                case 1: self = .time(value.read())
                case 2: self = .text(value.read())
                default: self = .unknown(value.read())
                }
            }

            func encode(to value: inout ValueWriter) {}
        }
        #expect(try decode(Moment.self, #""2018-09-21T05:26:40Z""#) == .time(Date(timeIntervalSince1970: 1_537_507_600)))
        #expect(try decode(Moment.self, #""2018-09-21""#) == .day(#require(CalendarDate("2018-09-21"))))
        #expect(try decode(Moment.self, #""20180921""#) == .text("20180921"))
    }

    @Test func whatHasNoFormIsRefused() {
        for interval in [1e15, -1e15, 1e300, .infinity, -.infinity, .nan, 252_423_993_600 + 86_340, -63_145_526_401 - 86_340] {
            #expect(throws: JSONError.self) { try encode(Date(timeIntervalSinceReferenceDate: interval)) }
            #expect(Date(timeIntervalSinceReferenceDate: interval).parameterForm() == .none)
        }
    }

    @Test(arguments: 0..<4 as Range<UInt64>) func agreesWithFoundation(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let formatter = ISO8601DateFormatter()
        formatter.formatOptions = [.withInternetDateTime]
        for _ in 0..<500 {
            // After 1582 Foundation's calendar is the same.
            let whole = Date(timeIntervalSince1970: Double.random(in: -12_000_000_000...253_000_000_000, using: &random).rounded())
            #expect(try encode(whole) == "\"\(formatter.string(from: whole))\"")
            let any = Date(timeIntervalSinceReferenceDate: Double.random(in: -1e9...2e9, using: &random))
            // Closer than a nanosecond, which is all that is written.
            let back = try decode(Date.self, encode(any))
            #expect(abs(back.timeIntervalSince(any)) < 1e-9)
        }
    }

    @Test func everyDayOfFourCenturies() {
        var expected = CivilDay.Components(year: 1600, month: 1, day: 1)
        for days in CivilDay.days(to: expected)...CivilDay.days(to: .init(year: 2001, month: 12, day: 31)) {
            let found = CivilDay.date(afterDays: days)
            if found != expected || CivilDay.days(to: found) != days {
                Issue.record("day \(days): \(found), expected \(expected)")
                return
            }
            expected.day += 1
            if expected.day > CivilDay.count(inMonth: expected.month, year: expected.year) {
                expected.day = 1
                expected.month += 1
            }
            if expected.month > 12 {
                expected.month = 1
                expected.year += 1
            }
        }
        #expect(CivilDay.days(to: .init(year: 2001, month: 1, day: 1)) == 0)
    }
}

@Suite("Calendar dates") struct CalendarDateTests {
    @Test func readsAndWrites() throws {
        let leapDay = try #require(CalendarDate(year: 2024, month: 2, day: 29))
        #expect(try decode(CalendarDate.self, "\"2024-02-29\"") == leapDay)
        #expect(try encode(leapDay) == "\"2024-02-29\"")
        #expect(leapDay.description == "2024-02-29")
        #expect(CalendarDate("2024-02-29") == leapDay)
        #expect(leapDay.parameterForm() == .text("2024-02-29"))
        #expect(CalendarDate(year: 7, month: 1, day: 2)?.description == "0007-01-02")
    }

    @Test("a day that comes with a time is that day", arguments: [
        "2024-02-29T00:00:00Z", "2024-02-29T23:59:59.999-11:00", "2024-02-29 12:00", "2024-02-29T12:00:00", "20240229", "20240229T120000Z",
    ])
    func withTime(text: String) throws {
        #expect(try decode(CalendarDate.self, "\"\(text)\"") == CalendarDate("2024-02-29"))
        #expect(CalendarDate(text) == nil)
    }

    @Test("refused", arguments: ["2023-02-29", "2024-02-30", "1900-02-29", "2024-13-01", "2024-00-01", "2024-01-00", "2024-1-1", "24-01-01", "2024-01-01T", "2024-01-01X", "2024-01-01T25:00:00Z", "2024-01-01Z", "", "2024-04-31"])
    func refuses(text: String) {
        #expect(CalendarDate(text) == nil)
        #expect(fault(CalendarDate.self, "\"\(text)\"")?.message == "the string is not a date (RFC 3339)")
    }

    @Test func noSuchDay() {
        #expect(CalendarDate(year: 2023, month: 2, day: 29) == nil)
        #expect(CalendarDate(year: -1, month: 1, day: 1) == nil)
        #expect(CalendarDate(year: 10_000, month: 1, day: 1) == nil)
        #expect(CalendarDate(year: 2000, month: .max, day: .min) == nil)
    }

    @Test func order() throws {
        let texts = ["0000-01-01", "1999-12-31", "2000-01-01", "2000-01-02", "2000-02-01", "9999-12-31"]
        let dates = try texts.map { try #require(CalendarDate($0)) }
        #expect(dates.shuffled().sorted() == dates)
        #expect(Set(dates + dates).count == texts.count)
    }

    @Test("moments", arguments: ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Pacific/Apia", "America/Sao_Paulo", "Asia/Kathmandu"])
    func moments(zone: String) throws {
        let zone = try #require(TimeZone(identifier: zone))
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        for text in ["2024-02-29", "2024-03-31", "2024-10-27", "2018-11-04", "2018-02-18", "1999-12-31", "2024-01-01"] {
            let date = try #require(CalendarDate(text))
            let components = DateComponents(year: date.year, month: date.month, day: date.day)
            let expected = calendar.startOfDay(for: try #require(calendar.date(from: components)))
            let start = date.start(in: zone)
            #expect(start == expected, "\(text)")
            #expect(CalendarDate(start, in: zone) == date)
            #expect(CalendarDate(start.addingTimeInterval(-1), in: zone).map { $0 < date } == true)
        }
        #expect(CalendarDate(Date(timeIntervalSinceReferenceDate: .infinity), in: zone) == nil)
        #expect(CalendarDate(Date(timeIntervalSinceReferenceDate: -1e12), in: zone) == nil)
        #expect(CalendarDate(Date(timeIntervalSinceReferenceDate: 1e13), in: zone) == nil)
    }
}

@Suite("Other text forms") struct OtherTextFormTests {
    @Test("beside other texts, base64 is what would be written as base64", arguments: [
        ("123e4567-e89b-12d3-a456-426614174000", true), ("aGVsbG8gd29ybGQ=", false), ("", false), ("aGVsbG8", true), ("aGVsbG8_", true),
        ("aGV\\nsbG8h", true), ("AB==", true), ("AA==", false),
    ])
    func base64BesideText(content: String, isText: Bool) throws {
        enum Content: JSONCoding, Equatable {
            case data(Data), text(String), unknown(JSONValue)

            init(from value: inout ValueReader) {
                switch value.bestMatch(Data.self, String.self) {
                case 0: self = .data(value.read())
                case 1: self = .text(value.read())
                default: self = .unknown(value.read())
                }
            }

            func encode(to value: inout ValueWriter) {
                switch self {
                case .data(let content): value.write(content)
                case .text(let content): value.write(content)
                case .unknown(let content): value.write(content)
                }
            }
        }
        let text = "\"\(content)\""
        let read = try decode(Content.self, text)
        if case .text = read { #expect(isText) } else { #expect(!isText) }
        #expect(try encode(read) == text)
        // A property of this type alone takes every form.
        _ = try decode(Data.self, text)
    }

    @Test func uuid() throws {
        let text = "e621e1f8-c36c-495a-93fc-0c247a3e6e5f"
        let uuid = try #require(UUID(uuidString: text))
        #expect(try decode(UUID.self, "\"\(text)\"") == uuid)
        #expect(try decode(UUID.self, "\"\(text.uppercased())\"") == uuid)
        #expect(try encode(uuid) == "\"\(text)\"")
        #expect(uuid.parameterForm() == .text(text))
        for wrong in ["", "x", text + "0", String(text.dropLast()), text.replacingOccurrences(of: "-", with: "0"), "g" + text.dropFirst(), "-621e1f8-c36c-495a-93fc-0c247a3e6e5f"] {
            #expect(fault(UUID.self, "\"\(wrong)\"")?.message == "the string is not a UUID")
        }
    }

    @Test("base64 with line breaks", arguments: ["\\r\\n", "\\n", "\\n ", "\\r\\n\\t"])
    func brokenBase64(lineBreak: String) throws {
        let data = Data((0..<200).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 251) })
        let text = data.base64EncodedString()
        let lines = stride(from: 0, to: text.count, by: 76).map { String(text.dropFirst($0).prefix(76)) }
        #expect(try decode(Data.self, "\"\(lines.joined(separator: lineBreak))\"") == data)
        #expect(try decode(Data.self, "\"\(lines.joined(separator: lineBreak) + lineBreak)\"") == data)
        #expect(fault(Data.self, "\"AA\(lineBreak)=\"") != nil)
    }

    @Test func base64() throws {
        for count in 0..<70 {
            let data = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 251) })
            let text = data.base64EncodedString()
            #expect(try encode(data) == "\"\(text)\"")
            #expect(try decode(Data.self, "\"\(text)\"") == data)
            let urlSafe = text.replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
            #expect(try decode(Data.self, "\"\(urlSafe)\"") == data)
            let unpadded = urlSafe.replacingOccurrences(of: "=", with: "")
            #expect(try decode(Data.self, "\"\(unpadded)\"") == data)
        }
        #expect(try decode(Data.self, #""\u0051Q=\u003d""#) == Data([0x41]))
        #expect(try decode(Data.self, #""a\/8=""#) == Data([0x6B, 0xFF]))
        for wrong in ["A", "AAAAA", "AA=", "A===", "AA==AA==", "AAA==", "A A=", "AÄ==", "====", "=", "AA=A", "AAAA="] {
            #expect(fault(Data.self, "\"\(wrong)\"")?.message == "the string is not base64 (RFC 4648)")
        }
    }

    @Test func urls() throws {
        let url = try #require(URL(string: "https://example.com/a/b?c=d&e=%20#f"))
        #expect(try decode(URL.self, "\"\(url.absoluteString)\"") == url)
        #expect(try encode(url) == "\"https://example.com/a/b?c=d&e=%20#f\"")
        #expect(fault(URL.self, "\"\"") != nil)
        #expect(fault(URL.self, "1") != nil)
    }

    @Test func strings() throws {
        let text = "\"\\/\u{8}\u{C}\n\r\t\u{1}\u{1F}\u{7F}é€😀\u{2028}"
        #expect(try encode(text) == #""\"\\/\b\f\n\r\t\u0001\u001f"# + "\u{7F}é€😀\u{2028}\"")
        #expect(try decode(String.self, encode(text)) == text)
        #expect(try decode(String.self, #""\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\uDE00""#) == "\"\\/\u{8}\u{C}\n\r\té€😀")
        for count in 0..<40 {
            for (index, special) in ["\"", "\\", "\n", "é", "😀", "\u{1}", "x"].enumerated() {
                let text = String(repeating: "a", count: count) + special + String(repeating: "b", count: (count * 7 + index) % 20)
                #expect(try decode(String.self, encode(text)) == text)
                #expect(try decode([String: String].self, encode([text: text])) == [text: text])
            }
        }
        let long = String(repeating: "0123456789", count: 100_000)
        #expect(try decode(String.self, encode(long)) == long)
        let controls = String(repeating: "\u{1}", count: 10_000)
        #expect(try decode(String.self, encode(controls)) == controls)
        // Canonically equal, but not the same text.
        #expect(Array(try decode(String.self, encode("e\u{301}")).unicodeScalars).count == 2)
    }
}
