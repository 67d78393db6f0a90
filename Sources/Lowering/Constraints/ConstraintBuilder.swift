import OpenAPI
import Source
import SpecSource

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
        for (name, property) in schema.object.properties {
            add(Constraints.Member(name: name, constraints: value(property)), to: &result)
        }
        result.formIntersection(ofMembers(schema))
    }

    private func add(_ member: Constraints.Member, to result: inout Constraints) {
        guard !member.constraints.isEmpty else { return }
        result.formIntersection(Constraints(properties: [member]))
    }

    /// What is said of an object's members whatever their names.
    private func ofMembers(_ schema: Schema) -> Constraints {
        var result = Constraints()
        result.minProperties = schema.assertions?.minProperties
        result.maxProperties = schema.assertions?.maxProperties
        if let names = constraints(ofValue: schema.assertions?.propertyNames) { result.propertyNames = [names] }
        for (text, schema) in schema.object.patternProperties {
            guard let constraints = constraints(ofValue: schema), let pattern = pattern(text, at: schema.location) else { continue }
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
        guard let assertions = schema.assertions else { return result }
        result.minimum = number(assertions.minimum)
        result.maximum = number(assertions.maximum)
        result.exclusiveMinimum = number(assertions.exclusiveMinimum)
        result.exclusiveMaximum = number(assertions.exclusiveMaximum)
        // The exclusive bound says more than the same one inclusive.
        if result.exclusiveMinimum == result.minimum { result.minimum = nil }
        if result.exclusiveMaximum == result.maximum { result.maximum = nil }
        result.multipleOf = number(assertions.multipleOf)
        result.minLength = assertions.minLength
        result.maxLength = assertions.maxLength
        result.pattern = assertions.pattern.flatMap { pattern($0.text, at: $0.location) }
        result.minItems = assertions.minItems
        result.maxItems = assertions.maxItems
        result.uniqueItems = assertions.uniqueItems
        return result
    }

    /// Of several alternatives, what those say that are the only ones of their JSON type.
    private func ofAlternatives(_ schema: Schema) -> [Constraints] {
        let alternatives = (schema.composition.oneOf + schema.composition.anyOf).filter { $0.types != .null }
        let types = alternatives.map { shapes.target($0).types.subtracting(.null) }
        return alternatives.indices.compactMap { index in
            let isAlone = !types[index].isEmpty && types.indices.allSatisfy { other in
                other == index || !types[other].isEmpty && types[other].isDisjoint(with: types[index])
            }
            return isAlone ? value(alternatives[index]) : nil
        }
    }

    // MARK: - Literals

    /// A number as a Swift literal, exact where a `Double` or an `Int` is.
    private func number(_ node: Node?) -> String? {
        guard let node else { return nil }
        let text = node.text
        if let int = node.int ?? Int(text) { return String(int) }
        guard let double = Double(text), double.isFinite else { return nil }
        return "\(double)"
    }

    /// A pattern in the syntax of the runtime's library; nil, after a warning,
    /// for one that has no counterpart there.
    private func pattern(_ text: String, at location: SourceLocation) -> String? {
        if let known = patterns[text] { return known }
        let translated = RegularExpression.translated(text)
        if translated == nil {
            diagnostics.warn("the pattern `\(Documentation.firstParagraph(text))` is none that can be checked; values are not checked against it", at: location)
        }
        patterns[text] = .some(translated)
        return translated
    }
}
