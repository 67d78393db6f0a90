import Declarations
import OpenAPI

/// Finds the JSON types that a type's values have.
struct JSONKinds {
    let planner: TypePlanner

    static func kinds(_ builtin: Builtin) -> Set<JSONKind> {
        switch builtin {
        case .bool: [.bool]
        case _ where builtin.isInteger: [.number]
        case .double, .float, .decimal: [.number]
        case .json: Set(JSONKind.allCases)
        default: [.string]
        }
    }

    func kinds(_ type: TypeReference) -> Set<JSONKind> {
        switch planner.resolved(type) {
        case .builtin(let builtin): Self.kinds(builtin)
        case .external(let type): type.kinds
        case .array: [.array]
        case .dictionary: [.object]
        case .items, .events: []
        case .text: [.string]
        case .optional(let type), .nullable(let type): kinds(type)
        // A type whose turn has not come is known by its schema only.
        case .declared(let index): planner.types[index].schema.map { kinds($0) } ?? [.object]
        }
    }

    func kinds(_ schema: Schema, depth: Int = 0) -> Set<JSONKind> {
        guard depth < 8 else { return Set(JSONKind.allCases) }
        switch planner.shapes.shape(schema) {
        case .same(let other): return kinds(other, depth: depth + 1)
        case .object, .dictionary: return [.object]
        case .array, .tuple: return [.array]
        case .text: return [.string]
        case .enumeration(let values, let schema):
            return schema.types.contains(.string) || values.contains { $0.kind == .string } ? [.string] : [.number]
        case .scalar(let builtin): return Self.kinds(builtin)
        case .any: return Set(JSONKind.allCases)
        case .union(let members, _): return members.reduce(into: []) { $0.formUnion(kinds($1, depth: depth + 1)) }
        }
    }
}
