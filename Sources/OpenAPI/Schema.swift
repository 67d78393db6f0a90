import SyntaxTree

/// OpenAPI Schema Object, or JSON Schema 2020-12 in OpenAPI 3.1.
///
/// A class, because schemas are shared: everything that refers to a component
/// holds the same instance, and a later stage can remember what it made of it.
public final class Schema {
    /// Where the schema was read.
    public let location: SourceLocation

    /// `$ref`. Keywords beside it are read too (JSON Schema 2020-12).
    public var reference: Reference?

    /// `type`; empty where none is given. `nullable: true` adds ``Types/null``.
    public var types: Types = []
    public var format: String?
    public var title: String?
    public var description: String?

    /// Objects.
    public var properties: [(name: String, schema: Schema)] = []
    public var required: [String] = []
    public var additionalProperties = AdditionalProperties.unspecified
    public var patternProperties: [(pattern: String, schema: Schema)] = []
    /// What applies under a condition: `then`, `else`, and the values of
    /// `dependentSchemas`.
    public var conditional: [Schema] = []

    /// Arrays.
    public var items: Schema?
    public var prefixItems: [Schema] = []

    /// Fixed values: the nodes of `enum`, and of `const`.
    public var enumeration: [Node]?
    public var constant: Node?

    /// Compositions.
    public var allOf: [Schema] = []
    public var oneOf: [Schema] = []
    public var anyOf: [Schema] = []
    public var discriminator: Discriminator?
    /// `x-discriminator-value`: the value by which a discriminator means this schema.
    public var discriminatorValue: String?

    public var defaultValue: Node?
    public var minimum: Double?
    public var maximum: Double?
    /// What values have to satisfy; nil where nothing is said.
    public var assertions: Assertions?
    public var contentEncoding: String?
    public var contentMediaType: String?
    public var contentSchema: Schema?

    /// `x-enum-varnames` and `x-enum-descriptions`.
    public var enumerationNames: [String] = []
    public var enumerationDescriptions: [String] = []

    public var isReadOnly = false
    public var isWriteOnly = false
    public var isDeprecated = false

    /// Whether it is what another one with heirs is by itself, see ``init(baseOf:)``.
    public internal(set) var isBase = false

    /// The boolean schema `false`, which nothing satisfies.
    public var isNever = false

    init(location: SourceLocation) {
        self.location = location
    }

    /// The values of the `type` keyword.
    public struct Types: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        public static let null = Types(rawValue: 1)
        public static let boolean = Types(rawValue: 2)
        public static let integer = Types(rawValue: 4)
        public static let number = Types(rawValue: 8)
        public static let string = Types(rawValue: 16)
        public static let array = Types(rawValue: 32)
        public static let object = Types(rawValue: 64)

        /// The type that a keyword's value names.
        init?(name: String) {
            switch name {
            case "null": self = .null
            case "boolean": self = .boolean
            case "integer": self = .integer
            case "number": self = .number
            case "string": self = .string
            case "array": self = .array
            case "object": self = .object
            default: return nil
            }
        }
    }

    /// What `additionalProperties` says.
    public enum AdditionalProperties {
        case unspecified
        case forbidden
        case any
        case schema(Schema)
    }

    /// OpenAPI Discriminator Object.
    public struct Discriminator: Sendable {
        public var propertyName: String
        /// The `mapping`, its values made absolute.
        public var mapping: [(value: String, reference: Reference)]
        /// What values that are not mapped stand for (OpenAPI 3.2).
        public var defaultMapping: Reference?
        public var location: SourceLocation
    }
}

extension Schema {
    /// A schema of several types narrowed to one of them.
    public convenience init(_ schema: Schema, only type: Types) {
        self.init(location: schema.location)
        types = type
        format = schema.format
        if type == .array {
            items = schema.items
            prefixItems = schema.prefixItems
        }
        if type == .object {
            additionalProperties = schema.additionalProperties
            patternProperties = schema.patternProperties
            required = schema.required
        }
        minimum = schema.minimum
        maximum = schema.maximum
    }

    /// A schema that asks for all of `parts`.
    public convenience init(combining parts: [Schema]) {
        self.init(location: parts[0].location)
        allOf = parts
        description = parts.lazy.compactMap(\.description).first
    }

    /// A schema that asks for one of `alternatives`.
    public convenience init(anyOf alternatives: [Schema]) {
        self.init(location: alternatives[0].location)
        anyOf = alternatives
    }

    /// Some of the values of a schema's `enum`, which are of one type.
    public convenience init(_ schema: Schema, values: [Node], of type: Types) {
        self.init(location: schema.location)
        types = type
        enumeration = values
    }

    /// The properties of a schema without its compositions.
    public convenience init(propertiesOf schema: Schema) {
        self.init(location: schema.location)
        types = .object
        properties = schema.properties
        required = schema.required
        additionalProperties = schema.additionalProperties
    }
}
