/// What generated code checks of a value: keywords of JSON Schema, the numbers
/// as Swift literals.
public struct Constraints: Hashable, Sendable {
    public var minimum: String?
    public var maximum: String?
    public var exclusiveMinimum: String?
    public var exclusiveMaximum: String?
    public var multipleOf: String?
    public var minLength: Int?
    public var maxLength: Int?
    /// In the syntax of `NSRegularExpression`.
    public var pattern: String?
    public var minItems: Int?
    public var maxItems: Int?
    public var uniqueItems = false
    /// One at most, as in the two others like it: a type cannot hold itself.
    public var items: [Constraints] = []
    public var minProperties: Int?
    public var maxProperties: Int?
    public var propertyNames: [Constraints] = []
    public var properties: [Member] = []
    public var patternProperties: [Member] = []
    public var additionalProperties: [Constraints] = []

    /// The constraints of the members of one name, or of names that match a pattern.
    public struct Member: Hashable, Sendable {
        public var name: String
        public var constraints: Constraints
    }

    public var isEmpty: Bool { self == Constraints() }

    /// The constraints in the order in which ``JSONConstraints`` takes them,
    /// as Swift arguments. `quote` makes a literal of a text.
    public func arguments(quote: (String) -> String) -> [(label: String, value: String)] {
        var result: [(label: String, value: String)] = []
        func add(_ label: String, _ value: String?) {
            if let value { result.append((label, value)) }
        }
        func nested(_ constraints: [Constraints]) -> String? {
            constraints.first?.expression(quote: quote)
        }
        func members(_ members: [Member]) -> String? {
            if members.isEmpty { return nil }
            return "[" + members.map { "\(quote($0.name)): \($0.constraints.expression(quote: quote))" }.joined(separator: ", ") + "]"
        }
        add("minimum", minimum)
        add("maximum", maximum)
        add("exclusiveMinimum", exclusiveMinimum)
        add("exclusiveMaximum", exclusiveMaximum)
        add("multipleOf", multipleOf)
        add("minLength", minLength.map(String.init))
        add("maxLength", maxLength.map(String.init))
        add("pattern", pattern.map(quote))
        add("minItems", minItems.map(String.init))
        add("maxItems", maxItems.map(String.init))
        if uniqueItems { add("uniqueItems", "true") }
        add("items", nested(items))
        add("minProperties", minProperties.map(String.init))
        add("maxProperties", maxProperties.map(String.init))
        add("propertyNames", nested(propertyNames))
        add("properties", members(properties))
        add("patternProperties", members(patternProperties))
        add("additionalProperties", nested(additionalProperties))
        return result
    }

    /// A Swift expression where the type is known.
    public func expression(quote: (String) -> String) -> String {
        ".init(" + arguments(quote: quote).map { "\($0.label): \($0.value)" }.joined(separator: ", ") + ")"
    }

    /// What satisfies both satisfies the result. Of two different patterns the first is kept.
    mutating func formIntersection(_ other: Constraints) {
        func greater(_ left: String?, _ right: String?) -> String? {
            guard let left, let right else { return left ?? right }
            return (Double(right) ?? 0) > (Double(left) ?? 0) ? right : left
        }
        func less(_ left: String?, _ right: String?) -> String? {
            guard let left, let right else { return left ?? right }
            return (Double(right) ?? 0) < (Double(left) ?? 0) ? right : left
        }
        func greater(_ left: Int?, _ right: Int?) -> Int? { [left, right].compactMap { $0 }.max() }
        func less(_ left: Int?, _ right: Int?) -> Int? { [left, right].compactMap { $0 }.min() }
        func both(_ left: [Constraints], _ right: [Constraints]) -> [Constraints] {
            guard var result = left.first, let second = right.first else { return left + right }
            result.formIntersection(second)
            return [result]
        }
        minimum = greater(minimum, other.minimum)
        maximum = less(maximum, other.maximum)
        exclusiveMinimum = greater(exclusiveMinimum, other.exclusiveMinimum)
        exclusiveMaximum = less(exclusiveMaximum, other.exclusiveMaximum)
        multipleOf = multipleOf ?? other.multipleOf
        minLength = greater(minLength, other.minLength)
        maxLength = less(maxLength, other.maxLength)
        pattern = pattern ?? other.pattern
        minItems = greater(minItems, other.minItems)
        maxItems = less(maxItems, other.maxItems)
        uniqueItems = uniqueItems || other.uniqueItems
        items = both(items, other.items)
        minProperties = greater(minProperties, other.minProperties)
        maxProperties = less(maxProperties, other.maxProperties)
        propertyNames = both(propertyNames, other.propertyNames)
        for member in other.properties {
            if let index = properties.firstIndex(where: { $0.name == member.name }) {
                properties[index].constraints.formIntersection(member.constraints)
            } else {
                properties.append(member)
            }
        }
        patternProperties += other.patternProperties.filter { !patternProperties.contains($0) }
        additionalProperties = both(additionalProperties, other.additionalProperties)
    }
}

/// Which values are checked against the constraints that the description gives.
public enum Validation: String, Sendable, CaseIterable {
    case none, sent, received, all

    public var checksSent: Bool { self == .sent || self == .all }
    public var checksReceived: Bool { self == .received || self == .all }
}
