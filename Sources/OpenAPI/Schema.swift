import Source
import SyntaxTree

/// OpenAPI Schema Object, or JSON Schema 2020-12 in OpenAPI 3.1.
///
/// A class, because schemas are shared: everything that refers to a component
/// holds the same instance, and a later stage can remember what it made of it.
public final class Schema {
    /// Where the schema was read.
    public let location: SourceLocation
    /// What it says. Final when the document is read.
    public internal(set) var keywords: Keywords
    private let node: Node?

    /// Creates a schema that no description has, as a later stage derives it from others.
    public convenience init(location: SourceLocation, keywords: Keywords) {
        self.init(location: location, keywords: keywords, node: nil)
    }

    init(location: SourceLocation, keywords: Keywords, node: Node?) {
        self.location = location
        self.keywords = keywords
        self.node = node
    }

    // The keywords' groups. Read in place: a group is many words to copy, and most
    // questions are about one of them.
    public var reference: Reference? { _read { yield keywords.reference } }
    public var types: Types { keywords.types }
    public var object: ObjectKeywords { _read { yield keywords.object } }
    public var array: ArrayKeywords { _read { yield keywords.array } }
    public var composition: CompositionKeywords { _read { yield keywords.composition } }
    public var values: ValueKeywords { _read { yield keywords.values } }
    public var scalar: ScalarKeywords { _read { yield keywords.scalar } }
    public var content: ContentKeywords { _read { yield keywords.content } }
    public var annotations: AnnotationKeywords { _read { yield keywords.annotations } }
    public var isNever: Bool { keywords.isNever }

    /// Whether there are schemas in it: whether ``Keywords/subschemas`` has any, without a list of them.
    public var hasSubschemas: Bool {
        if case .schema = keywords.object.additionalProperties { return true }
        return !keywords.object.properties.isEmpty || !keywords.object.patternProperties.isEmpty || keywords.object.propertyNames != nil
            || keywords.array.items != nil || !keywords.array.prefixItems.isEmpty || !keywords.composition.allOf.isEmpty
            || !keywords.composition.oneOf.isEmpty || !keywords.composition.anyOf.isEmpty || !keywords.composition.conditional.isEmpty
            || keywords.content.schema != nil
    }

    /// The schema's text in a form that does not depend on the order of what has
    /// none: for questions that the order of the description must not decide. That
    /// of a derived schema is made of the schemas in it.
    public var canonicalText: String {
        node.map(CanonicalText.text) ?? keywords.subschemas.map(\.canonicalText).joined(separator: ",")
    }

    /// Whether any value satisfies it: what it has are annotations at most.
    public var saysNothing: Bool {
        let (format, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, minLength, maxLength, pattern) = scalar.all
        return reference == nil && types.isEmpty && !isNever && !hasSubschemas && values.enumeration == nil
            && values.constant == nil && object.required.isEmpty && object.minProperties == nil && object.maxProperties == nil
            && array.minItems == nil && array.maxItems == nil && !array.uniqueItems && format == nil && minimum == nil && maximum == nil
            && exclusiveMinimum == nil && exclusiveMaximum == nil && multipleOf == nil && minLength == nil && maxLength == nil
            && pattern == nil && content.encoding == nil && content.mediaType == nil
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

        // Written out: those of `OptionSet` are generic.
        public var isEmpty: Bool { rawValue == 0 }
        public func contains(_ types: Types) -> Bool { rawValue & types.rawValue == types.rawValue }

        /// The same without null.
        public var withoutNull: Types { Types(rawValue: rawValue & ~Types.null.rawValue) }

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
        /// An entry of `mapping`.
        public struct Mapping: Sendable {
            public var value: String
            /// What it stands for, made absolute.
            public var reference: Reference
        }

        public var propertyName: String
        public var mapping: [Mapping]
        /// What values that are not mapped stand for (OpenAPI 3.2).
        public var defaultMapping: Reference?
        public var location: SourceLocation
    }

    /// A schema and the name of the property that has it.
    public struct NamedSchema {
        public var name: String
        public var schema: Schema

        /// Creates a property.
        public init(name: String, schema: Schema) {
            self.name = name
            self.schema = schema
        }
    }

    /// A schema and the names of the properties that have it, as a regular expression.
    public struct PatternSchema {
        public var pattern: String
        public var schema: Schema
    }
}
