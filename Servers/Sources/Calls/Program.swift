import Foundation

/// `Calls PAGE NAME=URL=VERSION ...` calls each server and writes the table to PAGE: a row
/// for the description as it is, and one for what an overlay has made of it.
@main
enum Program {
    typealias Caller = @Sendable (String, Calls) async -> Void

    /// - asDescribed: What fails without the overlay; nil where there is none.
    static let servers: [(name: String, title: String, calls: Caller, asDescribed: Caller?)] = [
        ("etcd", "etcd", callEtcd, nil), ("pdns", "PowerDNS", callPowerDNS, callPowerDNSAsDescribed),
        ("alertmanager", "Alertmanager", callAlertmanager, nil), ("jupyter", "Jupyter Server", callJupyter, callJupyterAsDescribed),
        ("chroma", "Chroma", callChroma, callChromaAsDescribed), ("airflow", "Airflow", callAirflow, nil),
        ("django", "Django REST framework", callDjango, nil),
    ]

    static func main() async throws {
        let page = CommandLine.arguments[1]
        let running = CommandLine.arguments.dropFirst(2).map { $0.split(separator: "=", maxSplits: 2).map(String.init) }
        var rows: [String] = []
        var failures: [String] = []
        for server in servers {
            guard let parts = running.first(where: { $0[0] == server.name }) else { continue }
            let title = "\(server.title) \(parts[2])"
            let calls = Calls()
            await server.calls(parts[1], calls)
            let failed = calls.outcomes.filter { $0.failure != nil }
            failures += failed.map { "\(title), \($0.name): \($0.failure ?? "")" }
            guard let asDescribed = server.asDescribed else {
                rows.append(row(title, "as it is", calls))
                continue
            }
            let misled = Calls()
            await asDescribed(parts[1], misled)
            let passed = misled.outcomes.filter { $0.failure == nil }
            failures += passed.map { "\(title), \($0.name): passes as described, and needs no overlay" }
            rows += [row(title, "as it is: what the overlay mends", misled, saysWhy: true), row(title, "with `\(server.name)/fixes.overlay.yaml`", calls)]
        }
        let table = (["| Server | Description | Passed | Calls |", "|---|---|---|---|"] + rows).joined(separator: "\n")
        print(table)
        for failure in failures { print("FAILED \(failure)") }
        try Data((table + "\n").utf8).write(to: URL(fileURLWithPath: page))
        exit(failures.isEmpty ? 0 : 1)
    }

    private static func row(_ title: String, _ description: String, _ calls: Calls, saysWhy: Bool = false) -> String {
        let passed = calls.outcomes.count { $0.failure == nil }
        let names = calls.outcomes.map { outcome in
            guard let failure = outcome.failure else { return outcome.name }
            return "**\(outcome.name)**" + (saysWhy ? ": \(cell(failure))" : "")
        }
        return "| \(title) | \(description) | \(passed) of \(calls.outcomes.count) | \(names.joined(separator: "; ")) |"
    }

    /// The beginning of a text as one line of a table.
    private static func cell(_ text: String) -> String {
        let line = text.split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        return String(line.prefix(160)).replacing("|", with: "\\|")
    }
}
