/// Text that has to fit for a `///` comment.
public enum CommentText {
    /// The paragraphs' lines, wrapped at `width` characters. Fenced code,
    /// tables and indented lines stay as they are. Control characters and
    /// marks that change the writing direction are dropped: a comment must not
    /// look like anything but itself.
    ///
    /// - Parameter lead: How many characters stand before the first line.
    public static func lines(_ text: String, width: Int, after lead: Int) -> [String] {
        guard !text.isEmpty else { return [] }
        if PlainASCII.isOneLine(text, width: width - lead) { return [text] }
        var result: [String] = []
        var paragraph: [Substring] = []
        var isCode = false

        func endParagraph() {
            guard !paragraph.isEmpty else { return }
            result += PlainASCII.wrap(paragraph, width: width, after: result.isEmpty ? lead : 0)
            paragraph.removeAll()
        }

        for line in Lines.split(clean(HTMLText.markdown(text))) {
            let trimmed = Lines.withoutIndentation(line)
            if trimmed.hasPrefix("```") || trimmed.hasPrefix("~~~") {
                endParagraph()
                isCode.toggle()
                result.append(String(line))
            } else if isCode || line.hasPrefix("    ") || trimmed.hasPrefix("|") {
                endParagraph()
                result.append(trimmingEnd(line))
            } else if trimmed.isEmpty {
                endParagraph()
                if result.last?.isEmpty == false { result.append("") }
            } else if startsBlock(trimmed) {
                endParagraph()
                paragraph = [trimmed]
            } else {
                paragraph.append(trimmed)
            }
        }
        endParagraph()
        // An unclosed fence would swallow what follows in the comment.
        while result.last?.isEmpty == true { result.removeLast() }
        if isCode { result.append("```") }
        return result
    }

    /// Whether two texts say the same, but for capitals and the full stop.
    public static func isSame(_ text: String, _ other: String) -> Bool {
        func essence(_ text: String) -> Substring {
            var rest = text.lowercased()[...]
            while let last = rest.last, last.isWhitespace || last == "." { rest.removeLast() }
            return rest
        }
        if text == other { return true }
        // Most differ in the letter they begin with.
        if let first = PlainASCII.firstLetter(text), let otherFirst = PlainASCII.firstLetter(other), first != otherFirst {
            return false
        }
        return essence(text) == essence(other)
    }

    private static func startsBlock(_ line: Substring) -> Bool {
        line.hasPrefix("- ") || line.hasPrefix("* ") || line.hasPrefix("#") || line.hasPrefix(">")
            || line.prefix(while: \.isNumber).count > 0 && line.drop(while: \.isNumber).hasPrefix(". ")
    }

    private static func clean(_ text: String) -> String {
        // Nearly every text is plain; look before copying.
        guard !PlainASCII.isPrintable(text) else { return text }
        var result = String.UnicodeScalarView()
        var previous: Unicode.Scalar = " "
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n":
                if previous != "\r" { result.append("\n") }
            case "\r", "\u{0B}", "\u{0C}", "\u{85}", "\u{2028}", "\u{2029}":
                result.append("\n")
            case "\t":
                result.append(" ")
            case "\u{00}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{FEFF}":
                break
            // Unicode's `Bidi_Control`.
            case "\u{061C}", "\u{200E}", "\u{200F}", "\u{202A}"..."\u{202E}", "\u{2066}"..."\u{2069}":
                break
            default:
                result.append(scalar)
            }
            previous = scalar
        }
        return String(result)
    }

    private static func trimmingEnd(_ line: Substring) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return String(line)
    }
}
