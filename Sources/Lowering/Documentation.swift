/// Text from the description, made fit for a `///` comment.
enum Documentation {
    /// The paragraphs' lines, wrapped at `width` characters. Fenced code,
    /// tables and indented lines stay as they are. Control characters and
    /// marks that change the writing direction are dropped: a comment must not
    /// look like anything but itself.
    static func lines(_ text: String?, width: Int = 92) -> [String] {
        guard let text, !text.isEmpty else { return [] }
        var result: [String] = []
        var paragraph: [Substring] = []
        var isCode = false

        func endParagraph() {
            guard !paragraph.isEmpty else { return }
            result += wrap(paragraph, width)
            paragraph.removeAll()
        }

        for line in clean(text).utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
            let line = Substring(line)
            let trimmed = line.drop { $0 == " " }
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

    /// The first paragraph, on one line.
    static func firstParagraph(_ text: String?) -> String {
        let lines = lines(text, width: .max)
        return lines.first { !$0.isEmpty } ?? ""
    }

    private static func startsBlock(_ line: Substring) -> Bool {
        line.hasPrefix("- ") || line.hasPrefix("* ") || line.hasPrefix("#") || line.hasPrefix(">")
            || line.prefix(while: \.isNumber).count > 0 && line.drop(while: \.isNumber).hasPrefix(". ")
    }

    private static func wrap(_ paragraph: [Substring], _ width: Int) -> [String] {
        var result: [String] = []
        var line = ""
        var length = 0
        for word in paragraph.lazy.flatMap({ $0.utf8.split(separator: UInt8(ascii: " ")) }) {
            let size = word.count
            if length > 0, length + 1 + size > width {
                result.append(line)
                line = ""
                length = 0
            }
            if length > 0 {
                line += " "
                length += 1
            }
            line += Substring(word)
            length += size
        }
        if length > 0 { result.append(line) }
        return result
    }

    private static func clean(_ text: String) -> String {
        // Nearly every text is plain; look before copying.
        let needsCleaning = text.utf8.contains { $0 < 0x20 && $0 != 0x0A || $0 >= 0x7F }
        guard needsCleaning else { return text }
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
            case _ where scalar.properties.generalCategory == .control
                || scalar.properties.isBidiControl || scalar == "\u{FEFF}":
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
