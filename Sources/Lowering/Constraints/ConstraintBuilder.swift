import Declarations
import OpenAPI
import Source

/// Turns the assertions of schemas into constraints that generated code checks.
///
/// A struct checks its own members. Everything else, up to the next struct, is
/// checked where it is used: in a property, a parameter or a body.
final class ConstraintBuilder {
    private let shapes: ShapeFinder
    private let diagnostics: Diagnostics
    private var known: [ObjectIdentifier: Constraints] = [:]
    private var active: Set<ObjectIdentifier> = []
    private var patterns: [String: String?] = [:]

    init(shapes: ShapeFinder, diagnostics: Diagnostics) {
        self.shapes = shapes
        self.diagnostics = diagnostics
    }

    /// What a struct that was made of `schema` checks of itself; nil for nothing.
    func constraints(ofObject schema: Schema, members: [ObjectShape.Member]) -> Constraints? {
        var result = Constraints()
        var visited: Set<ObjectIdentifier> = []
        addObject(schema, to: &result, visited: &visited)
        // In the order of the struct's properties; without those it has not got.
        let byName = Dictionary(result.properties.map { ($0.name, $0) }) { first, _ in first }
        result.properties = members.compactMap { byName[$0.name] }
        return result.isEmpty ? nil : result
    }

    /// What a value of `schema` has to satisfy where it is used; nil for nothing.
    func constraints(ofValue schema: Schema?) -> Constraints? {
        guard let schema else { return nil }
        let result = value(schema)
        return result.isEmpty ? nil : result
    }

    // MARK: - Structs

    private func addObject(_ schema: Schema, to result: inout Constraints, visited: inout Set<ObjectIdentifier>) {
        guard visited.insert(ObjectIdentifier(schema)).inserted else { return }
        for part in parts(of: schema) { addObject(part, to: &result, visited: &visited) }
        for property in schema.object.properties {
            add(Constraints.Member(name: property.name, constraints: value(property.schema)), to: &result)
        }
        result.formIntersection(ofMembers(schema))
    }

    private func add(_ member: Constraints.Member, to result: inout Constraints) {
        guard !member.constraints.isEmpty else { return }
        var constraints = Constraints()
        constraints.properties = [member]
        result.formIntersection(constraints)
    }

    /// What is said of an object's members whatever their names.
    private func ofMembers(_ schema: Schema) -> Constraints {
        var result = Constraints()
        result.minProperties = schema.object.minProperties
        result.maxProperties = schema.object.maxProperties
        if let names = constraints(ofValue: schema.object.propertyNames) { result.propertyNames = [names] }
        for entry in schema.object.patternProperties {
            guard let constraints = constraints(ofValue: entry.schema), let pattern = pattern(entry.pattern, at: entry.schema.location)
            else { continue }
            result.patternProperties.append(.init(name: pattern, constraints: constraints))
        }
        if case .schema(let value) = schema.object.additionalProperties, let constraints = constraints(ofValue: value) {
            result.additionalProperties = [constraints]
        }
        return result
    }

    private func parts(of schema: Schema) -> [Schema] {
        [schema.reference.flatMap(shapes.document.schema)].compactMap { $0 } + schema.composition.allOf
    }

    // MARK: - Other values

    private func value(_ schema: Schema) -> Constraints {
        let key = ObjectIdentifier(schema)
        if let known = known[key] { return known }
        // An array of itself, or an object that looks after itself.
        guard !active.contains(key), shapes.object(schema) == nil else { return Constraints() }
        active.insert(key)
        var result = ownValue(schema)
        for part in parts(of: schema) { result.formIntersection(value(part)) }
        for constraints in ofAlternatives(schema) { result.formIntersection(constraints) }
        active.remove(key)
        if active.isEmpty { known[key] = result }
        return result
    }

    private func ownValue(_ schema: Schema) -> Constraints {
        var result = ofMembers(schema)
        if let items = constraints(ofValue: schema.array.items), schema.array.prefixItems.isEmpty { result.items = [items] }
        let (_, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, minLength, maxLength, pattern) = schema.scalar.all
        result.minimum = number(minimum)
        result.maximum = number(maximum)
        result.exclusiveMinimum = number(exclusiveMinimum)
        result.exclusiveMaximum = number(exclusiveMaximum)
        // The exclusive bound says more than the same one inclusive.
        if result.exclusiveMinimum == result.minimum { result.minimum = nil }
        if result.exclusiveMaximum == result.maximum { result.maximum = nil }
        result.multipleOf = number(multipleOf)
        result.minLength = minLength
        result.maxLength = maxLength
        result.pattern = pattern.flatMap { self.pattern($0.text, at: $0.location) }
        result.minItems = schema.array.minItems
        result.maxItems = schema.array.maxItems
        result.uniqueItems = schema.array.uniqueItems
        return result
    }

    /// Of several alternatives, what those say that are the only ones of their JSON type.
    private func ofAlternatives(_ schema: Schema) -> [Constraints] {
        let alternatives = (schema.composition.oneOf + schema.composition.anyOf).filter { $0.types != .null }
        let types = alternatives.map { shapes.target($0).types.withoutNull }
        return alternatives.indices.compactMap { index in
            let isAlone = !types[index].isEmpty && types.indices.allSatisfy { other in
                other == index || !types[other].isEmpty && types[other].isDisjoint(with: types[index])
            }
            return isAlone ? value(alternatives[index]) : nil
        }
    }

    // MARK: - Literals

    /// A number, exact where a `Double` or an `Int` is.
    private func number(_ value: Value?) -> String? {
        guard let value else { return nil }
        let text = value.text
        if let int = value.int ?? Int(text) { return String(int) }
        guard let double = Double(text), double.isFinite else { return nil }
        return "\(double)"
    }

    /// A pattern in the syntax of the runtime's library; nil, after a warning,
    /// for one that has no counterpart there.
    private func pattern(_ text: String, at location: SourceLocation) -> String? {
        if let known = patterns[text] { return known }
        let translated = RegularExpression.translated(text)
        if translated == nil {
            diagnostics.warn(.unsupportedPattern, "the pattern `\(Documentation.firstParagraph(text))` has no equivalent in NSRegularExpression; it is not enforced", at: location)
        }
        patterns[text] = .some(translated)
        return translated
    }
}
