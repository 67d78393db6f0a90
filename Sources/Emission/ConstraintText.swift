import Declarations

/// Writes constraints as arguments of the runtime's `JSONConstraints`.
enum ConstraintText {
    /// The constraints in the order in which `JSONConstraints` takes them.
    static func arguments(_ constraints: Constraints) -> [(label: String, value: String)] {
        var result: [(label: String, value: String)] = []
        func add(_ label: String, _ value: String?) {
            if let value { result.append((label, value)) }
        }
        func nested(_ constraints: [Constraints]) -> String? {
            constraints.first.map(expression)
        }
        func members(_ members: [Constraints.Member]) -> String? {
            if members.isEmpty { return nil }
            return "[" + members.map { "\(SwiftLiteral.string($0.name)): \(expression($0.constraints))" }.joined(separator: ", ") + "]"
        }
        add("minimum", constraints.minimum)
        add("maximum", constraints.maximum)
        add("exclusiveMinimum", constraints.exclusiveMinimum)
        add("exclusiveMaximum", constraints.exclusiveMaximum)
        add("multipleOf", constraints.multipleOf)
        add("minLength", constraints.minLength.map(String.init))
        add("maxLength", constraints.maxLength.map(String.init))
        add("pattern", constraints.pattern.map(SwiftLiteral.string))
        add("minItems", constraints.minItems.map(String.init))
        add("maxItems", constraints.maxItems.map(String.init))
        if constraints.uniqueItems { add("uniqueItems", "true") }
        add("items", nested(constraints.items))
        add("minProperties", constraints.minProperties.map(String.init))
        add("maxProperties", constraints.maxProperties.map(String.init))
        add("propertyNames", nested(constraints.propertyNames))
        add("properties", members(constraints.properties))
        add("patternProperties", members(constraints.patternProperties))
        add("additionalProperties", nested(constraints.additionalProperties))
        return result
    }

    /// A Swift expression where the type is known.
    static func expression(_ constraints: Constraints) -> String {
        ".init(" + arguments(constraints).map { "\($0.label): \($0.value)" }.joined(separator: ", ") + ")"
    }
}
