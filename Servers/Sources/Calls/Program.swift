import Foundation

/// `Calls PAGE NAME=URL=VERSION ...` calls each server and writes the table to PAGE.
@main
enum Program {
    static let servers: [(name: String, title: String, calls: @Sendable (String, Calls) async -> Void)] = [
        ("etcd", "etcd", callEtcd), ("pdns", "PowerDNS", callPowerDNS), ("alertmanager", "Alertmanager", callAlertmanager),
        ("jupyter", "Jupyter Server", callJupyter), ("chroma", "Chroma", callChroma), ("airflow", "Airflow", callAirflow),
        ("django", "Django REST framework", callDjango),
    ]

    static func main() async throws {
        let page = CommandLine.arguments[1]
        let running = CommandLine.arguments.dropFirst(2).map { $0.split(separator: "=", maxSplits: 2).map(String.init) }
        var rows: [String] = []
        var failures: [String] = []
        for server in servers {
            guard let parts = running.first(where: { $0[0] == server.name }) else { continue }
            let calls = Calls()
            await server.calls(parts[1], calls)
            let failed = calls.outcomes.filter { $0.failure != nil }
            let names = calls.outcomes.map { $0.failure == nil ? $0.name : "**\($0.name)**" }
            rows.append("| \(server.title) \(parts[2]) | \(calls.outcomes.count - failed.count) of \(calls.outcomes.count) | \(names.joined(separator: "; ")) |")
            failures += failed.map { "\(server.title), \($0.name): \($0.failure ?? "")" }
        }
        let table = (["| Server | Passed | Calls |", "|---|---|---|"] + rows).joined(separator: "\n")
        print(table)
        for failure in failures { print("FAILED \(failure)") }
        try Data((table + "\n").utf8).write(to: URL(fileURLWithPath: page))
        exit(failures.isEmpty ? 0 : 1)
    }
}
