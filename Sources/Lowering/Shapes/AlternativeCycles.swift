import OpenAPI

/// Which schemas lead back to each other by their alternatives: the strongly connected
/// components of that graph, each found once (Tarjan's algorithm, without recursion).
final class AlternativeCycles {
    private let next: (Schema) -> [Schema]
    /// The component of each schema that was looked at.
    private var components: [ObjectIdentifier: Int] = [:]
    private var order: [ObjectIdentifier: Int] = [:]
    private var count = 0

    /// - Parameter next: The schemas that a schema's alternatives are.
    init(next: @escaping (Schema) -> [Schema]) {
        self.next = next
    }

    func isCycle(_ schema: Schema, _ other: Schema) -> Bool {
        for schema in [schema, other] where components[ObjectIdentifier(schema)] == nil { search(from: schema) }
        return components[ObjectIdentifier(schema)] == components[ObjectIdentifier(other)]
    }

    /// A schema on the way, and which of its alternatives come next.
    private struct Visit {
        var key: ObjectIdentifier
        var rest: ArraySlice<Schema>
        /// The earliest schema that it leads back to.
        var low: Int
    }

    private func search(from start: Schema) {
        var path: [Visit] = []
        var open: [ObjectIdentifier] = []
        func enter(_ schema: Schema) {
            let key = ObjectIdentifier(schema)
            order[key] = order.count
            open.append(key)
            path.append(Visit(key: key, rest: next(schema)[...], low: order[key] ?? 0))
        }
        enter(start)
        while let last = path.indices.last {
            if let schema = path[last].rest.popFirst() {
                let key = ObjectIdentifier(schema)
                guard let known = order[key] else {
                    enter(schema)
                    continue
                }
                if components[key] == nil { path[last].low = min(path[last].low, known) }
                continue
            }
            let visit = path.removeLast()
            if let parent = path.indices.last { path[parent].low = min(path[parent].low, visit.low) }
            guard visit.low == order[visit.key] else { continue }
            while let member = open.popLast() {
                components[member] = count
                if member == visit.key { break }
            }
            count += 1
        }
    }
}
