import OpenAPI
import SyntaxTree
import TextScanning

extension TypeLowering {
    /// One of several: an enum, or a single type where they come to one.
    func union(_ members: [Schema], _ discriminator: Schema.Discriminator?, at place: Int) -> Declaration.Kind {
        if let merged = mergedEnumeration(members) { return .enumeration(merged) }
        var variants = variants(members, at: place)
        add(mappedBy: discriminator, to: &variants, at: place)
        simplify(&variants)
        if variants.isEmpty { return .alias(.builtin(.json)) }
        if variants.count == 1 { return .alias(variants[0].type) }
        var scope = NameScope(reserved: ["unknown"])
        let cases = variants.map { variant in
            Union.Case(
                name: scope.claim(unlikeType(caseName(variant.type), variant.type)), type: variant.type, documentation: variant.documentation)
        }
        return .union(Union(cases: cases, choices: choices(variants, discriminator)))
    }

    struct Variant {
        var type: TypeReference
        var schema: Schema
        var kinds: Set<Union.JSONKind>
        var documentation: [String]
    }

    // MARK: - Members

    private func variants(_ members: [Schema], at place: Int) -> [Variant] {
        members.enumerated().compactMap { index, member in
            let name = member.title ?? constantName(member) ?? enumerationName(member) ?? structureName(member, among: members)
            let type = jsonType(elementType(member, Hint(place, Words(name ?? "variant\(index + 1)"))))
            return variant(type, member)
        }
    }

    private func variant(_ type: TypeReference, _ member: Schema) -> Variant {
        var type = type
        if case .optional(let some) = type { type = some }
        return Variant(
            type: type, schema: member, kinds: kinds(type),
            documentation: member.reference == nil ? [] : Documentation.member(member.description))
    }

    /// Schemas that only the mapping names belong to the union too.
    private func add(
        mappedBy discriminator: Schema.Discriminator?, to variants: inout [Variant], at place: Int
    ) {
        let mapped = (discriminator?.mapping ?? []).map(\.reference) + [discriminator?.defaultMapping].compactMap { $0 }
        for reference in mapped {
            guard let schema = document.schema(for: reference), schema !== schemas[place],
                !variants.contains(where: { shapes.target($0.schema) === schema })
            else { continue }
            variants.append(variant(type(schema, Hint(place, Words(reference.name))), schema))
        }
    }

    private func constantName(_ member: Schema) -> String? {
        for (_, schema) in member.properties {
            if let constant = schema.constant, constant.kind == .string { return constant.text }
            if let values = schema.enumeration, values.count == 1, values[0].kind == .string { return values[0].text }
        }
        return nil
    }

    private func enumerationName(_ member: Schema) -> String? {
        guard member.reference == nil, case .enumeration(let values, let schema) = shapes.shape(member) else { return nil }
        return schema.types.contains(.string) || values.contains { $0.kind == .string } ? "stringValue" : "intValue"
    }

    /// A member without a name of its own is called after what sets it apart:
    /// a property that no other member has, a required one before others.
    private func structureName(_ member: Schema, among members: [Schema]) -> String? {
        guard member.reference == nil else { return nil }
        switch shapes.shape(member) {
        case .array, .tuple: return "items"
        case .object(let object):
            if let own = ownProperty(object, of: member, among: members) { return own }
            let isOnly = members.allSatisfy { other in
                guard other !== member, other.reference == nil, let object = shapes.object(other) else { return true }
                return ownProperty(object, of: other, among: members) != nil
            }
            return isOnly ? "object" : nil
        default: return nil
        }
    }

    private func ownProperty(_ object: ObjectShape, of member: Schema, among members: [Schema]) -> String? {
        let others = members.filter { $0 !== member }.compactMap(shapes.object)
        let own = object.members.filter { property in !others.contains { $0.schema(of: property.name) != nil } }
        return (own.first { object.required.contains($0.name) } ?? own.first)?.name
    }

    /// Strings of fixed values, one or several in each member, are one
    /// enumeration; a plain string beside them is what `unknown` is for.
    private func mergedEnumeration(_ members: [Schema]) -> Enumeration? {
        var values: [(node: Node, documentation: String?)] = []
        for member in members {
            let target = shapes.target(member)
            if let constant = target.constant, constant.kind == .string {
                values.append((constant, target.description ?? target.title))
            } else if case .enumeration(let nodes, let schema) = shapes.shape(target),
                nodes.allSatisfy({ $0.kind == .string || schema.types.contains(.string) }),
                member.reference == nil || members.count > 1 && isPlainString(members)
            {
                values += nodes.map { ($0, nil) }
            } else if !isPlainString([member]) {
                return nil
            }
        }
        guard values.count > 0, members.count > 1, values.contains(where: { $0.documentation != nil }) || isPlainString(members)
        else { return nil }
        let schema = Schema(combining: members)
        schema.types = .string
        schema.enumerationDescriptions = values.map { $0.documentation ?? "" }
        var seen: Set<String> = []
        return enumeration(values.map(\.node).filter { seen.insert($0.text).inserted }, schema)
    }

    private func isPlainString(_ members: [Schema]) -> Bool {
        members.contains { member in
            if case .scalar(.string) = shapes.shape(shapes.target(member)), shapes.target(member).constant == nil { true } else { false }
        }
    }

    /// Leaves out what another member covers.
    private func simplify(_ variants: inout [Variant]) {
        // `.unknown` holds anything already.
        variants.removeAll { $0.type == .builtin(.json) }
        var seen: Set<TypeReference> = []
        variants = variants.filter { seen.insert(resolved($0.type)).inserted }
        if seen.contains(.builtin(.double)) {
            variants.removeAll { if case .builtin(let builtin) = resolved($0.type) { builtin.isInteger } else { false } }
        }
        if seen.contains(.builtin(.string)), variants.filter({ $0.kinds == [.string] }).count > 1 {
            let kept = variants.first { isStringEnumeration($0.type) }?.type ?? .builtin(.string)
            variants.removeAll { $0.kinds == [.string] && resolved($0.type) != resolved(kept) }
        }
    }

    private func isStringEnumeration(_ type: TypeReference) -> Bool {
        if case .declared(let place) = resolved(type), case .enumeration(let value) = declarations[place].kind {
            return value.rawType == .string
        }
        return false
    }

    /// A case must not hide the type it holds.
    private func unlikeType(_ name: String, _ type: TypeReference) -> String {
        if case .declared(let place) = type, declarations[place].name == name { return name + "Value" }
        return name
    }

    private func caseName(_ type: TypeReference) -> String {
        switch type {
        case .declared(let place): SwiftName.enumCase(declarations[place].name)
        case .builtin(.json): "any"
        case .builtin(let builtin): SwiftName.member(builtin.rawValue)
        case .external(let type): SwiftName.member(type.name)
        case .optional(let type), .nullable(let type): caseName(type)
        case .array(let type): caseName(type) + "Array"
        case .dictionary(.builtin(.json)): "object"
        case .dictionary(let type): caseName(type) + "Dictionary"
        case .items, .events: "items"
        case .text(let type): caseName(type) + "Text"
        }
    }

    // MARK: - Telling them apart

    /// The JSON types a type's values have.
    func kinds(_ type: TypeReference) -> Set<Union.JSONKind> {
        switch resolved(type) {
        case .builtin(let builtin):
            switch builtin {
            case .bool: return [.bool]
            case _ where builtin.isInteger: return [.number]
            case .double, .float, .decimal: return [.number]
            case .json: return Set(Union.JSONKind.allCases)
            default: return [.string]
            }
        case .external(let type): return type.kinds
        case .array: return [.array]
        case .dictionary: return [.object]
        case .items, .events: return []
        case .text: return [.string]
        case .optional(let type), .nullable(let type): return kinds(type)
        case .declared(let place): return kinds(at: place)
        }
    }

    private func kinds(at place: Int) -> Set<Union.JSONKind> {
        // A declaration whose turn has not come is known by its schema only.
        guard let schema = schemas[place] else { return [.object] }
        return kinds(schema, depth: 0)
    }

    func kinds(_ schema: Schema, depth: Int) -> Set<Union.JSONKind> {
        guard depth < 8 else { return Set(Union.JSONKind.allCases) }
        switch shapes.shape(schema) {
        case .same(let other): return kinds(other, depth: depth + 1)
        case .object, .dictionary: return [.object]
        case .array, .tuple: return [.array]
        case .text: return [.string]
        case .enumeration(let values, let schema):
            return schema.types.contains(.string) || values.contains { $0.kind == .string } ? [.string] : [.number]
        case .scalar(let builtin): return kinds(.builtin(builtin))
        case .any: return Set(Union.JSONKind.allCases)
        case .union(let members, _):
            return members.reduce(into: []) { $0.formUnion(kinds($1, depth: depth + 1)) }
        }
    }

    private func choices(
        _ variants: [Variant], _ discriminator: Schema.Discriminator?
    ) -> [(kind: Union.JSONKind, choice: Union.Choice)] {
        Union.JSONKind.allCases.compactMap { kind in
            let indices = variants.indices.filter { variants[$0].kinds.contains(kind) }
            switch indices.count {
            case 0: return nil
            case 1: return (kind, .one(indices[0]))
            default: return (kind, kind == .object ? choice(variants, indices, discriminator) : .bestMatch(indices))
            }
        }
    }

    private func choice(
        _ variants: [Variant], _ indices: [Int], _ discriminator: Schema.Discriminator?
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
        _ discriminator: Schema.Discriminator, _ variants: [Variant], _ indices: [Int]
    ) -> Int? {
        guard let schema = discriminator.defaultMapping.flatMap(document.schema) else { return nil }
        return indices.first { shapes.target(variants[$0].schema) === shapes.target(schema) }
    }

    private func discriminated(
        _ variants: [Variant], _ indices: [Int], _ discriminator: Schema.Discriminator
    ) -> [(value: String, index: Int)] {
        var values: [(value: String, index: Int)] = []
        var seen: Set<String> = []
        for (value, reference) in discriminator.mapping {
            guard let schema = document.schema(for: reference),
                let index = indices.first(where: { shapes.target(variants[$0].schema) === shapes.target(schema) }),
                seen.insert(value).inserted
            else { continue }
            values.append((value, index))
        }
        for index in indices {
            // What the member's own schema fixes, else the name of its schema.
            if let own = fixedValues(shapes.object(variants[index].schema)?.schema(of: discriminator.propertyName)) {
                for value in own where seen.insert(value).inserted { values.append((value, index)) }
            } else if let value = shapes.target(variants[index].schema).discriminatorValue {
                if seen.insert(value).inserted { values.append((value, index)) }
            } else if let name = variants[index].schema.reference?.name, !values.contains(where: { $0.index == index }),
                seen.insert(name).inserted
            {
                values.append((name, index))
            }
        }
        return values
    }

    /// A property that every member has with values of its own.
    private func impliedDiscriminator(
        _ objects: [(index: Int, object: ObjectShape?)]
    ) -> (key: String, values: [(value: String, index: Int)])? {
        guard let first = objects.first?.object else { return nil }
        for member in first.members {
            var values: [(value: String, index: Int)] = []
            var seen: Set<String> = []
            let isDistinct = objects.allSatisfy { index, object in
                guard let own = fixedValues(object?.schema(of: member.name)) else { return false }
                for value in own {
                    guard seen.insert(value).inserted else { return false }
                    values.append((value, index))
                }
                return true
            }
            if isDistinct { return (member.name, values) }
        }
        return nil
    }

    private func fixedValues(_ schema: Schema?) -> [String]? {
        guard let schema = schema.map(shapes.target) else { return nil }
        let nodes = schema.constant.map { [$0] } ?? schema.enumeration ?? []
        let values = nodes.filter { $0.isScalar && $0.kind != .null }.map(\.text)
        return values.isEmpty ? nil : values
    }

    /// A required property that no other member knows.
    private func byProperty(_ objects: [(index: Int, object: ObjectShape?)]) -> Union.Choice? {
        var keys: [(key: String, index: Int)] = []
        var otherwise: [Int] = []
        for (index, object) in objects {
            guard let object else { return nil }
            let own = object.members.first { member in
                object.required.contains(member.name)
                    && !objects.contains { $0.index != index && $0.object?.schema(of: member.name) != nil }
            }
            if let own { keys.append((own.name, index)) } else { otherwise.append(index) }
        }
        guard otherwise.count <= 1, !keys.isEmpty else { return nil }
        return .properties(keys, otherwise: otherwise)
    }
}
