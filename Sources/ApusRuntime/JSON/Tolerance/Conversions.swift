#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

// What tolerant reading takes for a scalar of another type, where nothing is lost.
extension ReaderState {
    /// The number that a string is.
    mutating func scanQuotedNumber(_ expected: StaticString) -> NumberToken? {
        let opening = cursor
        guard cursor < end, cursor.pointee == UInt8(ascii: "\""), let text = scanString() else { return nil }
        let closing = cursor
        if !text.isEscaped, text.count > 0 {
            var content = ReaderState(start: text.start, count: text.count, keepsLastOfRepeated: false)
            if let token = content.scanNumber(), content.cursor == content.end, token.start == text.start {
                cursor = closing
                note(expected.description, at: opening)
                return token
            }
        }
        if !isFailed { cursor = opening }
        return nil
    }

    /// The text of a number or boolean.
    mutating func readTextOfScalar(_ expected: StaticString) -> String? {
        let position = cursor
        guard position < end, let kind = JSONKind(firstByte: position.pointee), kind == .number || kind == .bool else { return nil }
        skipValue()
        if isFailed { return nil }
        note(expected.description, at: position)
        return String(decoding: UnsafeBufferPointer(start: position, count: cursor - position), as: UTF8.self)
    }

    /// The boolean that a string, or 0 or 1, is.
    mutating func readBoolInOtherForm() -> Bool? {
        let position = cursor
        guard position < end, position.pointee != UInt8(ascii: "t"), position.pointee != UInt8(ascii: "f"),
            let kind = JSONKind(firstByte: position.pointee), kind == .string || kind == .number
        else { return nil }
        let text = kind == .string ? scanString().map { self.text(of: $0) } : scanNumber()?.text
        let value: Bool? =
            switch text {
            case "true", "True", "TRUE", "1": true
            case "false", "False", "FALSE", "0": false
            default: nil
            }
        if isFailed { return nil }
        if value == nil { cursor = position } else { note("Bool", at: position) }
        return value
    }

    /// Moves into an empty array, as if it were an empty object.
    mutating func enterEmptyArray() -> Bool {
        let position = cursor
        guard position < end, position.pointee == UInt8(ascii: "[") else { return false }
        cursor += 1
        skipWhitespace()
        if cursor < end, cursor.pointee == UInt8(ascii: "]") {
            note("object", at: position)
            return true
        }
        cursor = position
        return false
    }

    /// The moment that a number, or a text in another form than ISO 8601's, is.
    mutating func readDateInOtherForm() -> Date? {
        let position = cursor
        guard position < end, let kind = JSONKind(firstByte: position.pointee) else { return nil }
        var date: Date?
        switch kind {
        case .number:
            date = scanNumber().flatMap { OtherDateForms.date(sinceEpoch: $0.double) }
        case .string:
            guard let token = scanString() else { return nil }
            let text = self.text(of: token)
            if InternetTime.date(content(of: token), exactly: false) == nil { date = OtherDateForms.date(text) }
        case .object, .array, .bool, .null:
            return nil
        }
        if isFailed { return nil }
        if date == nil { cursor = position } else { note("Date", at: position) }
        return date
    }
}

/// Dates in forms that are not ISO 8601's.
enum OtherDateForms {
    /// Where seconds since 1970 would be beyond the year 5000, it is milliseconds.
    private static let leastMilliseconds = 1e11

    static func date(sinceEpoch number: Double) -> Date? {
        guard number.isFinite, abs(number) < leastMilliseconds * 2_500 else { return nil }
        return Date(timeIntervalSince1970: abs(number) < leastMilliseconds ? number : number / 1_000)
    }

    static func date(_ text: String) -> Date? {
        if let number = JSONNumber(text)?.double { return date(sinceEpoch: number) }
        let words = text.split(whereSeparator: { $0 == " " || $0 == "," }).map(String.init)
        return mailDate(words) ?? slashedDate(words)
    }

    /// `Fri, 21 Sep 2018 05:26:40 +0000` (RFC 2822, section 3.3; RFC 9110, section 5.6.7).
    private static func mailDate(_ words: [String]) -> Date? {
        var words = words[...]
        if let first = words.first, first.allSatisfy(\.isLetter) { words = words.dropFirst() }
        guard words.count >= 4, words.count <= 5,
            let day = Int(words[words.startIndex]), let month = months.firstIndex(of: words[words.startIndex + 1].prefix(3).lowercased()),
            let year = Int(words[words.startIndex + 2]), (1000...9999).contains(year)
        else { return nil }
        return date(year, month + 1, day, time: words.dropFirst(3))
    }

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// `2018/09/21`, or `21/09/2018` where only one of day and month can be either; a time may follow.
    private static func slashedDate(_ words: [String]) -> Date? {
        guard let first = words.first else { return nil }
        let parts = first.split(separator: "/", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { Int($0) }
        guard parts.count == 3, numbers.count == 3 else { return nil }
        let time = words.dropFirst()
        if parts[0].count == 4 { return date(numbers[0], numbers[1], numbers[2], time: time) }
        guard parts[2].count == 4 else { return nil }
        if numbers[0] > 12 || numbers[0] == numbers[1] { return date(numbers[2], numbers[1], numbers[0], time: time) }
        return numbers[1] > 12 ? date(numbers[2], numbers[0], numbers[1], time: time) : nil
    }

    private static func date(_ year: Int, _ month: Int, _ day: Int, time words: ArraySlice<String>) -> Date? {
        func padded(_ number: Int, _ count: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        var text = "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
        if !words.isEmpty { text += "T" + words.joined(separator: " ") }
        return text.withUTF8 { InternetTime.date($0, exactly: false) }
    }
}
