import Comparison
import Source

/// A comment for a pull request, in GitHub's Markdown.
struct DiffMarkdown {
    let report: DiffReport

    /// More compatible changes than these are folded.
    private static let mostUnfolded = 10
    /// GitHub takes 65,536 characters in a comment.
    private static let mostRows = 200

    var text: String {
        let (breaking, compatible) = (report.breaking, report.compatible)
        var lines = ["### Swift client of \(code(report.title))", ""]
        guard !report.changes.isEmpty else { return (lines + ["The interface is the same.", ""]).joined(separator: "\n") }
        lines += [
            "**\(breaking.count) breaking**, \(compatible.count) compatible. Suggested version bump: **\(report.bump.rawValue)** (\(report.bump.reason)).", "",
        ]
        if !breaking.isEmpty { lines += ["#### Breaking", ""] + table(breaking) }
        if compatible.count > Self.mostUnfolded {
            lines += ["<details><summary>\(compatible.count) compatible changes</summary>", ""] + table(compatible) + ["</details>", ""]
        } else if !compatible.isEmpty {
            lines += ["#### Compatible", ""] + table(compatible)
        }
        return lines.joined(separator: "\n")
    }

    private func table(_ changes: [InterfaceChange]) -> [String] {
        let rows = changes.prefix(Self.mostRows).map { change in
            "| \(change.kind.rawValue) | \(change.subject.rawValue) | \(code(change.name)) | \(change.detail.isEmpty ? "" : code(change.detail)) |"
        }
        let others = changes.count - rows.count
        return ["| Change | Kind | Name | Detail |", "| --- | --- | --- | --- |"] + rows + [""] + (others > 0 ? ["… and \(others) more.", ""] : [])
    }

    /// A text of the description as code, where nothing in it is Markdown, HTML or
    /// the mention of a person.
    private func code(_ text: String) -> String {
        let escaped = PlainText.line(text).unicodeScalars.map { scalar in
            scalar.isASCII && Self.special.contains(scalar) ? "&#\(scalar.value);" : String(scalar)
        }
        return "<code>\(escaped.joined())</code>"
    }

    private static let special = Set("&<>|`*_~[]\\@#$!\"'".unicodeScalars)
}
