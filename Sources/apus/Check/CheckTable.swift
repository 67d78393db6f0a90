import Source
import Terminal

/// What `apus check` prints for people: operations and schemas in columns, then
/// what was found, and the numbers at the end, where they stay in sight.
struct CheckTable {
    let report: CheckReport
    let style: TerminalStyle
    /// Whether notes are listed too.
    let isVerbose: Bool

    /// In characters.
    private static let width = 100
    /// A longer path does not move the column after it.
    private static let longestPath = 60

    var text: String {
        section("Operations", operations) + section("Schemas", schemas) + section("Paginated", pagination { $0.declaration != nil })
            + section("Not paginated, though they may be", pagination { $0.declaration == nil })
            + section("Diagnostics", diagnostics) + summary
    }

    private func section(_ title: String, _ lines: [String]) -> String {
        lines.isEmpty ? "" : style.bold(title) + "\n" + lines.map { "  \($0)\n" }.joined() + "\n"
    }

    private var operations: [String] {
        let rows = report.methods.map { ($0.method, PlainText.line($0.path), $0.name) }
        let methodWidth = rows.map(\.0.count).max() ?? 0
        let pathWidth = rows.map(\.1.count).filter { $0 <= Self.longestPath }.max() ?? 0
        return rows.map { method, path, name in
            "\(style.dim(padded(method, to: methodWidth)))  \(padded(path, to: pathWidth))  \(style.cyan(name))"
        }
    }

    /// Down the columns, as names in a folder are listed.
    private var schemas: [String] {
        let names = report.schemas.map(PlainText.line)
        guard let longest = names.map(\.count).max() else { return [] }
        let columns = max(1, (Self.width - 2) / (longest + 2))
        let rows = (names.count + columns - 1) / columns
        return (0..<rows).map { row in
            let line = stride(from: row, to: names.count, by: rows).map { names[$0] }
            return line.dropLast().map { padded($0, to: longest + 2) }.joined() + (line.last ?? "")
        }
    }

    private func pagination(_ isIncluded: (CheckReport.Pages) -> Bool) -> [String] {
        let pages = report.pagination.filter(isIncluded)
        let width = pages.map(\.method.name.count).filter { $0 <= Self.longestPath }.max() ?? 0
        return pages.map { "\(style.cyan(padded($0.method.name, to: width)))  \(PlainText.line($0.reason))" }
    }

    private var diagnostics: [String] {
        report.diagnostics.filter { isVerbose || $0.severity != .note }.map { diagnostic in
            let place = diagnostic.location.map { "\($0): " } ?? ""
            return style.bold(place) + severity(diagnostic.severity) + " " + PlainText.line(diagnostic.message)
                + style.dim(" [\(diagnostic.code.rawValue)]")
        }
    }

    private func severity(_ severity: Diagnostic.Severity) -> String {
        let word = severity.rawValue + ":"
        return switch severity {
        case .error: style.red(word)
        case .warning: style.yellow(word)
        case .note: style.dim(word)
        }
    }

    private var summary: String {
        func count(_ severity: Diagnostic.Severity) -> Int { report.diagnostics.count { $0.severity == severity } }
        let notes = count(.note)
        var rows = [
            ("Operations", "\(report.described) described, \(report.generated) generated"), ("Schemas", "\(report.schemas.count)"),
            ("Degraded", "\(report.degraded.count)"), ("Warnings", "\(count(.warning))"),
            ("Notes", "\(notes)" + (notes > 0 && !isVerbose ? " (--verbose lists them)" : "")),
        ]
        if count(.error) > 0 { rows.insert(("Errors", style.red("\(count(.error))")), at: 3) }
        let paginated = report.pagination.count { $0.declaration != nil }
        if paginated > 0 { rows.insert(("Paginated", "\(paginated)"), at: 2) }
        let title = "\(PlainText.line(report.title)) (\(PlainText.line(report.specification)))"
        return style.bold(title) + "\n" + rows.map { "  \(padded($0.0, to: 12))\($0.1)\n" }.joined()
    }

    private func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }
}
