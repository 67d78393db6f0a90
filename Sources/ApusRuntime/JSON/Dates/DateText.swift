/// Takes the parts of a date and time off the front of a text.
struct DateText {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    /// `2018-09-21`, not checked for existence.
    ///
    /// - Parameter allowingBasic: Whether the hyphens may be left out.
    mutating func fullDate(allowingBasic: Bool) -> CivilDay.Components? {
        guard let year = number(digits: 4) else { return nil }
        let hasHyphens = take(oneOf: "-")
        guard hasHyphens || allowingBasic, let month = number(digits: 2), take(oneOf: "-") == hasHyphens,
            let day = number(digits: 2)
        else { return nil }
        return CivilDay.Components(year: year, month: month, day: day)
    }

    /// `05:26:40.496`
    ///
    /// - Parameter exactly: Accept only this form, with any number of digits after the point.
    mutating func time(exactly: Bool) -> (seconds: Int, nanoseconds: Int)? {
        guard let hour = number(digits: 2) else { return nil }
        let hasColons = take(oneOf: ":")
        guard hasColons || !exactly, let minute = number(digits: 2), minute < 60 else { return nil }
        var second = 0
        var nanoseconds = 0
        if hasColons ? take(oneOf: ":") : isAtDigit {
            // A leap second is the one before the next minute's first; Date has no place for it.
            guard let written = number(digits: 2), written <= 60 else { return nil }
            second = written
            if take(oneOf: exactly ? "." : ".,") {
                guard let fraction = self.nanoseconds() else { return nil }
                nanoseconds = fraction
            }
        } else if exactly {
            return nil
        }
        // ISO 8601 lets a day end at 24:00.
        let isEndOfDay = hour == 24 && minute == 0 && second == 0 && nanoseconds == 0 && !exactly
        guard hour < 24 || isEndOfDay else { return nil }
        return (hour * 3600 + minute * 60 + second, nanoseconds)
    }

    private var isAtDigit: Bool {
        position < text.count && text[position] &- UInt8(ascii: "0") <= 9
    }

    mutating func take(oneOf characters: StaticString) -> Bool {
        guard position < text.count else { return false }
        let byte = text[position]
        guard characters.withUTF8Buffer({ $0.contains(byte) }) else { return false }
        position += 1
        return true
    }

    mutating func take(word: StaticString) -> Bool {
        let matches = word.withUTF8Buffer { word in
            text.count - position >= word.count && word.elementsEqual(text[position..<position + word.count])
        }
        if matches { position += word.utf8CodeUnitCount }
        return matches
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
    ///
    /// - Parameter mayBeAbsent: Whether it may be left out, come after a blank, or be `UTC` or `GMT`.
    mutating func offsetInSeconds(mayBeAbsent: Bool) -> Int? {
        if take(oneOf: "Zz") { return 0 }
        if mayBeAbsent {
            if isAtEnd { return 0 }
            _ = take(oneOf: " ")
            if take(word: "UTC") || take(word: "GMT") { return 0 }
        }
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
