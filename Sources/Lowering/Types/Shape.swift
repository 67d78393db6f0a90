import OpenAPI
import SpecSource
import SyntaxTree

/// What a schema comes to, once its references and compositions are seen
/// through.
enum Shape {
    /// The same as another schema; nothing of its own.
    case same(Schema)
    case object(ObjectShape)
    case dictionary(Schema?)
    case array(Schema?)
    /// A string with the JSON text of a value.
    case text(Schema)
    case tuple([Schema])
    case enumeration([Node], Schema)
    case union([Schema], discriminator: Schema.Discriminator?)
    case scalar(Builtin)
    case any
}

/// Schemas that lead to each other. Nearly every chain is short; only a long one
/// may be a circle, and only then is it worth remembering where one has been.
private struct Chain {
    private var length = 0
    private var seen: Set<ObjectIdentifier> = []

    /// Whether `schema` is new, as far as anybody looked.
    mutating func add(_ schema: Schema) -> Bool {
        length += 1
        return length <= 8 || seen.insert(ObjectIdentifier(schema)).inserted
    }
}

/// Finds the shape of schemas. Knows nothing of Swift names.
final class ShapeFinder {
    let document: Document
    let diagnostics: Diagnostics
    private var shapes: [ObjectIdentifier: Shape] = [:]
    /// What is being looked at, and how deep inside of what else.
    private var active: [ObjectIdentifier: Int] = [:]
    /// The outermost of these that a circle has led back to.
    private var outermostReached = Int.max
    /// How many schemas were looked at since none was.
    private var visits = 0
    /// How many properties came to objects from others so far.
    private var inherited = 0
    private var nullable: [ObjectIdentifier: Bool] = [:]
    private var nullableDepth = 0

    init(document: Document, diagnostics: Diagnostics) {
        self.document = document
        self.diagnostics = diagnostics
    }

    /// What `schema` comes to. A schema that is composed of itself comes to
    /// anything at the place where the circle closes.
    func shape(_ schema: Schema) -> Shape {
        let key = ObjectIdentifier(schema)
        if let known = shapes[key] { return known }
        if let depth = active[key] {
            outermostReached = min(outermostReached, depth)
            return .any
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
        // What was found inside a circle may lack a part of it; where the
        // circle begins, nothing is missing. Many circles through the same
        // schemas multiply, and then it has to do as it is.
        if outermostReached >= depth || visits > Self.maximumVisits {
            shapes[key] = result
            outermostReached = reachedBefore
        } else {
            outermostReached = min(outermostReached, reachedBefore)
        }
        return result
    }

    /// How deep schemas may be composed of each other, and how many may be
    /// looked at anew on the way to one. No real description comes near.
    static let maximumDepth = 20_000
    private static let maximumVisits = 20_000

    private func reportDepth(of schema: Schema) {
        diagnostics.degrade(
            "schemas are composed of each other more than \(Self.maximumDepth) levels deep; any value is accepted here",
            at: schema.location)
    }

    private func composition(_ schema: Schema) -> Shape {
        let heirs = document.heirs(of: schema)
        if !heirs.isEmpty { return .union(heirs + [base(of: schema)], discriminator: schema.discriminator) }
        if let reference = schema.reference {
            guard let target = document.schema(for: reference) else { return .any }
            if !hasShape(schema, besidesReference: true) { return .same(target) }
            return composed(parts: [target], with: schema)
        }
        if !schema.allOf.isEmpty { return composed(parts: schema.allOf, with: schema) }
        return ownShape(schema)
    }

    private var bases: [ObjectIdentifier: Schema] = [:]

    private func base(of schema: Schema) -> Schema {
        let key = ObjectIdentifier(schema)
        if let known = bases[key] { return known }
        let base = Schema(baseOf: schema)
        bases[key] = base
        return base
    }

    /// Whether a schema stands for itself and all that inherit from it.
    private func hasHeirs(_ schema: Schema) -> Bool {
        !document.heirs(of: target(schema)).isEmpty
    }

    /// Whether null is one of the values, through references and compositions.
    func isNullable(_ schema: Schema) -> Bool {
        if schema.types.contains(.null) { return true }
        let key = ObjectIdentifier(schema)
        if let known = nullable[key] { return known }
        guard nullableDepth < Self.maximumDepth else { return false }
        nullable[key] = false
        nullableDepth += 1
        let result = findsNull(schema)
        nullableDepth -= 1
        nullable[key] = result
        return result
    }

    private func findsNull(_ schema: Schema) -> Bool {
        if let reference = schema.reference, let target = document.schema(for: reference),
            isNullable(target)
        {
            return true
        }
        if schema.enumeration?.contains(where: { $0.kind == .null }) == true { return true }
        if schema.constant?.kind == .null { return true }
        if schema.allOf.count == 1, isNullable(schema.allOf[0]) { return true }
        return (schema.oneOf + schema.anyOf).contains { isNullable($0) }
    }

    /// Follows references that add nothing.
    func target(_ schema: Schema) -> Schema {
        var schema = schema
        var chain = Chain()
        while let reference = schema.reference, !hasShape(schema, besidesReference: true),
            let next = document.schema(for: reference), chain.add(next)
        {
            schema = next
        }
        return schema
    }

    /// The shape behind all schemas that are the same as another.
    func settledShape(_ schema: Schema) -> Shape {
        var shape = shape(schema)
        var chain = Chain()
        while case .same(let other) = shape, chain.add(other) { shape = self.shape(other) }
        return shape
    }

    /// Whether a schema is a string of raw bytes.
    func isBytes(_ schema: Schema) -> Bool {
        if case .scalar(.body) = settledShape(schema) { true } else { false }
    }

    /// The object a schema is, with everything flattened into it; nil where it
    /// is none.
    func object(_ schema: Schema) -> ObjectShape? {
        var schema = schema
        var chain = Chain()
        while chain.add(schema) {
            switch shape(schema) {
            case .same(let next): schema = next
            case .object(let object): return object
            default: return nil
            }
        }
        return nil
    }

    /// The object that is written as a form: of a schema with heirs, itself.
    func formObject(_ schema: Schema) -> ObjectShape? {
        object(schema) ?? (hasHeirs(schema) ? object(base(of: target(schema))) : nil)
    }

    // MARK: - One schema

    /// Whether a schema says anything of the type. `required` alone does not.
    func hasShape(_ schema: Schema, besidesReference: Bool = false) -> Bool {
        !schema.types.subtracting(.null).isEmpty || !schema.properties.isEmpty || schema.items != nil
            || !schema.prefixItems.isEmpty || schema.enumeration != nil || schema.constant != nil
            || schema.allOf.contains { hasShape($0) } || schema.oneOf.contains { hasShape($0) }
            || schema.anyOf.contains { hasShape($0) } || saysAdditional(schema)
            || !schema.patternProperties.isEmpty || schema.conditional.contains { hasShape($0) }
            || !besidesReference && schema.reference != nil
    }

    private func saysAdditional(_ schema: Schema) -> Bool {
        switch schema.additionalProperties {
        case .unspecified, .forbidden: false
        case .any, .schema: true
        }
    }

    private func ownShape(_ schema: Schema) -> Shape {
        let alternatives = members(of: schema)
        let isObject = !schema.properties.isEmpty
        if !alternatives.isEmpty, !isObject {
            if schema.enumeration == nil || alternatives.contains(where: { object($0) != nil }) {
                return .union(alternatives, discriminator: schema.discriminator)
            }
        }
        if let values = schema.enumeration ?? schema.constant.map({ [$0] }) {
            return fixed(values, schema)
        }
        if isObject, schema.discriminator != nil, !alternatives.isEmpty,
            case let inheriting = alternatives.map({ inheriting($0, from: schema) }), inheriting.count > 1
        {
            return .union(inheriting, discriminator: schema.discriminator)
        }
        if isObject || schema.conditional.contains(where: { object($0) != nil }) { return flattened(schema) }
        let types = schema.types.subtracting(.null)
        if types == .array || types.isEmpty && (schema.items != nil || !schema.prefixItems.isEmpty) {
            let rest = schema.items.map { [$0] } ?? []
            return schema.prefixItems.isEmpty ? .array(schema.items) : .tuple(schema.prefixItems + rest)
        }
        if types == .object || types.isEmpty && (saysAdditional(schema) || !schema.patternProperties.isEmpty) {
            return dictionary(schema)
        }
        if types.isEmpty { return .any }
        if types == .string, let content = schema.contentSchema, schema.contentMediaType.map(MediaChoice.isJSON) == true,
            schema.contentEncoding == nil
        {
            return .text(content)
        }
        if let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
        // Several types: one alternative each.
        return .union(ScalarTypes.alternatives(schema), discriminator: nil)
    }

    /// An alternative of an object that names its alternatives, with the
    /// object's own properties where it has not got them already.
    private func inheriting(_ alternative: Schema, from schema: Schema) -> Schema {
        guard let object = object(alternative) else { return alternative }
        if schema.properties.allSatisfy({ object.schema(of: $0.name) != nil }) { return alternative }
        return Schema(combining: [Schema(propertiesOf: schema), alternative])
    }

    private func dictionary(_ schema: Schema) -> Shape {
        if case .forbidden = schema.additionalProperties, schema.patternProperties.isEmpty {
            return .object(ObjectShape())
        }
        if case .schema(let value) = undeclared(of: schema) { return .dictionary(value) }
        return .dictionary(nil)
    }

    /// What members may be that `properties` does not name: those that match a
    /// pattern, and all others.
    private func undeclared(of schema: Schema) -> Schema.AdditionalProperties {
        guard let first = schema.patternProperties.first?.schema else { return schema.additionalProperties }
        switch schema.additionalProperties {
        case .any: return .any
        case .schema(let value): return .schema(Schema(anyOf: schema.patternProperties.map(\.schema) + [value]))
        case .forbidden: break
        // Nothing is said of members that match no pattern; nobody means any.
        case .unspecified: break
        }
        return .schema(schema.patternProperties.count == 1 ? first : Schema(anyOf: schema.patternProperties.map(\.schema)))
    }

    /// More values than this are data and no enumeration: a compiler would
    /// take minutes for them.
    private static let maximumEnumerationValues = 5_000

    /// A chain of n objects that inherit from each other has n² properties. No
    /// real description has a tenth as many.
    private static let maximumInherited = 500_000

    /// More properties than this are a dictionary, for the same reason.
    private static let maximumProperties = 5_000

    private func fixed(_ values: [Node], _ schema: Schema) -> Shape {
        if values.count > Self.maximumEnumerationValues {
            diagnostics.degrade(
                "an enumeration of \(values.count) values is too large for one in Swift; its values are not named",
                at: schema.location)
            if let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
            return .scalar(values.allSatisfy { $0.kind == .string } ? .string : ScalarTypes.builtin(of: values[0]))
        }
        // What is left of an enumeration of several types.
        if values.isEmpty, let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
        let values = values.filter { $0.kind != .null }
        let scalars = values.filter(\.isScalar)
        for value in values where !value.isScalar {
            let keyword = schema.constant == nil ? "enum" : "const"
            diagnostics.degrade("a value of `\(keyword)` that is no scalar has no case; left out", at: value.location)
        }
        let types = schema.types.subtracting(.null)
        if scalars.isEmpty {
            return types.isEmpty ? .any : ScalarTypes.builtin(schema).map(Shape.scalar) ?? .any
        }
        if schema.constant != nil {
            return .scalar(ScalarTypes.builtin(of: scalars[0]))
        }
        if types == .string || types.isEmpty && scalars.allSatisfy({ $0.kind == .string }) {
            return .enumeration(scalars, schema)
        }
        if scalars.allSatisfy({ $0.int != nil && $0.kind != .string }), types.isEmpty || types == .integer {
            return .enumeration(scalars, schema)
        }
        if scalars.allSatisfy({ $0.kind == .bool }) { return .scalar(.bool) }
        if !types.isEmpty, let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
        if scalars.allSatisfy({ $0.double != nil && $0.kind != .string }) { return .scalar(.double) }
        return mixed(scalars, schema)
    }

    /// Values of several types: one enumeration for each.
    private func mixed(_ values: [Node], _ schema: Schema) -> Shape {
        let strings = values.filter { $0.kind == .string }
        let integers = values.filter { $0.int != nil && $0.kind != .string }
        let numbers = values.filter { $0.int == nil && $0.double != nil && $0.kind != .string }
        var members: [Schema] = []
        if !strings.isEmpty { members.append(Schema(schema, values: strings, of: .string)) }
        if !numbers.isEmpty {
            members.append(Schema(schema, values: integers + numbers, of: .number))
        } else if !integers.isEmpty {
            members.append(Schema(schema, values: integers, of: .integer))
        }
        if values.contains(where: { $0.kind == .bool }) { members.append(Schema(schema, values: [], of: .boolean)) }
        return members.count > 1 ? .union(members, discriminator: nil) : .any
    }

    /// The members of `oneOf` and `anyOf` that say something of the type.
    private func members(of schema: Schema) -> [Schema] {
        (schema.oneOf + schema.anyOf).filter { member in
            member.types != .null && hasShape(member)
        }
    }

    // MARK: - Compositions

    private func composed(parts: [Schema], with schema: Schema) -> Shape {
        var shaped = parts.filter { hasShape($0) }
        let hasOwn = ownHasShape(schema)
        if shaped.isEmpty, !hasOwn { return .any }
        if shaped.count == 1, !hasOwn {
            // `allOf: [$ref]` beside `required` narrows nothing that Swift sees
            // unless it makes optional properties required.
            if isHeir(schema, of: shaped[0]) { return flattened(schema) }
            if schema.required.isEmpty && !parts.contains(where: { !$0.required.isEmpty && !hasShape($0) }) {
                return .same(shaped[0])
            }
            if object(shaped[0]) == nil { return .same(shaped[0]) }
        }
        if hasOwn && object(ownCopyIsObject: schema) || shaped.contains(where: { object($0) != nil || hasHeirs($0) }) {
            return flattened(schema)
        }
        // Scalars and arrays: the part that says most.
        if hasOwn, case let own = ownShape(schema), !isAny(own) { return own }
        guard !shaped.isEmpty else { return .any }
        shaped.sort { $0.enumeration != nil && $1.enumeration == nil }
        let dictionaries = shaped.filter { isUnion($0) }
        return .same(dictionaries.first ?? shaped[0])
    }

    /// Whether `schema` is one of those that `parent` tells apart, and not a use of it.
    private func isHeir(_ schema: Schema, of parent: Schema) -> Bool {
        let parent = target(parent)
        return parent.discriminator != nil && document.heirs(of: parent).contains { target($0) === schema }
    }

    private func isAny(_ shape: Shape) -> Bool {
        if case .any = shape { true } else { false }
    }

    private func isUnion(_ schema: Schema) -> Bool {
        if case .union = shape(schema) { true } else { false }
    }

    /// Whether `schema` has a shape besides its reference and its `allOf`.
    private func ownHasShape(_ schema: Schema) -> Bool {
        let types = schema.types.subtracting(.null)
        return !schema.properties.isEmpty || schema.items != nil || schema.enumeration != nil
            || schema.constant != nil || !members(of: schema).isEmpty || saysAdditional(schema)
            || !(types.isEmpty || types == .object)
    }

    private func object(ownCopyIsObject schema: Schema) -> Bool {
        !schema.properties.isEmpty
            || members(of: schema).contains { object($0) != nil }
    }

    private func flattened(_ schema: Schema) -> Shape {
        var result = ObjectShape()
        guard inherited < Self.maximumInherited else {
            diagnostics.degrade(
                "objects inherit more than \(Self.maximumInherited) properties from each other; this one is a dictionary",
                at: schema.location)
            return .dictionary(nil)
        }
        var visited: Set<ObjectIdentifier> = []
        flatten(schema, into: &result, visited: &visited)
        if visited.count > 1 { inherited += visited.count + result.members.count }
        if result.members.count > Self.maximumProperties {
            diagnostics.degrade(
                "an object of \(result.members.count) properties is too large for a struct; it is a dictionary",
                at: schema.location)
            return .dictionary(nil)
        }
        return .object(result)
    }

    private func flatten(
        _ schema: Schema, into result: inout ObjectShape, visited: inout Set<ObjectIdentifier>
    ) {
        guard visited.count < Self.maximumDepth else { return reportDepth(of: schema) }
        guard visited.insert(ObjectIdentifier(schema)).inserted else { return }
        if let reference = schema.reference, let target = document.schema(for: reference) {
            flatten(target, into: &result, visited: &visited)
        }
        for part in schema.allOf {
            flatten(part, into: &result, visited: &visited)
        }
        for (name, property) in schema.properties {
            result.add(name, property, shapes: self)
        }
        result.required.formUnion(schema.required)
        switch undeclared(of: schema) {
        case .unspecified: break
        case .forbidden: if case .unspecified = result.additional { result.additional = .forbidden }
        case let additional: result.additional = additional
        }
        addOptional(schema.conditional, to: &result)
        // Beside properties of its own, an object's alternatives each bring
        // optional ones. With a discriminator they are its heirs.
        if schema.discriminator != nil, visited.count > 1 { return }
        addOptional(schema.oneOf + schema.anyOf, to: &result)
    }

    /// The properties of what need not apply.
    private func addOptional(_ schemas: [Schema], to result: inout ObjectShape) {
        for schema in schemas {
            guard let object = object(schema) else { continue }
            for property in object.members where result.schema(of: property.name) == nil {
                result.add(property.name, property.schema, shapes: self)
            }
        }
    }

    /// Of two schemas for one property, the one that says more.
    func narrower(_ earlier: Schema, _ later: Schema) -> Schema {
        if earlier === later || earlier.isNever { return earlier }
        if later.isNever || !hasShape(earlier) { return later }
        if !hasShape(later) { return earlier }
        let first = target(earlier)
        let second = target(later)
        if first === second { return earlier }
        if object(first) != nil, object(second) != nil {
            return Schema(combining: [earlier, later])
        }
        switch (shape(first), shape(second)) {
        case (.enumeration, .scalar), (.object, .dictionary(nil)), (.dictionary(_?), .dictionary(nil)): return earlier
        case (.array(let items?), .array(let others)) where hasShape(items) && others.map({ hasShape($0) }) != true: return earlier
        case (.scalar(let one), .scalar(let other)) where one.isInteger && (other == .double || other == .float): return earlier
        case (.scalar(let one), .scalar(.string)) where one != .string: return earlier
        case (.scalar(let one), .scalar(.int)) where one.isInteger: return earlier
        case (.scalar, .scalar) where first.constant != nil && second.constant == nil: return earlier
        default: return later
        }
    }
}
