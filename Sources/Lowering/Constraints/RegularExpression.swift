/// Regular expressions of ECMA-262, which JSON Schema uses, in the syntax of
/// `NSRegularExpression` (that of ICU).
enum RegularExpression {
    /// The expression that matches the same texts, or nil where there is none.
    static func translated(_ pattern: String) -> String? {
        let result = translation(of: pattern)
        return PatternSyntax.isValid(result) ? result : nil
    }

    /// What the expression becomes, whether it is one or not.
    static func translation(of pattern: String) -> String {
        var translation = Translation(Array(pattern.unicodeScalars))
        return translation.run()
    }

    private struct Translation {
        let scalars: [Unicode.Scalar]
        var position = 0
        var result = ""

        init(_ scalars: [Unicode.Scalar]) {
            self.scalars = scalars
        }

        mutating func run() -> String {
            while position < scalars.count {
                let scalar = scalars[position]
                switch scalar {
                case "\\": escape(isInClass: false)
                case "[": characterClass()
                // In ICU it would match before a last line break too.
                case "$": take("\\z")
                case "{": take(isQuantifier ? "{" : "\\{")
                case "}": take(closesQuantifier ? "}" : "\\}")
                case "]": take("\\]")
                default: take(String(scalar))
                }
            }
            return result
        }

        private mutating func take(_ text: String) {
            result += text
            position += 1
        }

        private func peek(_ distance: Int = 1) -> Unicode.Scalar? {
            position + distance < scalars.count ? scalars[position + distance] : nil
        }

        /// Whether the brace begins `{2}`, `{2,}` or `{2,3}`. Any other stands for itself.
        private var isQuantifier: Bool {
            guard let end = scalars[position...].firstIndex(of: "}") else { return false }
            let parts = scalars[(position + 1)..<end].split(separator: ",", omittingEmptySubsequences: false)
            let isDigits = parts.map { $0.allSatisfy { ("0"..."9").contains($0) } }
            return (1...2).contains(parts.count) && !parts[0].isEmpty && isDigits.allSatisfy { $0 }
        }

        private var closesQuantifier: Bool {
            guard let open = scalars[..<position].lastIndex(of: "{") else { return false }
            var copy = self
            copy.position = open
            return copy.isQuantifier && !scalars[open..<position].contains("}")
        }

        /// An escape sequence. Digits, words and space are those of ASCII in
        /// ECMA-262, except for space, which is Unicode's in both.
        private mutating func escape(isInClass: Bool) {
            guard let next = peek() else { return take("\\\\") }
            var text: String?
            var length = 2
            switch next {
            case "d": text = isInClass ? "0-9" : "[0-9]"
            case "D": text = "[^0-9]"
            case "w": text = isInClass ? "A-Za-z0-9_" : "[A-Za-z0-9_]"
            case "W": text = "[^A-Za-z0-9_]"
            case "b" where isInClass: text = "\\x{8}"
            case "v": text = "\\x{B}"
            case "0" where !("0"..."9").contains(peek(2) ?? "x"): text = "\\x{0}"
            case "/": text = "/"
            case "u" where peek(2) == "{":
                if let end = scalars[position...].firstIndex(of: "}") {
                    text = "\\x{" + String(String.UnicodeScalarView(scalars[(position + 3)..<end])) + "}"
                    length = end - position + 1
                }
            case "p", "P":
                if peek(2) == "{", let end = scalars[position...].firstIndex(of: "}") {
                    text = String(String.UnicodeScalarView(scalars[position...end]))
                    length = end - position + 1
                }
            default: break
            }
            result += text ?? "\\" + String(next)
            position += length
            // A hyphen after a set of characters is not a range.
            if isInClass, "dDwWsS".unicodeScalars.contains(next), position + 1 < scalars.count,
                scalars[position] == "-", scalars[position + 1] != "]"
            {
                take("\\-")
            }
        }

        private mutating func characterClass() {
            take("[")
            if position < scalars.count, scalars[position] == "^" {
                // `[^]` is any character, `[]` is none.
                if peek() == "]" {
                    result.removeLast()
                    result += "[\\s\\S]"
                    position += 2
                    return
                }
                take("^")
            } else if position < scalars.count, scalars[position] == "]" {
                result.removeLast()
                result += "(?!)"
                position += 1
                return
            }
            while position < scalars.count, scalars[position] != "]" {
                switch scalars[position] {
                case "\\": escape(isInClass: true)
                // Sets within sets and operations on them are ICU's alone.
                case "[": take("\\[")
                case "&": take("\\&")
                case "-" where peek() == "-" || result.hasSuffix("-"): take("\\-")
                default: take(String(scalars[position]))
                }
            }
            if position < scalars.count { take("]") }
        }
    }
}
