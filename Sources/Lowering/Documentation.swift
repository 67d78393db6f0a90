import TextScanning

/// Text from the description, made fit for a `///` comment.
enum Documentation {
    /// What fits on a line that is indented once more than a declaration's own.
    private static let memberWidth = 88

    /// The lines above a property or a case.
    static func member(_ text: String?) -> [String] {
        lines(text, width: memberWidth)
    }

    /// See ``CommentText/lines(_:width:after:)``.
    static func lines(_ text: String?, width: Int = 92, after lead: Int = 0) -> [String] {
        guard let text, !text.isEmpty else { return [] }
        return CommentText.lines(text, width: width, after: lead)
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
        guard let text, let other else { return text == nil && other == nil }
        return CommentText.isSame(text, other)
    }

    /// The first paragraph, on one line.
    static func firstParagraph(_ text: String?) -> String {
        let lines = lines(text, width: .max)
        return lines.first { !$0.isEmpty } ?? ""
    }
}
