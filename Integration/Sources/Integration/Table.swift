/// What passed: a row for each flow, a column for each server.
struct Table {
    enum Cell {
        case passed
        case failed(String)
        /// Not to be proved here, and why.
        case absent(String)
    }

    let servers: [String]
    private(set) var rows: [(flow: Flow, cells: [Cell])] = []

    init(servers: [String]) {
        self.servers = servers
    }

    mutating func add(_ flow: Flow, _ cells: [Cell]) {
        rows.append((flow, cells))
    }

    var failures: [String] {
        rows.flatMap { row in
            zip(servers, row.cells).compactMap { server, cell in
                if case .failed(let why) = cell { "\(row.flow.name), \(server): \(why)" } else { nil }
            }
        }
    }

    /// The table in Markdown, and why a cell is empty.
    var markdown: String {
        var reasons: [String] = []
        var lines = [
            "| Flow | Specified in | " + servers.joined(separator: " | ") + " |",
            "|---|---|" + String(repeating: ":-:|", count: servers.count),
        ]
        for row in rows {
            let cells = row.cells.map { cell in
                switch cell {
                case .passed: return "✓"
                case .failed: return "**failed**"
                case .absent(let reason):
                    if !reasons.contains(reason) { reasons.append(reason) }
                    return "\((reasons.firstIndex(of: reason) ?? 0) + 1)"
                }
            }
            lines.append("| \(row.flow.name) | \(row.flow.standard) | " + cells.joined(separator: " | ") + " |")
        }
        lines.append("")
        lines += reasons.enumerated().map { "\($0 + 1). \($1)" }
        return lines.joined(separator: "\n") + "\n"
    }
}
