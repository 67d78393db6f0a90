import Clients
import Foundation

/// Runs every flow on every server, prints the table of what passed and writes
/// it to a file:
///
///     Integration TABLE NAME=URL=VERSION …
///
/// `run` starts the servers first. `Integration soak NAME=URL` lets several
/// processes use tokens that soon end. `Integration share TASK NAME=URL
/// PLACE …` is one of several processes that share tokens.
@main
struct Integration {
    static func main() async {
        var arguments = CommandLine.arguments.dropFirst()
        do {
            guard let first = arguments.popFirst() else { throw Unexpected("no file for the table") }
            switch first {
            case "share":
                let rest = Array(arguments)
                guard rest.count > 2, let task = SharingProcess.Task(rawValue: rest[0]) else {
                    throw Unexpected("share needs a task, a server and a place")
                }
                return try await SharingProcess.run(task, server(rest[1]), SharedPlace(rest.dropFirst(2)))
            case "soak":
                guard arguments.count == 1, let server = arguments.first else { throw Unexpected("soak needs a server") }
                return try await Soak.run(on: self.server(server))
            default: break
            }
            let table = await table(of: try arguments.map(server))
            try Documentation.text(table).write(toFile: first, atomically: true, encoding: .utf8)
            print("\n" + table.markdown)
            for failure in table.failures { print("✗ \(failure)") }
            if !table.failures.isEmpty { exit(1) }
        } catch {
            print("✗ \(error)")
            exit(1)
        }
    }

    /// A server by its name and URL, and its version where it is given.
    private static func server(_ argument: String) throws -> Server {
        let parts = argument.split(separator: "=").map(String.init)
        let known = [
            "doorkeeper": Server.doorkeeper, "django": Server.django, "authlib": Server.authlib,
            "glewlwyd": Server.glewlwyd,
        ]
        guard parts.count >= 2, let known = known[parts[0]] else { throw Unexpected("no server is called \(argument)") }
        var server = known(parts[1])
        if parts.count == 3 { server.title += " " + parts[2] }
        return server
    }

    private static func table(of servers: [Server]) async -> Table {
        var table = Table(servers: servers.map(\.title))
        for flow in Flow.all {
            var cells: [Table.Cell] = []
            for server in servers {
                let cell = await run(flow, on: server)
                print("\(flow.name), \(server.title): \(word(for: cell))")
                cells.append(cell)
            }
            table.add(flow, cells)
        }
        return table
    }

    private static func run(_ flow: Flow, on server: Server) async -> Table.Cell {
        if let reason = server.absent[flow] { return .absent(reason) }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await flow.run(server) }
                group.addTask {
                    try await Task.sleep(for: .seconds(120))
                    throw Unexpected("not done after two minutes")
                }
                try await group.next()
                group.cancelAll()
            }
            return .passed
        } catch {
            return .failed(String("\(error)".prefix(500)))
        }
    }

    private static func word(for cell: Table.Cell) -> String {
        switch cell {
        case .passed: "passed"
        case .failed(let why): "FAILED: \(why)"
        case .absent(let why): "not run. \(why)"
        }
    }
}
