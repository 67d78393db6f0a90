/// What generated code checks of a value: keywords of JSON Schema, the numbers
/// as JSON writes them.
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

        /// Creates constraints of members.
        public init(name: String, constraints: Constraints) {
            self.name = name
            self.constraints = constraints
        }
    }

    /// Creates constraints that everything satisfies.
    public init() {}

    public var isEmpty: Bool { self == Constraints() }

    /// What satisfies both satisfies the result. Of two different patterns the first is kept.
    public mutating func formIntersection(_ other: Constraints) {
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
