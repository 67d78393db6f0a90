import OpenAPI
import Source

/// Finds the shape of schemas. Knows nothing of Swift names.
final class ShapeFinder {
    let document: Document
    let diagnostics: Diagnostics
    private let nullability: Nullability
    private lazy var flattener = ObjectFlattener(shapes: self)
    private lazy var cycles = AlternativeCycles { [unowned self] schema in
        // One with properties is an object that its alternatives add to.
        schema.object.properties.isEmpty ? alternatives(of: schema).map(target) : []
    }
    private var shapes: [ObjectIdentifier: Shape] = [:]
    /// What is being looked at, and how deep inside of what else.
    private var active: [ObjectIdentifier: Int] = [:]
    /// The outermost of these that a cycle has led back to.
    private var outermostReached = Int.max
    /// How many schemas were looked at since none was.
    private var visits = 0
    private var bases: [ObjectIdentifier: Schema] = [:]
    private lazy var discriminatorNames = findDiscriminatorNames()
    private lazy var subtypeFinder = SubtypeFinder(shapes: self)

    init(document: Document, diagnostics: Diagnostics) {
        self.document = document
        self.diagnostics = diagnostics
        nullability = Nullability(document: document)
    }

    /// How deep schemas may be composed of each other, and how many may be
    /// looked at anew on the way to one. No real description comes near.
    static let maximumDepth = 20_000
    private static let maximumVisits = 20_000

    /// What `schema` comes to. A schema that is composed of itself comes to
    /// anything at the place where the cycle closes.
    func shape(_ schema: Schema) -> Shape {
        let key = ObjectIdentifier(schema)
        if let known = shapes[key] { return known }
        if let depth = active[key] {
            outermostReached = min(outermostReached, depth)
            return .any
        }
        if let result = plainShape(schema) {
            shapes[key] = result
            return result
        }
        let depth = active.count
        guard depth < Self.maximumDepth else {
            reportDepth(of: schema)
            return .any
        }
        visits = depth == 0 ? 0 : visits + 1
        active[key] = depth
        let reachedBefore = outermostReached
        outermostReached = .max
        let result = composition(schema)
        active[key] = nil
        // What was found inside a cycle may lack a part of it; where the
        // cycle begins, nothing is missing. Many cycles through the same
        // schemas multiply, and then it has to do as it is.
        if outermostReached >= depth || visits > Self.maximumVisits {
            shapes[key] = result
            outermostReached = reachedBefore
        } else {
            outermostReached = min(outermostReached, reachedBefore)
        }
        return result
    }

    /// The shape of what leads to no other's shape: a scalar, or a reference alone. Most
    /// schemas are that.
    private func plainShape(_ schema: Schema) -> Shape? {
        guard let reference = schema.reference else {
            return schema.hasSubschemas || schema.composition.discriminator != nil ? nil : ownShape(schema)
        }
        guard document.discriminated.isEmpty, !hasShape(schema, besidesReference: true) else { return nil }
        return document.schema(for: reference).map(Shape.same) ?? .any
    }

    func reportDepth(of schema: Schema) {
        diagnostics.degrade(
            .deepComposition,
            "`allOf`, `oneOf` and `anyOf` are nested more than \(Self.maximumDepth) levels deep; any value is accepted here",
            at: schema.location)
    }

    // MARK: - Questions

    /// Whether null is one of the values, through references and compositions.
    func isNullable(_ schema: Schema) -> Bool {
        nullability.allowsNull(schema)
    }

    /// Follows references that add nothing.
    func target(_ schema: Schema) -> Schema {
        var schema = schema
        var chain = SchemaChain()
        while let reference = schema.reference, !hasShape(schema, besidesReference: true),
            let next = document.schema(for: reference), chain.add(next)
        {
            schema = next
        }
        return schema
    }

    /// The schema behind all that are the same as another.
    func settled(_ schema: Schema) -> Schema {
        var schema = schema
        var chain = SchemaChain()
        while case .same(let other) = shape(schema), chain.add(other) { schema = other }
        return schema
    }

    /// The shape behind all schemas that are the same as another.
    func settledShape(_ schema: Schema) -> Shape {
        shape(settled(schema))
    }

    /// Whether a schema is a string of raw bytes: in JSON a string, a body or a part
    /// of a form has them as they are.
    func isBytes(_ schema: Schema) -> Bool {
        if case .scalar(.body) = settledShape(schema) { true } else { false }
    }

    /// The object a schema is, with everything flattened into it; nil where it
    /// is not one.
    func object(_ schema: Schema) -> ObjectShape? {
        var schema = schema
        var chain = SchemaChain()
        while chain.add(schema) {
            switch shape(schema) {
            case .same(let next): schema = next
            case .object(let object): return object
            default: return nil
            }
        }
        return nil
    }

    /// What `itemSchema` says of each of several values, or `schema`, which before
    /// OpenAPI 3.2 meant one of them or the list of all.
    func itemSchema(of media: MediaType) -> Schema? {
        if let item = media.itemSchema { return item }
        if let whole = media.schema, case .array(let element) = shape(target(whole)) { return element }
        return media.schema
    }

    /// The object that is written as a form: of a schema with subtypes, itself.
    func formObject(_ schema: Schema) -> ObjectShape? {
        if let object = object(schema) { return object }
        if hasSubtypes(schema) { return object(Schema(baseOf: target(schema), isOpen: false)) }
        // Of alternatives, the parts that any of them has.
        guard case .union = settledShape(schema), case .object(let object) = flattener.shape(of: schema), !object.members.isEmpty
        else { return nil }
        return object
    }

    /// What a schema with subtypes is by itself.
    func base(of schema: Schema) -> Schema {
        let key = ObjectIdentifier(schema)
        if let known = bases[key] { return known }
        let base = Schema(baseOf: schema, isOpen: true)
        bases[key] = base
        return base
    }

    /// Whether a schema says anything of the type. `required` alone does not.
    func hasShape(_ schema: Schema, besidesReference: Bool = false) -> Bool {
        if !besidesReference, schema.reference != nil { return true }
        func areShapes(_ schemas: [Schema]) -> Bool { !schemas.isEmpty && schemas.contains { hasShape($0) } }
        return !schema.types.withoutNull.isEmpty || !schema.object.properties.isEmpty || schema.array.items != nil
            || !schema.array.prefixItems.isEmpty || schema.values.enumeration != nil || schema.values.constant != nil
            || areShapes(schema.composition.allOf) || areShapes(schema.composition.oneOf) || areShapes(schema.composition.anyOf)
            || saysAdditional(schema) || !schema.object.patternProperties.isEmpty || areShapes(schema.composition.conditional)
    }

    /// What members may be that `properties` does not name: those that match a
    /// pattern, and all others.
    func undeclared(of schema: Schema) -> Schema.AdditionalProperties {
        let patterns = schema.object.patternProperties.map(\.schema)
        guard let first = patterns.first else { return schema.object.additionalProperties }
        switch schema.object.additionalProperties {
        case .any: return .any
        case .schema(let value): return .schema(Schema(anyOf: patterns + [value]))
        case .unspecified: return .schema(Schema(anyOf: patterns + [Schema(openAt: schema.location)]))
        case .forbidden: break
        }
        return .schema(patterns.count == 1 ? first : Schema(anyOf: patterns))
    }

    /// The alternative that a schema is, or is made of with what stands around it.
    func origin(of schema: Schema) -> Schema {
        subtypeFinder.origin(of: schema)
    }

    /// What the alternative of a union refers to.
    func alternative(_ schema: Schema) -> Schema {
        target(origin(of: schema))
    }

    /// Alternatives that only the mapping of a discriminator names.
    func mapped(by schema: Schema) -> [Schema] {
        subtypeFinder.mapped(by: schema, besides: document.subtypes(of: schema))
    }

    /// The names of properties by which others tell `schema` apart.
    func discriminators(of schema: Schema) -> [String] {
        discriminatorNames[ObjectIdentifier(schema)] ?? []
    }

    /// By the alternatives that references lead to.
    private func findDiscriminatorNames() -> [ObjectIdentifier: [String]] {
        var names: [ObjectIdentifier: [String]] = [:]
        for schema in document.discriminated {
            guard let discriminator = schema.composition.discriminator else { continue }
            let mapped = discriminator.mapping.compactMap { document.schema(for: $0.reference) }
            let members = (schema.composition.oneOf + schema.composition.anyOf + document.subtypes(of: schema)).filter { $0.reference != nil }
            for member in members + mapped {
                let key = ObjectIdentifier(target(member))
                if names[key]?.contains(discriminator.propertyName) != true { names[key, default: []].append(discriminator.propertyName) }
            }
        }
        return names.mapValues { $0.sorted() }
    }

    // MARK: - Compositions

    private func composition(_ schema: Schema) -> Shape {
        let subtypes = document.subtypes(of: schema)
        let mapped = subtypeFinder.mapped(by: schema, besides: subtypes)
        if !subtypes.isEmpty || !mapped.isEmpty {
            return .union(subtypes + mapped + [base(of: schema)], discriminator: schema.composition.discriminator)
        }
        if let alternatives = subtypeFinder.distributed(schema) { return .union(alternatives.members, discriminator: alternatives.discriminator) }
        if let reference = schema.reference {
            guard let target = document.schema(for: reference) else { return .any }
            if !hasShape(schema, besidesReference: true) {
                if let scalar = formatted(target, by: [schema]) { return .scalar(scalar) }
                return .same(target)
            }
            return composed(parts: [target], with: schema)
        }
        if !schema.composition.allOf.isEmpty { return composed(parts: schema.composition.allOf, with: schema) }
        return ownShape(schema)
    }

    private func composed(parts: [Schema], with schema: Schema) -> Shape {
        let shaped = parts.filter { hasShape($0) }
        let hasOwn = ownHasShape(schema)
        if shaped.isEmpty, !hasOwn { return .any }
        if shaped.count == 1, !hasOwn {
            if let scalar = formatted(shaped[0], by: [schema] + parts.filter { $0 !== shaped[0] }) { return .scalar(scalar) }
            // `allOf: [$ref]` beside `required` narrows nothing that Swift sees
            // unless it makes optional properties required.
            if isSubtype(schema, of: shaped[0]) { return flattener.shape(of: schema) }
            if schema.object.required.isEmpty && !parts.contains(where: { !$0.object.required.isEmpty && !hasShape($0) }) {
                return .same(shaped[0])
            }
            if object(shaped[0]) == nil { return .same(shaped[0]) }
        }
        if hasOwn && hasObject(schema) || shaped.contains(where: { object($0) != nil || hasSubtypes($0) }) {
            return flattener.shape(of: schema)
        }
        // Scalars and arrays: the part that says most.
        if hasOwn, case let own = ownShape(schema), !own.isAny { return own }
        guard !shaped.isEmpty else { return .any }
        return .same(shaped.first(where: isUnion) ?? shaped.first { target($0).values.enumeration != nil } ?? shaped[0])
    }

    /// Whether a schema stands for itself and all its subtypes.
    private func hasSubtypes(_ schema: Schema) -> Bool {
        !document.subtypes(of: target(schema)).isEmpty
    }

    /// Whether what is flattened is one of the alternatives of `schema`, from which it inherits.
    func isAlternative(_ visited: Set<ObjectIdentifier>, of schema: Schema) -> Bool {
        alternatives(of: schema).contains { visited.contains(ObjectIdentifier(target($0))) }
    }

    /// Whether `schema` is one of those that `parent` tells apart, and not a use of it.
    private func isSubtype(_ schema: Schema, of parent: Schema) -> Bool {
        let parent = target(parent)
        return parent.composition.discriminator != nil && document.subtypes(of: parent).contains { target($0) === schema }
    }

    private func isUnion(_ schema: Schema) -> Bool {
        if case .union = shape(schema) { true } else { false }
    }

    /// Whether `schema` has a shape besides its reference and its `allOf`.
    private func ownHasShape(_ schema: Schema) -> Bool {
        let types = schema.types.withoutNull
        return !schema.object.properties.isEmpty || schema.array.items != nil || schema.values.enumeration != nil
            || schema.values.constant != nil || !alternatives(of: schema).isEmpty || saysAdditional(schema)
            || schema.composition.conditional.contains { hasShape($0) } || !(types.isEmpty || types == .object)
    }

    private func hasObject(_ schema: Schema) -> Bool {
        !schema.object.properties.isEmpty
            || (alternatives(of: schema) + schema.composition.conditional).contains { object($0) != nil }
    }

    // MARK: - One schema

    func saysAdditional(_ schema: Schema) -> Bool {
        switch schema.object.additionalProperties {
        case .unspecified, .forbidden: false
        case .any, .schema: true
        }
    }

    /// The members of `oneOf` and `anyOf` that say something of the type, and those
    /// that allow anything. One that is null alone only makes the others optional.
    func alternatives(of schema: Schema) -> [Schema] {
        guard !schema.composition.oneOf.isEmpty || !schema.composition.anyOf.isEmpty else { return [] }
        let members = schema.composition.oneOf + schema.composition.anyOf
        guard members.contains(where: { hasShape($0) }) else { return [] }
        return members.filter { !PlaceTable.isNull(target($0)) && (hasShape($0) || allowsAnyType($0)) }
    }

    /// Alternatives, with those of an alternative in its place that leads back to
    /// `schema`: reading one by way of the other would never end.
    private func withoutCircle(_ alternatives: [Schema], to schema: Schema) -> [Schema] {
        var expanded: Set<ObjectIdentifier> = [ObjectIdentifier(schema)]
        func expand(_ alternative: Schema) -> [Schema] {
            let target = target(alternative)
            guard target === schema || cycles.isCycle(target, schema) else { return [alternative] }
            guard expanded.insert(ObjectIdentifier(target)).inserted else { return [] }
            return self.alternatives(of: target).flatMap(expand)
        }
        let members = alternatives.flatMap(expand)
        return members.isEmpty ? alternatives : members
    }

    /// Whether a member without a type is satisfied by values of every type. One that
    /// only has more to say of an object's members is a condition.
    private func allowsAnyType(_ schema: Schema) -> Bool {
        let composition = schema.composition
        return schema.types.isEmpty && !schema.isNever && schema.object.required.isEmpty && schema.object.minProperties == nil
            && schema.object.maxProperties == nil && composition.allOf.isEmpty && composition.oneOf.isEmpty
            && composition.anyOf.isEmpty && composition.conditional.isEmpty
    }

    private func ownShape(_ schema: Schema) -> Shape {
        let alternatives = alternatives(of: schema)
        let isObject = !schema.object.properties.isEmpty
        if isObject, alternatives.isEmpty, schema.values.enumeration == nil, schema.types.contains(.object),
            !schema.types.subtracting([.null, .object]).isEmpty
        {
            return .union(ScalarTypes.alternatives(schema), discriminator: nil)
        }
        let discriminator = schema.composition.discriminator
        if !alternatives.isEmpty, !isObject,
            schema.values.enumeration == nil || alternatives.contains(where: { object($0) != nil })
        {
            let members = withoutCircle(alternatives, to: schema)
            return members.count == 1 && discriminator == nil ? .same(members[0]) : .union(members, discriminator: discriminator)
        }
        if let values = schema.values.enumeration ?? schema.values.constant.map({ [$0] }) {
            return FixedValues(diagnostics: diagnostics).shape(values, of: schema)
        }
        if isObject || schema.composition.conditional.contains(where: { object($0) != nil }) { return flattener.shape(of: schema) }
        let types = schema.types.withoutNull
        if types == .array || types.isEmpty && (schema.array.items != nil || !schema.array.prefixItems.isEmpty) {
            return schema.array.prefixItems.isEmpty ? .array(schema.array.items) : .tuple(tupleElements(of: schema))
        }
        if types == .object || types.isEmpty && (saysAdditional(schema) || !schema.object.patternProperties.isEmpty) {
            return dictionary(schema)
        }
        if types.isEmpty { return .any }
        if types == .string, let content = schema.content.schema, schema.content.mediaType.map(MediaChoice.isJSON) == true,
            schema.content.encoding == nil
        {
            return .text(content)
        }
        if let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
        // Several types: one alternative each.
        return .union(ScalarTypes.alternatives(schema), discriminator: nil)
    }

    /// The schemas of a tuple's elements, and of those beyond them. Where nothing is
    /// said of these, they may be anything.
    private func tupleElements(of schema: Schema) -> [Schema] {
        let elements = schema.array.prefixItems
        if let items = schema.array.items { return items.isNever ? elements : elements + [items] }
        if let maximum = schema.array.maxItems, maximum <= elements.count { return elements }
        return elements + [Schema(openAt: schema.location)]
    }

    private func dictionary(_ schema: Schema) -> Shape {
        if case .forbidden = schema.object.additionalProperties, schema.object.patternProperties.isEmpty {
            return .object(ObjectShape())
        }
        if case .schema(let value) = undeclared(of: schema) { return .dictionary(value) }
        return .dictionary(nil)
    }
}
