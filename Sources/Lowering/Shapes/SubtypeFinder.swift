import OpenAPI

/// Finds what a discriminator tells apart where more stands around the alternatives:
/// properties beside them, parts of an `allOf` of which they are one.
final class SubtypeFinder {
    private unowned let shapes: ShapeFinder
    /// The alternative that each derived schema was made of, and how deeply derived it is.
    private var origins: [ObjectIdentifier: (schema: Schema, depth: Int)] = [:]
    private var known: [ObjectIdentifier: Distribution?] = [:]
    private var knownMapped: [ObjectIdentifier: [Schema]] = [:]

    /// Alternatives that each have what stands around them.
    struct Distribution {
        var members: [Schema]
        var discriminator: Schema.Discriminator
    }

    /// Alternatives with alternatives around them again, and so on. Beyond it, all
    /// properties are in one object.
    private static let maximumDepth = 3

    init(shapes: ShapeFinder) {
        self.shapes = shapes
    }

    /// The alternative that a schema is, or was made of.
    func origin(of schema: Schema) -> Schema {
        origins[ObjectIdentifier(schema)].map { origin(of: $0.schema) } ?? schema
    }

    // MARK: - Alternatives that only the mapping names

    /// The schemas that only the `mapping` of a discriminator names, each with the
    /// properties of `schema`.
    func mapped(by schema: Schema, besides subtypes: [Schema]) -> [Schema] {
        guard let discriminator = schema.composition.discriminator, !discriminator.mapping.isEmpty,
            schema.composition.oneOf.isEmpty, schema.composition.anyOf.isEmpty
        else { return [] }
        let key = ObjectIdentifier(schema)
        if let known = knownMapped[key] { return known }
        knownMapped[key] = []
        var seen = Set((subtypes + [schema]).map { ObjectIdentifier(shapes.target($0)) })
        var result: [Schema] = []
        for entry in discriminator.mapping {
            guard let target = shapes.document.schema(for: entry.reference), seen.insert(ObjectIdentifier(shapes.target(target))).inserted
            else { continue }
            result.append(inheriting(reference(to: entry.reference, at: schema), from: shapes.base(of: schema)))
        }
        knownMapped[key] = result
        return result
    }

    private func reference(to reference: Reference, at schema: Schema) -> Schema {
        var keywords = Schema.Keywords()
        keywords.reference = reference
        return Schema(location: schema.location, keywords: keywords)
    }

    // MARK: - Alternatives with something around them

    /// The alternatives of `schema` where a discriminator tells them apart and they
    /// are not all there is; nil for any other schema.
    func distributed(_ schema: Schema) -> Distribution? {
        // Most descriptions tell nothing apart, and most schemas have nothing around alternatives.
        guard !shapes.document.discriminated.isEmpty,
            schema.composition.discriminator != nil || schema.reference != nil || !schema.composition.allOf.isEmpty
        else { return nil }
        let key = ObjectIdentifier(schema)
        if let known = known[key] { return known }
        guard origins[key]?.depth ?? 0 < Self.maximumDepth else { return nil }
        // Whoever asks again while it is being found out is within it.
        known[key] = .some(nil)
        let result = distribution(of: schema)
        known[key] = .some(result)
        return result
    }

    private func distribution(of schema: Schema) -> Distribution? {
        var visited: Set<ObjectIdentifier> = []
        guard let group = group(in: schema, of: schema, &visited), let discriminator = group.composition.discriminator else { return nil }
        let rest = without(group, schema)
        guard shapes.object(rest).map({ !$0.members.isEmpty || !$0.required.isEmpty }) == true else { return nil }
        let alternatives = shapes.alternatives(of: group)
        guard alternatives.count > 1 else { return nil }
        return Distribution(members: alternatives.map { inheriting($0, from: rest, in: schema, unless: discriminator.propertyName) },
            discriminator: discriminator)
    }

    /// The schema in `schema`, itself or a part of it, that has alternatives and a
    /// discriminator, none of which is `whole`.
    private func group(in schema: Schema, of whole: Schema, _ visited: inout Set<ObjectIdentifier>) -> Schema? {
        guard visited.count < 64, visited.insert(ObjectIdentifier(schema)).inserted else { return nil }
        if schema.composition.discriminator != nil, !shapes.alternatives(of: schema).isEmpty {
            let origin = shapes.target(origin(of: whole))
            let isWithin = shapes.alternatives(of: schema).contains { shapes.target($0) === whole || shapes.target($0) === origin }
            return isWithin ? nil : schema
        }
        let target = schema.reference.flatMap(shapes.document.schema)
        for part in [target].compactMap(\.self) + schema.composition.allOf {
            if let found = group(in: part, of: whole, &visited) { return found }
        }
        return nil
    }

    /// `schema` without the alternatives of a part of it.
    private func without(_ group: Schema, _ schema: Schema) -> Schema {
        var keywords = schema.keywords
        if schema === group {
            keywords.composition.oneOf = []
            keywords.composition.anyOf = []
            keywords.composition.discriminator = nil
        } else {
            var visited: Set<ObjectIdentifier> = []
            if let target = schema.reference.flatMap(shapes.document.schema), self.group(in: target, of: schema, &visited) === group {
                keywords.reference = nil
                keywords.composition.allOf = [without(group, target)] + schema.composition.allOf
            } else {
                keywords.composition.allOf = schema.composition.allOf.map { part in
                    var visited: Set<ObjectIdentifier> = []
                    return self.group(in: part, of: schema, &visited) === group ? without(group, part) : part
                }
            }
        }
        return Schema(location: schema.location, keywords: keywords)
    }

    /// An alternative with what stands around it, where it has not got that already.
    ///
    /// - Parameter own: The property that alone says whether it has. Of any other an
    ///   alternative may have the same one tomorrow, and its type may not become another
    ///   then. Nil where all count: for components that say themselves what they are.
    private func inheriting(_ alternative: Schema, from rest: Schema, in whole: Schema? = nil, unless own: String? = nil) -> Schema {
        guard let surrounding = shapes.object(rest) else { return alternative }
        if let object = shapes.object(alternative), case .unspecified = surrounding.additional,
            surrounding.members.allSatisfy({ object.schema(of: $0.name) != nil && (own == nil || $0.name == own) })
        {
            return alternative
        }
        let schema = Schema(combining: [rest, alternative])
        let depth = whole.flatMap { origins[ObjectIdentifier($0)]?.depth } ?? 0
        origins[ObjectIdentifier(schema)] = (alternative, depth + 1)
        return schema
    }
}
