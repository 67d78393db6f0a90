extension Schema {
    /// What a schema says, by the vocabularies of JSON Schema.
    ///
    /// Each group lists all that it stores in `all`. Whoever has to deal with every
    /// keyword takes a group apart by it, and no longer compiles when there is one more.
    public struct Keywords {
        /// `$ref`. Keywords beside it are read too (JSON Schema 2020-12).
        public var reference: Reference?
        /// `type`; empty where none is given. `nullable: true` adds ``Types/null``.
        public var types = Types(rawValue: 0)
        public var object = ObjectKeywords()
        public var array = ArrayKeywords()
        public var composition = CompositionKeywords()
        public var values = ValueKeywords()
        public var scalar = ScalarKeywords()
        public var content = ContentKeywords()
        public var annotations = AnnotationKeywords()
        /// The boolean schema `false`, which nothing satisfies.
        public var isNever = false

        /// Creates keywords that say nothing.
        public init() {}

        /// The schemas in it, in order.
        public var subschemas: [Schema] {
            let (properties, _, additional, patterns, names, _, _) = object.all
            let (items, prefixItems, _, _, _) = array.all
            let (allOf, oneOf, anyOf, conditional, _, _) = composition.all
            let (_, _, held) = content.all
            var result = properties.map(\.schema)
            if case .schema(let schema) = additional { result.append(schema) }
            result += patterns.map(\.schema)
            result += [names, items].compactMap(\.self)
            result += prefixItems + allOf + oneOf + anyOf + conditional
            if let held { result.append(held) }
            return result
        }
    }

    /// Keywords for objects.
    public struct ObjectKeywords {
        public var properties: [NamedSchema] = []
        public var required: [String] = []
        public var additionalProperties = AdditionalProperties.unspecified
        public var patternProperties: [PatternSchema] = []
        public var propertyNames: Schema?
        public var minProperties: Int?
        public var maxProperties: Int?

        /// Creates keywords that say nothing.
        public init() {}

        public var all:
            (
                properties: [NamedSchema], required: [String], additionalProperties: AdditionalProperties,
                patternProperties: [PatternSchema], propertyNames: Schema?, minProperties: Int?, maxProperties: Int?
            )
        { (properties, required, additionalProperties, patternProperties, propertyNames, minProperties, maxProperties) }
    }

    /// Keywords for arrays.
    public struct ArrayKeywords {
        public var items: Schema?
        public var prefixItems: [Schema] = []
        public var minItems: Int?
        public var maxItems: Int?
        public var uniqueItems = false

        /// Creates keywords that say nothing.
        public init() {}

        public var all: (items: Schema?, prefixItems: [Schema], minItems: Int?, maxItems: Int?, uniqueItems: Bool) {
            (items, prefixItems, minItems, maxItems, uniqueItems)
        }
    }

    /// Keywords that apply other schemas to the same value.
    public struct CompositionKeywords {
        public var allOf: [Schema] = []
        public var oneOf: [Schema] = []
        public var anyOf: [Schema] = []
        /// What applies under a condition: `then`, `else`, and the values of
        /// `dependentSchemas`.
        public var conditional: [Schema] = []
        public var discriminator: Discriminator?
        /// `x-discriminator-value`: the value by which a discriminator means this schema.
        public var discriminatorValue: String?

        /// Creates keywords that say nothing.
        public init() {}

        public var all:
            (
                allOf: [Schema], oneOf: [Schema], anyOf: [Schema], conditional: [Schema], discriminator: Discriminator?,
                discriminatorValue: String?
            )
        { (allOf, oneOf, anyOf, conditional, discriminator, discriminatorValue) }
    }

    /// Keywords that list the values.
    public struct ValueKeywords {
        /// `enum`.
        public var enumeration: [Value]?
        /// `const`.
        public var constant: Value?
        /// `x-enum-varnames` and `x-enum-descriptions`, an empty string for a value that has none.
        public var names: [String] = []
        public var descriptions: [String] = []

        /// Creates keywords that say nothing.
        public init() {}

        public var all: (enumeration: [Value]?, constant: Value?, names: [String], descriptions: [String]) {
            (enumeration, constant, names, descriptions)
        }
    }

    /// Keywords for strings and numbers.
    public struct ScalarKeywords {
        public var format: String?
        public var minimum: Value?
        public var maximum: Value?
        /// In OpenAPI 3.0 and Swagger 2.0, where these are booleans, the bound itself
        /// where they are true; `minimum` and `maximum` say nothing then.
        public var exclusiveMinimum: Value?
        public var exclusiveMaximum: Value?
        public var multipleOf: Value?
        public var minLength: Int?
        public var maxLength: Int?
        /// A regular expression in the syntax of ECMA-262.
        public var pattern: Value?

        /// Creates keywords that say nothing.
        public init() {}

        public var all:
            (
                format: String?, minimum: Value?, maximum: Value?, exclusiveMinimum: Value?, exclusiveMaximum: Value?,
                multipleOf: Value?, minLength: Int?, maxLength: Int?, pattern: Value?
            )
        { (format, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, minLength, maxLength, pattern) }
    }

    /// Keywords for what a string holds.
    public struct ContentKeywords {
        /// `contentEncoding`.
        public var encoding: String?
        /// `contentMediaType`.
        public var mediaType: String?
        /// `contentSchema`.
        public var schema: Schema?

        /// Creates keywords that say nothing.
        public init() {}

        public var all: (encoding: String?, mediaType: String?, schema: Schema?) { (encoding, mediaType, schema) }
    }

    /// Keywords that say something of a value and ask nothing of it.
    public struct AnnotationKeywords {
        public var title: String?
        public var description: String?
        /// `default`.
        public var defaultValue: Value?
        /// `example`, and the elements of `examples`.
        public var examples: [Value] = []
        public var isReadOnly = false
        public var isWriteOnly = false
        public var isDeprecated = false

        /// Creates keywords that say nothing.
        public init() {}

        public var all:
            (title: String?, description: String?, defaultValue: Value?, examples: [Value], isReadOnly: Bool, isWriteOnly: Bool, isDeprecated: Bool)
        { (title, description, defaultValue, examples, isReadOnly, isWriteOnly, isDeprecated) }
    }
}
