import ApusRuntime
import Foundation

/// Counts what was expected and what was not.
actor Walks {
    private(set) var failures = 0

    func walk(_ name: String, _ check: @Sendable () async throws -> String) async {
        do {
            print("ok      \(name): \(try await check())")
        } catch {
            failures += 1
            print("FAILED  \(name): \(error)")
        }
    }
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
