import OpenAPI

/// All places, each once, and the schemas that stand there.
final class PlaceTable {
    private struct Key: Hashable {
        var parent: ObjectIdentifier?
        var step: Place.Step
    }

    private var places: [Key: Place] = [:]
    private var schemas: [ObjectIdentifier: Place] = [:]
    /// Schemas that stand at several places: of parameters that a whole path has,
    /// or that are repeated by an anchor. They are named after whoever uses them.
    private var shared: Set<ObjectIdentifier> = []

    func root(_ step: Place.Step) -> Place {
        place(nil, step)
    }

    func child(_ parent: Place, _ step: Place.Step) -> Place {
        place(parent, step)
    }

    private func place(_ parent: Place?, _ step: Place.Step) -> Place {
        let key = Key(parent: parent.map(ObjectIdentifier.init), step: step)
        if let known = places[key] { return known }
        let place = Place(parent: parent, step: step)
        places[key] = place
        return place
    }

    // MARK: - The schemas of a description

    /// The place of a schema that stands at exactly one.
    func place(of schema: Schema) -> Place? {
        schemas[ObjectIdentifier(schema)]
    }

    /// Says that `schema` stands at `place`, and that the schemas in it stand below.
    func register(_ schema: Schema?, at place: Place, depth: Int = 0) {
        guard let schema, depth < ShapeFinder.maximumDepth else { return }
        let key = ObjectIdentifier(schema)
        guard !shared.contains(key) else { return }
        if let known = schemas[key] {
            guard known !== place else { return }
            schemas[key] = nil
            shared.insert(key)
        } else {
            schemas[key] = place
        }
        func register(_ child: Schema, _ place: Place) { self.register(child, at: place, depth: depth + 1) }

        for property in schema.object.properties where isNamed(property.schema) {
            register(property.schema, child(place, .property(property.name)))
        }
        // Of an array or a dictionary, what is in it has the name; parts, conditions and
        // the content of a string are the schema itself.
        if let items = schema.array.items, isNamed(items) { register(items, child(place, .item)) }
        if !schema.array.prefixItems.isEmpty {
            let tuple = child(place, .item)
            for (index, item) in schema.array.prefixItems.enumerated() { register(item, child(tuple, .variant(index))) }
        }
        if case .schema(let value) = schema.object.additionalProperties, isNamed(value) { register(value, child(place, .value)) }
        for pattern in schema.object.patternProperties where isNamed(pattern.schema) { register(pattern.schema, child(place, .value)) }
        for part in schema.composition.allOf where isNamed(part) { register(part, place) }
        for part in schema.composition.conditional where isNamed(part) { register(part, place) }
        if let content = schema.content.schema { register(content, place) }
        for (index, alternative) in Self.alternatives(of: schema) { register(alternative, index.map { child(place, .variant($0)) } ?? place) }
    }

    /// Whether a schema may become a type, or hold one that does. Most are a
    /// reference or a scalar.
    private func isNamed(_ schema: Schema) -> Bool {
        schema.reference == nil || schema.hasSubschemas || schema.values.enumeration != nil
    }

    /// The members of `oneOf` and `anyOf`, each with its index; without one where
    /// it is the only one besides null, and so no alternative to anything.
    static func alternatives(of schema: Schema) -> [(index: Int?, schema: Schema)] {
        guard !schema.composition.oneOf.isEmpty || !schema.composition.anyOf.isEmpty else { return [] }
        let members = schema.composition.oneOf + schema.composition.anyOf
        let isAlone = members.count { !isNull($0) } == 1
        return members.enumerated().map { (isAlone ? nil : $0.offset, $0.element) }
    }

    /// Whether a schema stands for null and nothing else.
    static func isNull(_ schema: Schema) -> Bool {
        if schema.types == .null { return true }
        let values = schema.values.enumeration ?? schema.values.constant.map { [$0] } ?? []
        return schema.reference == nil && !values.isEmpty && values.allSatisfy { $0.kind == .null }
    }
}
