import OpenAPI
import Source

/// Makes one object of a schema and everything that `allOf`, references,
/// conditions and alternatives bring to it.
final class ObjectFlattener {
    private unowned let shapes: ShapeFinder
    /// How many properties came to objects from others so far.
    private var inherited = 0
    /// What two schemas for one property came to.
    private var combined: [Pair: Schema] = [:]

    private let alternatives: Alternatives

    private struct Pair: Hashable {
        var earlier: ObjectIdentifier
        var later: ObjectIdentifier
        /// Whether both hold.
        var isCertain: Bool
    }

    init(shapes: ShapeFinder) {
        self.shapes = shapes
        alternatives = Alternatives(shapes: shapes)
    }

    /// A chain of n objects that inherit from each other has n² properties. No
    /// real description has a tenth as many.
    private static let maximumInherited = 500_000

    /// More properties than this are a dictionary, for the same reason.
    private static let maximumProperties = 5_000

    /// The object, or a dictionary where it is too large for a struct.
    func shape(of schema: Schema) -> Shape {
        var result = ObjectShape()
        guard inherited < Self.maximumInherited else {
            shapes.diagnostics.degrade(
                .largeObject,
                "objects inherit more than \(Self.maximumInherited) properties from each other; this one is a dictionary",
                at: schema.location)
            return .dictionary(nil)
        }
        var visited: Set<ObjectIdentifier> = []
        flatten(schema, into: &result, visited: &visited)
        addDiscriminators(of: schema, to: &result)
        if visited.count > 1 { inherited += visited.count + result.members.count }
        if result.members.count > Self.maximumProperties {
            shapes.diagnostics.degrade(
                .largeObject,
                "an object of \(result.members.count) properties is too large for a struct; it is a dictionary",
                at: schema.location)
            return .dictionary(nil)
        }
        return .object(result)
    }

    private func flatten(_ schema: Schema, into result: inout ObjectShape, visited: inout Set<ObjectIdentifier>) {
        guard visited.count < ShapeFinder.maximumDepth else { return shapes.reportDepth(of: schema) }
        guard visited.insert(ObjectIdentifier(schema)).inserted else { return }
        if let reference = schema.reference, let target = shapes.document.schema(for: reference) {
            flatten(target, into: &result, visited: &visited)
        }
        for part in schema.composition.allOf { flatten(part, into: &result, visited: &visited) }
        for property in schema.object.properties {
            result.add(property.name, property.schema, narrower: narrower, overOptional: certain)
        }
        addListed(by: schema, to: &result)
        if !schema.object.required.isEmpty { result.required.formUnion(schema.object.required) }
        switch shapes.undeclared(of: schema) {
        case .unspecified: break
        case .forbidden: if case .unspecified = result.additional { result.additional = .forbidden }
        case let additional: result.additional = additional
        }
        addOptional(schema.composition.conditional, to: &result)
        // Beside properties of its own, an object's alternatives each bring
        // optional ones. With a discriminator they are its subtypes.
        if schema.composition.discriminator != nil, visited.count > 1, shapes.isAlternative(visited, of: schema) { return }
        if schema.composition.oneOf.isEmpty, schema.composition.anyOf.isEmpty { return }
        addOptional(schema.composition.oneOf + schema.composition.anyOf, to: &result)
    }

    /// The property by which a union tells this object apart, where only the union
    /// declares it: without it what was read could not be sent.
    private func addDiscriminators(of schema: Schema, to result: inout ObjectShape) {
        if case .forbidden = result.additional { return }
        for name in shapes.discriminators(of: shapes.alternative(schema)) where result.schema(of: name) == nil {
            result.addOptional(name, Schema(textAt: schema.location))
        }
    }

    // MARK: - Alternatives

    /// The properties of what need not apply, in an order that does not depend on
    /// that of the alternatives.
    private func addOptional(_ schemas: [Schema], to result: inout ObjectShape) {
        guard !schemas.isEmpty else { return }
        var visited: Set<ObjectIdentifier> = []
        let objects = schemas.flatMap { self.objects(in: $0, &visited) }
        guard !objects.isEmpty else { return }
        let ordered = objects.count == 1 ? objects : objects.sorted { $0.text < $1.text }
        var names: [String] = []
        var choices: [String: [Schema]] = [:]
        for object in ordered {
            for property in object.shape.members {
                if choices[property.name] == nil { names.append(property.name) }
                choices[property.name, default: []].append(property.schema)
            }
        }
        for name in names {
            guard let wanted = choices[name].map({ alternatives.oneOf(differing($0)) }) else { continue }
            guard let own = result.schema(of: name) else {
                result.addOptional(name, wanted)
                continue
            }
            // What the object says itself holds, and an alternative may say more of an object's members.
            if shapes.object(own) != nil, shapes.target(own) !== shapes.target(wanted), hasObjects(wanted) {
                result.replace(name, with: combination(own, perhaps: wanted))
            }
        }
        addUndeclared(ordered.map { $0.shape.additional }, to: &result)
    }

    private func hasObjects(_ schema: Schema) -> Bool {
        var visited: Set<ObjectIdentifier> = []
        return !objects(in: schema, &visited).isEmpty
    }

    /// What alternatives say of members that no property names: as they do not all
    /// apply, such a member may be what any of them says.
    private func addUndeclared(_ additional: [Schema.AdditionalProperties], to result: inout ObjectShape) {
        guard case .unspecified = result.additional else { return }
        var schemas: [Schema] = []
        for case .schema(let schema) in additional { schemas.append(schema) }
        let isAny = additional.contains { if case .any = $0 { true } else { false } }
        if isAny {
            result.additional = .any
        } else if let first = schemas.first {
            let isSame = schemas.count == additional.count && differing(schemas).count == 1
            result.additional = isSame ? .schema(first) : .any
        }
    }

    /// The members of objects that a schema lists as its values.
    private func addListed(by schema: Schema, to result: inout ObjectShape) {
        guard let values = schema.values.constant.map({ [$0] }) ?? schema.values.enumeration else { return }
        for name in values.flatMap(\.memberNames) { result.addOptional(name, Schema(openAt: schema.location)) }
    }

    /// The objects that a schema may be, those in alternatives of alternatives too.
    private func objects(in schema: Schema, _ visited: inout Set<ObjectIdentifier>) -> [(text: String, shape: ObjectShape)] {
        guard visited.count < ShapeFinder.maximumDepth, visited.insert(ObjectIdentifier(shapes.target(schema))).inserted else { return [] }
        switch shapes.settledShape(schema) {
        case .object(let object): return [(schema.canonicalText, object)]
        case .dictionary(let value) where shapes.saysAdditional(shapes.target(schema)):
            var object = ObjectShape()
            object.additional = value.map { .schema($0) } ?? .any
            return [(schema.canonicalText, object)]
        case .union(let members, _): return members.flatMap { objects(in: $0, &visited) }
        default:
            var object = ObjectShape()
            addListed(by: shapes.target(schema), to: &object)
            return object.members.isEmpty ? [] : [(schema.canonicalText, object)]
        }
    }

    /// Schemas of which no two come to the same type, in their order.
    private func differing(_ schemas: [Schema]) -> [Schema] {
        var result: [Schema] = []
        for schema in schemas where !result.contains(where: { alternatives.isSame($0, schema) }) { result.append(schema) }
        return result
    }

    /// What a property is of which an alternative said something before the object
    /// itself does, which holds in any case.
    private func certain(_ optional: Schema, _ own: Schema) -> Schema {
        shapes.object(own) != nil && hasObjects(optional) ? combination(own, perhaps: optional) : own
    }

    /// Of two schemas for one property, the one that says more.
    private func narrower(_ earlier: Schema, _ later: Schema) -> Schema {
        if earlier === later || earlier.isNever { return earlier }
        if later.isNever || !shapes.hasShape(earlier) { return later }
        if !shapes.hasShape(later) { return earlier }
        let first = shapes.settled(earlier)
        let second = shapes.settled(later)
        if first === second { return earlier }
        if shapes.object(first) != nil, shapes.object(second) != nil { return combination(earlier, later) }
        switch (shapes.shape(first), shapes.shape(second)) {
        case (.enumeration, .scalar), (.object, .dictionary(nil)), (.dictionary(_?), .dictionary(nil)): return earlier
        case (.array(let items?), .array(let others)) where shapes.hasShape(items) && others.map({ shapes.hasShape($0) }) != true:
            return earlier
        case (.scalar(let one), .scalar(let other)) where one.isInteger && (other == .double || other == .float): return earlier
        case (.scalar(let one), .scalar(.string)) where one != .string: return earlier
        case (.scalar(let one), .scalar(.int)) where one.isInteger: return earlier
        case (.scalar, .scalar) where first.values.constant != nil && second.values.constant == nil: return earlier
        default: return later
        }
    }

    /// What holds, with what may hold too.
    private func combination(_ certain: Schema, perhaps optional: Schema) -> Schema {
        let pair = Pair(earlier: ObjectIdentifier(certain), later: ObjectIdentifier(optional), isCertain: false)
        if let known = combined[pair] { return known }
        let schema = Schema(certain, perhaps: optional)
        combined[pair] = schema
        return schema
    }

    /// The same two schemas are the same combination, whoever inherits it.
    private func combination(_ earlier: Schema, _ later: Schema) -> Schema {
        let pair = Pair(earlier: ObjectIdentifier(earlier), later: ObjectIdentifier(later), isCertain: true)
        if let known = combined[pair] { return known }
        let schema = Schema(combining: [earlier, later])
        combined[pair] = schema
        return schema
    }
}
