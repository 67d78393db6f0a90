import Declarations
import OpenAPI

/// A schema, or something of an operation, that becomes a type. A class, since it is
/// large and asked for often; the planner alone changes it.
final class PlannedType {
    /// What it is named after.
    let place: Place
    /// What it was made of; nil for what operations bring by themselves.
    let schema: Schema?
    var documentation: [String]
    var isDeprecated: Bool
    /// What it is. Types in it are indices of ``TypePlan/types``.
    var kind: Declaration.Kind
    /// What stands for it where it turned out to be nothing of its own.
    var replacement: TypeReference?
    /// The first of the types that are equal to it, itself where there is none.
    var twin: Int

    init(at place: Place, schema: Schema?, documentation: [String], index: Int) {
        self.place = place
        self.schema = schema
        self.documentation = documentation
        isDeprecated = schema?.annotations.isDeprecated ?? false
        kind = .alias(.builtin(.json))
        twin = index
    }

    /// Whether it is of a component, which is a type of its own, whatever else is equal.
    var isComponent: Bool {
        if case .component = place.step { true } else { false }
    }
}

/// All types that a description comes to, before any of them has a name.
struct TypePlan {
    var types: [PlannedType]
    /// What union members are called that have no name of their own, by their places.
    var variantNames: [ObjectIdentifier: String]

    /// The types that the given ones need, and all components' ones.
    func reachable(from roots: [TypeReference]) -> Set<Int> {
        var open = roots + types.indices.filter { types[$0].isComponent }.map { .declared($0) }
        var found: Set<Int> = []
        while let type = open.popLast() {
            guard let index = types.settled(type).declaration, found.insert(index).inserted else { continue }
            open += types[index].kind.types
        }
        return found
    }
}

extension [PlannedType] {
    /// What a type is, behind what was replaced. No replacement leads back to what it
    /// replaced: the planner sees to that.
    func settled(_ type: TypeReference) -> TypeReference {
        type.mapInnermost { innermost in
            guard case .declared(let index) = innermost, let replacement = self[index].replacement else { return innermost }
            return settled(replacement)
        }
    }
}
