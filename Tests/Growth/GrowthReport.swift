import Comparison

/// What a run prints.
public enum GrowthReport {
    /// A failure with all that is needed to look into it and to repeat it.
    ///
    /// - Parameter limit: How many elements and changes are listed.
    public static func text(of outcome: Round.Outcome, seed: Int, limit: Int = 20) -> String {
        var lines = ["\(outcome.isFailure ? "FAILED" : "ok") \(outcome.round) (--seed \(seed) --only \(outcome.round))"]
        if let error = outcome.error { lines.append("  error: \(error)") }
        lines += list(outcome.elements.map { "  element: \($0)" }, limit)
        lines += list(outcome.faults.map { "  \($0.isBreaking ? "breaking" : "changed"): \($0)" }, limit)
        return lines.joined(separator: "\n")
    }

    private static func list(_ lines: [String], _ limit: Int) -> [String] {
        lines.count <= limit ? lines : lines.prefix(limit) + ["  and \(lines.count - limit) more"]
    }

    /// The table at the end of a run.
    public static func table(_ summaries: [GrowthRun.Summary]) -> String {
        let rows =
            [["description", "mode", "rounds", "failed", "changes"]]
            + summaries.map { [$0.descriptionName, $0.mode.rawValue, String($0.rounds), String($0.failures), String($0.faults)] }
            + Mode.allCases.compactMap { mode in
                let ofMode = summaries.filter { $0.mode == mode }
                guard !ofMode.isEmpty else { return nil }
                return [
                    "all", mode.rawValue, String(ofMode.map(\.rounds).reduce(0, +)), String(ofMode.map(\.failures).reduce(0, +)),
                    String(ofMode.map(\.faults).reduce(0, +)),
                ]
            }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return column < 2 ? cell.0 + space : space + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
