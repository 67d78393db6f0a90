import OpenAPI

/// Schemas that no description has: what others come to.
extension Schema {
    /// A schema of several types narrowed to one of them.
    convenience init(_ schema: Schema, only type: Types) {
        var keywords = Keywords()
        keywords.types = type
        keywords.scalar.format = schema.scalar.format
        keywords.scalar.minimum = schema.scalar.minimum
        keywords.scalar.maximum = schema.scalar.maximum
        keywords.scalar.exclusiveMinimum = schema.scalar.exclusiveMinimum
        keywords.scalar.exclusiveMaximum = schema.scalar.exclusiveMaximum
        if type == .array { keywords.array = schema.array }
        if type == .object {
            keywords.object = schema.object
            keywords.object.properties = []
        }
        self.init(location: schema.location, keywords: keywords)
    }

    /// A schema that asks for all of `parts`.
    convenience init(combining parts: [Schema]) {
        var keywords = Keywords()
        keywords.composition.allOf = parts
        keywords.annotations.description = parts.lazy.compactMap(\.annotations.description).first
        self.init(location: parts[0].location, keywords: keywords)
    }

    /// A schema that asks for one of `alternatives`.
    convenience init(anyOf alternatives: [Schema]) {
        var keywords = Keywords()
        keywords.composition.anyOf = alternatives
        self.init(location: alternatives[0].location, keywords: keywords)
    }

    /// Some of the values of a schema's `enum`, which are of one type.
    convenience init(_ schema: Schema, values: [Value], of type: Types) {
        var keywords = Keywords()
        keywords.types = type
        keywords.values.enumeration = values
        self.init(location: schema.location, keywords: keywords)
    }

    /// The properties of a schema without its compositions.
    convenience init(propertiesOf schema: Schema) {
        var keywords = Keywords()
        keywords.types = .object
        keywords.object = schema.object
        self.init(location: schema.location, keywords: keywords)
    }

    /// A schema as it is where none of its subtypes is meant.
    convenience init(baseOf schema: Schema) {
        var keywords = Keywords()
        keywords.types = .object
        keywords.reference = schema.reference
        keywords.object = schema.object
        keywords.composition.allOf = schema.composition.allOf
        self.init(location: schema.location, keywords: keywords)
    }
}
