import Declarations
import OpenAPI

/// Decides how the members of a union are told apart.
struct UnionChoices {
    let planner: TypePlanner
    private var shapes: ShapeFinder { planner.shapes }

    init(planner: TypePlanner) {
        self.planner = planner
    }

    /// - Parameter isOpen: Whether values may be anything else too, so that even a
    ///   single case is only tried.
    func choices(
        _ variants: [UnionBuilder.Variant], _ discriminator: Schema.Discriminator?, isOpen: Bool
    ) -> [Union.KindChoice] {
        JSONKind.allCases.compactMap { kind in
            let indices = variants.indices.filter { variants[$0].kinds.contains(kind) }
            switch indices.count {
            case 0: return nil
            case 1: return .init(kind: kind, choice: isOpen ? .bestMatch(indices) : .one(indices[0]))
            default:
                let choice = kind == .object && !isOpen ? choice(variants, indices, discriminator) : .bestMatch(exactFirst(indices, variants))
                return .init(kind: kind, choice: choice)
            }
        }
    }

    /// Integers before other numbers: of those that fit alike the first is chosen, and
    /// a `Double` has not got all digits of a large integer.
    private func exactFirst(_ indices: [Int], _ variants: [UnionBuilder.Variant]) -> [Int] {
        indices.filter { !isInexact(variants[$0].type) } + indices.filter { isInexact(variants[$0].type) }
    }

    private func isInexact(_ type: TypeReference, depth: Int = 0) -> Bool {
        switch planner.resolved(type) {
        case .builtin(let builtin): builtin == .double || builtin == .float
        case .optional(let type), .nullable(let type): isInexact(type, depth: depth)
        case .declared(let index):
            switch planner.types[index].kind {
            case .union(let union) where depth < 4: union.cases.contains { isInexact($0.type, depth: depth + 1) }
            // Listed values are told from others all the same.
            case .enumeration(let enumeration): enumeration.rawType == .double
            default: false
            }
        default: false
        }
    }

    private func choice(
        _ variants: [UnionBuilder.Variant], _ indices: [Int], _ discriminator: Schema.Discriminator?
    ) -> Union.Choice {
        if let discriminator {
            let values = discriminated(variants, indices, discriminator)
            let covered = Set(values.map(\.index))
            let otherwise = defaultMember(discriminator, variants, indices).map { [$0] } ?? indices.filter { !covered.contains($0) }
            return .discriminator(
                key: discriminator.propertyName,
                // Values of the one that all others stand for need no mention.
                values: otherwise.count == 1 ? values.filter { $0.index != otherwise[0] } : values, otherwise: otherwise)
        }
        let objects = indices.map { (index: $0, object: shapes.object(variants[$0].schema)) }
        if let (key, values) = impliedDiscriminator(objects) {
            return .discriminator(key: key, values: values, otherwise: [])
        }
        return byProperty(objects) ?? .bestMatch(indices)
    }

    /// The member that `defaultMapping` names.
    private func defaultMember(
        _ discriminator: Schema.Discriminator, _ variants: [UnionBuilder.Variant], _ indices: [Int]
    ) -> Int? {
        guard let schema = discriminator.defaultMapping.flatMap(planner.document.schema) else { return nil }
        return indices.first { shapes.alternative(variants[$0].schema) === shapes.target(schema) }
    }

    private func discriminated(
        _ variants: [UnionBuilder.Variant], _ indices: [Int], _ discriminator: Schema.Discriminator
    ) -> [Union.Selector] {
        var values: [Union.Selector] = []
        var seen: Set<String> = []
        for entry in discriminator.mapping {
            guard let schema = planner.document.schema(for: entry.reference),
                let index = indices.first(where: { shapes.alternative(variants[$0].schema) === shapes.target(schema) }),
                seen.insert(entry.value).inserted
            else { continue }
            values.append(.init(entry.value, index))
        }
        for index in indices {
            let schema = shapes.origin(of: variants[index].schema)
            // What the member's own schema fixes, else the name of its schema.
            if let own = fixedValues(shapes.object(schema)?.schema(of: discriminator.propertyName)) {
                for value in own where seen.insert(value).inserted { values.append(.init(value, index)) }
            } else if let value = shapes.target(schema).composition.discriminatorValue {
                if seen.insert(value).inserted { values.append(.init(value, index)) }
            } else if let name = schema.reference?.name, !values.contains(where: { $0.index == index }), seen.insert(name).inserted {
                values.append(.init(name, index))
            }
        }
        return values
    }

    /// A property that every member has with values of its own.
    private func impliedDiscriminator(
        _ objects: [(index: Int, object: ObjectShape?)]
    ) -> (key: String, values: [Union.Selector])? {
        guard let first = objects.first?.object else { return nil }
        for member in first.members {
            var values: [Union.Selector] = []
            var seen: Set<String> = []
            let isDistinct = objects.allSatisfy { index, object in
                guard let own = fixedValues(object?.schema(of: member.name)) else { return false }
                for value in own {
                    guard seen.insert(value).inserted else { return false }
                    values.append(.init(value, index))
                }
                return true
            }
            if isDistinct { return (member.name, values) }
        }
        return nil
    }

    private func fixedValues(_ schema: Schema?) -> [String]? {
        schema.flatMap { shapes.fixedValues(of: $0) }
    }

    /// A required property that no other member knows.
    private func byProperty(_ objects: [(index: Int, object: ObjectShape?)]) -> Union.Choice? {
        var keys: [Union.Selector] = []
        var otherwise: [Int] = []
        /// Those that can be read without the property.
        var lenient: [Int] = []
        var uses: [String: Int] = [:]
        for member in objects.lazy.compactMap(\.object).flatMap(\.members) { uses[member.name, default: 0] += 1 }
        for (index, object) in objects {
            guard let object else { return nil }
            let own = object.members.first { object.required.contains($0.name) && uses[$0.name] == 1 }
            guard let own else {
                otherwise.append(index)
                continue
            }
            keys.append(.init(own.name, index))
            let annotations = shapes.annotations(of: own.schema)
            if shapes.isNullable(own.schema) || annotations.isReadOnly || annotations.isWriteOnly { lenient.append(index) }
        }
        guard otherwise.count <= 1, !keys.isEmpty else { return nil }
        return .properties(keys, otherwise: otherwise.isEmpty ? lenient : otherwise)
    }
}
