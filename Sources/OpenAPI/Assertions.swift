import SyntaxTree

/// What a schema demands of values beyond their type (JSON Schema 2020-12,
/// "Validation", section 6).
public final class Assertions {
    public var minimum: Node?
    public var maximum: Node?
    /// Of OpenAPI 3.0 and Swagger 2.0, where they are booleans, the bound
    /// itself where they are true.
    public var exclusiveMinimum: Node?
    public var exclusiveMaximum: Node?
    public var multipleOf: Node?
    public var minLength: Int?
    public var maxLength: Int?
    /// A regular expression in the syntax of ECMA-262.
    public var pattern: Node?
    public var minItems: Int?
    public var maxItems: Int?
    public var uniqueItems = false
    public var minProperties: Int?
    public var maxProperties: Int?
    public var propertyNames: Schema?

    init() {}
}

extension Assertions {
    /// The keywords that are read here. All others are passed over at the cost
    /// of a look at their first letters.
    static func isKeyword(_ key: String) -> Bool {
        guard key.utf8.count > 6, let first = key.utf8.first, "emup".utf8.contains(first) else { return false }
        return keywords.contains(key)
    }

    private static let keywords: Set<String> = [
        "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern",
        "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "propertyNames",
    ]

    /// Reads one keyword of `fields`.
    func read(_ key: String, _ value: Node, of fields: Fields, schemas: SchemaReader) {
        switch key {
        case "minimum": minimum = bound(value)
        case "maximum": maximum = bound(value)
        case "exclusiveMinimum":
            exclusiveMinimum = value.bool == true ? fields.node["minimum"].flatMap(bound) : bound(value)
        case "exclusiveMaximum":
            exclusiveMaximum = value.bool == true ? fields.node["maximum"].flatMap(bound) : bound(value)
        case "multipleOf":
            if let number = fields.number(key), number > 0 { multipleOf = value }
        case "minLength": minLength = fields.count(key)
        case "maxLength": maxLength = fields.count(key)
        case "pattern": if fields.text(key) != nil { pattern = value }
        case "minItems": minItems = fields.count(key)
        case "maxItems": maxItems = fields.count(key)
        case "uniqueItems": uniqueItems = fields.flag(key)
        case "minProperties": minProperties = fields.count(key)
        case "maxProperties": maxProperties = fields.count(key)
        default: propertyNames = schemas.read(value)
        }
    }

    /// A number as it is written. That something else is none has been said already.
    private func bound(_ value: Node) -> Node? {
        value.isScalar && Double(value.text) != nil ? value : nil
    }
}
