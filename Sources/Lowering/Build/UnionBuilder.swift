import Declarations
import OpenAPI
import TextScanning

/// Makes enums of alternatives.
struct UnionBuilder {
    let planner: TypePlanner

    /// A member of a union.
    struct Variant {
        var type: TypeReference
        var schema: Schema
        var kinds: Set<JSONKind>
        /// What its case is called.
        var name: String
        var documentation: [String]
    }

    /// One of several: an enum, or another name for a single type where they come
    /// to one.
    func union(
        _ members: [Schema], _ discriminator: Schema.Discriminator?, of schema: Schema, at place: Place
    ) -> Declaration.Kind {
        if let merged = mergedEnumeration(members) { return .enumeration(merged) }
        var variants = variants(members, of: schema, at: place)
        add(mappedBy: discriminator, to: &variants, of: schema, at: place)
        // A member that may be anything is what `unknown` is for.
        let isOpen = variants.contains { $0.type == .builtin(.json) }
        simplify(&variants)
        if variants.isEmpty { return .alias(.builtin(.json)) }
        if variants.count == 1, !isOpen { return .alias(variants[0].type) }
        let names = caseNames(variants)
        let cases = zip(variants, names).map { Union.Case(name: $1, type: $0.type, documentation: $0.documentation) }
        return .union(Union(cases: cases, choices: UnionChoices(planner: planner).choices(variants, discriminator, isOpen: isOpen)))
    }

    // MARK: - Members

    private func variants(_ members: [Schema], of schema: Schema, at place: Place) -> [Variant] {
        let names = VariantNames(shapes: planner.shapes).names(of: members, base: planner.shapes.base(of: schema))
        let alternatives = PlaceTable.alternatives(of: schema)
        return members.enumerated().map { index, member in
            // A member that stands in the description has its place; others are derived of it.
            let memberPlace =
                planner.places.place(of: member)
                ?? alternatives.first { $0.schema === member }.map { $0.index.map { planner.places.child(place, .variant($0)) } ?? place }
                ?? planner.places.child(place, member === planner.shapes.base(of: schema) ? .base : .variant(index))
            if case .variant = memberPlace.step { planner.nameVariant(at: memberPlace, names[index]) }
            return variant(planner.elementType(member, at: memberPlace), member, named: names[index])
        }
    }

    private func variant(_ type: TypeReference, _ member: Schema, named name: String) -> Variant {
        let type = type.withoutOptional
        return Variant(
            type: type, schema: member, kinds: JSONKinds(planner: planner).kinds(type), name: name,
            documentation: member.reference == nil ? Documentation.member(member.annotations.description) : [])
    }

    /// Schemas that only the mapping names belong to the union too.
    private func add(
        mappedBy discriminator: Schema.Discriminator?, to variants: inout [Variant], of union: Schema, at place: Place
    ) {
        let mapped = (discriminator?.mapping ?? []).map(\.reference) + [discriminator?.defaultMapping].compactMap { $0 }
        for reference in mapped {
            guard let schema = planner.document.schema(for: reference), schema !== union,
                !variants.contains(where: { planner.shapes.alternative($0.schema) === schema })
            else { continue }
            variants.append(variant(planner.type(schema, at: place), schema, named: reference.name))
        }
    }

    /// Leaves out what another member covers.
    private func simplify(_ variants: inout [Variant]) {
        // `.unknown` holds anything already.
        variants.removeAll { $0.type == .builtin(.json) }
        var seen: Set<TypeReference> = []
        variants = variants.filter { seen.insert(planner.resolved($0.type)).inserted }
        if seen.contains(.builtin(.string)), variants.filter({ $0.kinds == [.string] }).count > 1 {
            let kept = variants.first { planner.enumeration($0.type)?.rawType == .string }?.type ?? .builtin(.string)
            variants.removeAll { $0.kinds == [.string] && planner.resolved($0.type) != planner.resolved(kept) }
        }
    }

    /// Strings of fixed values, one or several in each member, are one
    /// enumeration; a plain string beside them is what `unknown` is for.
    private func mergedEnumeration(_ members: [Schema]) -> Enumeration? {
        var entries: [EnumBuilder.Entry] = []
        for member in members {
            let target = planner.shapes.target(member)
            if let constant = target.values.constant, constant.kind == .string {
                entries.append(.init(value: constant, documentation: target.annotations.description ?? target.annotations.title))
            } else if case .enumeration(let values, let schema) = planner.shapes.shape(target),
                values.allSatisfy({ $0.kind == .string || schema.types.contains(.string) })
            {
                entries += values.enumerated().map { index, value in
                    let names = schema.values.names
                    return .init(value: value, name: index < names.count && !names[index].isEmpty ? names[index] : nil)
                }
            } else if !hasPlainString([member]) {
                return nil
            }
        }
        guard !entries.isEmpty, members.count > 1 else { return nil }
        var seen: Set<String> = []
        let unique = entries.filter { seen.insert($0.value.text).inserted }
        return EnumBuilder(diagnostics: planner.diagnostics).enumeration(unique, rawType: .string)
    }

    private func hasPlainString(_ members: [Schema]) -> Bool {
        members.contains { member in
            let target = planner.shapes.target(member)
            if case .scalar(.string) = planner.shapes.shape(target), target.values.constant == nil { return true }
            return false
        }
    }

    // MARK: - Names

    /// A case is called after its type. Where two would have one name, the order of
    /// the schemas' texts decides, which is independent of the order of the description.
    private func caseNames(_ variants: [Variant]) -> [String] {
        var scope = NameScope(reserved: ["unknown"])
        var names = [String](repeating: "", count: variants.count)
        let wished = variants.map { variant in
            let name = caseName(variant.type, variant.name)
            // A case must not hide the type it holds.
            if case .declared(let index) = variant.type, typeName(index) == name { return name + "Value" }
            return name
        }
        let isUnique = Set(wished).count == wished.count
        let order = isUnique ? Array(variants.indices) : variants.indices.sorted {
            (wished[$0], variants[$0].name, variants[$0].schema.canonicalText)
                < (wished[$1], variants[$1].name, variants[$1].schema.canonicalText)
        }
        for index in order { names[index] = scope.claim(wished[index], SwiftName.enumCase(variants[index].name), wished[index] + "Value") }
        return names
    }

    private func caseName(_ type: TypeReference, _ name: String) -> String {
        switch type {
        case .declared(let index): SwiftName.enumCase(typeName(index) ?? ownName(index))
        case .builtin(.json): "any"
        case .builtin(let builtin): SwiftName.member(builtin.rawValue)
        case .external(let type): SwiftName.member(type.name)
        case .optional(let type), .nullable(let type): caseName(type, name)
        case .array(let type): caseName(type, name) + "Array"
        case .dictionary(.builtin(.json)): "object"
        case .dictionary(let type): caseName(type, name) + "Dictionary"
        case .items, .events: "items"
        case .text(let type): caseName(type, name) + "Text"
        }
    }

    private func ownName(_ index: Int) -> String {
        PlaceWords(variantNames: planner.variantNames).ownName(of: planner.types[index].place)
    }

    /// What a component is called, whether or not another one has taken the name.
    private func typeName(_ index: Int) -> String? {
        guard case .component(let name) = planner.types[index].place.step else { return nil }
        return planner.settings.setting(\.renames.schemas, name) ?? SwiftName.type(Words(name))
    }
}
