import Declarations
import OpenAPI

/// The shortest strings and numbers that schemas allow.
enum ScalarExample {
    static func value(of builtin: Builtin, _ schema: Schema) -> Sample? {
        switch builtin {
        case .bool: .bool(true)
        case .date: .string("2000-01-01T00:00:00Z")
        case .calendarDate: .string("2000-01-01")
        case .uuid: .string("00000000-0000-4000-8000-000000000000")
        case .data, .base64URL: .string("AA==".prefix(builtin == .data ? 4 : 2).description)
        case .string, .secret, .body, .file: .string(text(schema))
        case .json: .object([])
        case .form, .void, .never: nil
        case .int, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: .number(number(schema, isInteger: true))
        case .double, .float, .decimal: .number(number(schema, isInteger: false))
        }
    }

    private static func text(_ schema: Schema) -> String {
        var text: String
        switch schema.scalar.format {
        case "uri", "url", "iri": text = "https://example.com"
        case "uri-reference", "iri-reference", "uri-template": text = "/"
        case "email", "idn-email": text = "a@example.com"
        case "hostname", "idn-hostname": text = "example.com"
        case "ipv4": text = "192.0.2.1"
        case "ipv6": text = "2001:db8::1"
        case "time": text = "00:00:00Z"
        case "duration": text = "PT0S"
        case "json-pointer": text = ""
        default: text = ""
        }
        if let pattern = schema.scalar.pattern?.text, let found = PatternExample.text(of: pattern) { return found }
        let missing = (schema.scalar.minLength ?? 0) - text.unicodeScalars.count
        if missing > 0 { text += String(repeating: "a", count: min(missing, 1_000)) }
        return text
    }

    /// The number nearest to zero.
    private static func number(_ schema: Schema, isInteger: Bool) -> String {
        let scalar = schema.scalar
        let step = scalar.multipleOf?.double.flatMap { $0 > 0 ? $0 : nil } ?? (isInteger ? 1 : 0)
        var lowest = scalar.minimum?.double ?? -.infinity
        var highest = scalar.maximum?.double ?? .infinity
        // Rounding to a multiple leaves a bound that is none.
        func nudge(_ bound: Double) -> Double { step > 0 ? (fits(bound, step) ? step : 0) : 0.5 }
        if let bound = scalar.exclusiveMinimum?.double { lowest = max(lowest, bound + nudge(bound)) }
        if let bound = scalar.exclusiveMaximum?.double { highest = min(highest, bound - nudge(bound)) }
        var number = 0.0
        if number < lowest { number = step > 0 ? (lowest / step).rounded(.up) * step : lowest }
        if number > highest { number = step > 0 ? (highest / step).rounded(.down) * step : highest }
        if number == number.rounded(), abs(number) < 9e15 { return "\(Int(number))" }
        return number.isFinite ? "\(number)" : "0"
    }

    private static func fits(_ bound: Double, _ step: Double) -> Bool {
        (bound / step).rounded() * step == bound
    }
}

/// Short texts that match patterns, as far as they are simple: literals, classes, groups
/// and repetitions.
enum PatternExample {
    /// A text that matches; nil where none was found.
    static func text(of pattern: String) -> String? {
        guard let expression = try? Regex(pattern) else { return nil }
        func matches(_ text: String) -> Bool { text.firstMatch(of: expression) != nil }
        if matches("") { return "" }
        var reader = Reader(Array(pattern))
        guard let text = reader.alternatives(), matches(text) else { return nil }
        return text
    }

    private struct Reader {
        let pattern: [Character]
        var position = 0

        init(_ pattern: [Character]) { self.pattern = pattern }

        private var next: Character? { position < pattern.count ? pattern[position] : nil }

        mutating func alternatives() -> String? {
            guard let first = sequence() else { return nil }
            while next == "|" {
                position += 1
                guard sequence() != nil else { return nil }
            }
            return first
        }

        private mutating func sequence() -> String? {
            var text = ""
            while let character = next, character != "|", character != ")" {
                if character == "^" || character == "$" {
                    position += 1
                    continue
                }
                guard let atom = atom() else { return nil }
                text += String(repeating: atom, count: repetitions())
            }
            return text
        }

        private mutating func atom() -> String? {
            let character = pattern[position]
            position += 1
            switch character {
            case "(":
                if next == "?" {
                    position += 1
                    guard next == ":" else { return nil }
                    position += 1
                }
                let text = alternatives()
                guard next == ")" else { return nil }
                position += 1
                return text
            case "[": return member()
            case ".": return "a"
            case "\\":
                guard let escaped = next else { return nil }
                position += 1
                return Self.escaped(escaped)
            default: return String(character)
            }
        }

        private static func escaped(_ character: Character) -> String? {
            switch character {
            case "d": "0"
            case "w": "a"
            case "s": " "
            case "D", "S": "a"
            case "W": "-"
            case "t": "\t"
            case "n": "\n"
            case "b", "B": ""
            default: character.isLetter || character.isNumber ? nil : String(character)
            }
        }

        /// The first character of a class.
        private mutating func member() -> String? {
            let isNegated = next == "^"
            if isNegated { position += 1 }
            var first: String?
            var all: [Character] = []
            while let character = next, character != "]" || all.isEmpty && first == nil {
                position += 1
                if character == "\\", let escaped = next {
                    position += 1
                    first = first ?? Self.escaped(escaped)
                    all.append(escaped)
                } else {
                    first = first ?? String(character)
                    all.append(character)
                }
            }
            guard next == "]" else { return nil }
            position += 1
            return isNegated ? ["a", "0", "-", "b"].first { !all.contains($0) }.map { String($0) } : first
        }

        private mutating func repetitions() -> Int {
            guard let sign = next else { return 1 }
            var count = 1
            switch sign {
            case "*", "?":
                count = 0
                position += 1
            case "+": position += 1
            case "{":
                let end = pattern[position...].firstIndex(of: "}") ?? position
                let digits = String(pattern[(position + 1)..<max(end, position + 1)].prefix { $0.isNumber })
                count = min(Int(digits) ?? 0, 256)
                position = end + 1
            default: return 1
            }
            if next == "?" || next == "+" { position += 1 }
            return count
        }
    }
}
