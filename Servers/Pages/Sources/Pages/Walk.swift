import ApusRuntime
import Foundation

/// Notes what was expected and what was not.
actor Walks {
    private(set) var failures = 0
    private var rows: [String] = []

    func walk(_ name: String, _ check: @Sendable () async throws -> String) async {
        do {
            let result = try await check()
            print("ok      \(name): \(result)")
            note(name, result)
        } catch {
            failures += 1
            print("FAILED  \(name): \(error)")
            note(name, "**failed**")
        }
    }

    /// A name is that of the server, a comma, and how its list is walked over.
    private func note(_ name: String, _ result: String) {
        let parts = name.split(separator: ", ", maxSplits: 1)
        rows.append("| \(parts[0]) | \(parts.last ?? "") | \(result.replacing("|", with: "\\|")) |\n")
    }

    /// All walks as a table in Markdown.
    var table: String { "| Server | Walk | Found |\n|---|---|---|\n" + rows.joined() }
}

struct Unexpected: Error, CustomStringConvertible {
    let description: String
}

func expect(_ condition: Bool, _ found: @autoclosure () -> String) throws {
    if !condition { throw Unexpected(description: found()) }
}

/// All items, and what is done once so many have come.
func collect<Page, Item, Documented>(
    _ items: PagedItems<Page, Item, Documented>, after count: Int = .max, _ change: () async throws -> Void = {}
) async throws -> [Item] {
    var all: [Item] = []
    for try await item in items {
        all.append(item)
        if all.count == count { try await change() }
    }
    return all
}
