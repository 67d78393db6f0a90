/// Takes away operations with everything that only they reach.
public struct OperationRemoval {
    private let description: Value

    public init(_ description: Value) {
        self.description = description
    }

    /// Takes away a share of the operations: at least one, never all.
    public func mutation(share: Double = 0.05, using random: inout SeededGenerator) -> Mutation? {
        let operations = removable
        let count = max(1, Int((Double(operations.count) * share).rounded()))
        guard operations.count > 1 else { return nil }
        return mutation(removing: Array(operations.shuffled(using: &random).prefix(count)))
    }

    /// Takes away the operations at the paths.
    public func mutation(removing operations: [Path]) -> Mutation {
        let reachability = Reachability(description)
        let all = Reachability.components(of: description)
        let before = reachability.reached(from: roots(of: description))
        let rest = withoutEmptyPaths(description.removing(Set(operations)))
        // What no operation reached is there by itself, with all that it leads to.
        let unused = all.filter { !before.contains($0) }.compactMap { description[$0] }
        let after = reachability.reached(from: roots(of: rest) + unused)
        let components = all.filter { before.contains($0) && !after.contains($0) }
        let elements =
            operations.map { Element(kind: .operation, path: $0, name: "\($0.steps[2]) \($0.steps[1])") }
            + components.map { Element(kind: .component, path: $0, name: $0.steps.last ?? "") }
        return Mutation(description: withoutEmptySections(rest.removing(Set(components))), elements: elements)
    }

    /// The operations that no reference leads into.
    var removable: [Path] {
        let targets = description.references.compactMap(Path.init(reference:)).filter { $0.steps.first == "paths" }
        return (description["paths"]?.members ?? []).flatMap { path in
            path.value.members.filter { Grammar.methods.contains($0.key) }.map { Path(["paths", path.key, $0.key]) }
        }.filter { operation in !targets.contains { operation.isPrefix(of: $0) || $0.isPrefix(of: operation) } }
    }

    /// Everything that is there by itself.
    private func roots(of description: Value) -> [Value] {
        description.members.filter { !Self.componentSections.contains($0.key) }.map { .object([$0]) }
    }

    private static let componentSections: Set<String> = [
        "components", "definitions", "parameters", "responses", "securityDefinitions",
    ]

    private func withoutEmptyPaths(_ description: Value) -> Value {
        let empty = (description["paths"]?.members ?? []).filter { path in
            path.value["$ref"] == nil && !path.key.hasPrefix("x-") && !path.value.members.contains { member in
                Grammar.methods.contains(member.key) || member.key == "additionalOperations"
            }
        }
        return description.removing(Set(empty.map { Path(["paths", $0.key]) }))
    }

    /// `schemas: {}` is the same as none, and no author would leave it.
    private func withoutEmptySections(_ rest: Value) -> Value {
        let empty = (rest["components"]?.members ?? []).filter { $0.value == .object([]) }
        return rest.removing(Set(empty.map { Path(["components", $0.key]) }))
    }
}
