import TextScanning

/// Text from the description, made fit for a `///` comment.
enum Documentation {
    /// What fits on a line that is indented once more than a declaration's own.
    private static let memberWidth = 88

    /// The lines above a property or a case.
    static func member(_ text: String?) -> [String] {
        lines(text, width: memberWidth)
    }

    /// The paragraphs' lines, wrapped at `width` characters. Fenced code,
    /// tables and indented lines stay as they are. Control characters and
    /// marks that change the writing direction are dropped: a comment must not
    /// look like anything but itself.
    ///
    /// - Parameter lead: How many characters stand before the first line.
    static func lines(_ text: String?, width: Int = 92, after lead: Int = 0) -> [String] {
        guard let text, !text.isEmpty else { return [] }
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

    /// What a parameter is, and notes on it: behind a text of one line, else in
    /// a paragraph of their own. A text that only repeats the name says nothing.
    static func argument(_ text: String?, named name: String, notes: String = "") -> [String] {
        // The name stands before it: `  - name: `.
        func wrapped(_ text: String) -> [String] { lines(text, width: memberWidth, after: name.utf8.count + 2) }
        let described = isSame(text, name) ? [] : text.map(wrapped) ?? []
        if notes.isEmpty { return described }
        guard let first = described.first else { return [notes] }
        guard described.count == 1 else { return described + ["", notes] }
        return wrapped(first + (first.last?.isPunctuation == true ? " " : ". ") + notes)
    }

    /// Whether two texts say the same, but for capitals and the full stop.
    static func isSame(_ text: String?, _ other: String?) -> Bool {
        func essence(_ text: String?) -> Substring? {
            guard var rest = text?.lowercased()[...] else { return nil }
            while let last = rest.last, last.isWhitespace || last == "." { rest.removeLast() }
            return rest
        }
        if text == other { return true }
        // Most differ in the letter they begin with.
        if let first = text.flatMap(PlainASCII.firstLetter), let otherFirst = other.flatMap(PlainASCII.firstLetter), first != otherFirst {
            return false
        }
        return essence(text) == essence(other)
    }

    /// The first paragraph, on one line.
    static func firstParagraph(_ text: String?) -> String {
        let lines = lines(text, width: .max)
        return lines.first { !$0.isEmpty } ?? ""
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
