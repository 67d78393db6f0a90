import OpenAPI
import Source

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
        if type == .object { keywords.object = schema.object }
        self.init(location: schema.location, keywords: keywords)
    }

    /// A schema that asks for all of `parts`.
    convenience init(combining parts: [Schema]) {
        var keywords = Keywords()
        keywords.composition.allOf = parts
        keywords.annotations.description = parts.lazy.compactMap(\.annotations.description).first
        self.init(location: parts[0].location, keywords: keywords)
    }

    /// A schema, with what another one brings that need not apply.
    convenience init(_ schema: Schema, perhaps optional: Schema) {
        var keywords = Keywords()
        keywords.composition.allOf = [schema]
        keywords.composition.conditional = [optional]
        keywords.annotations.description = schema.annotations.description ?? optional.annotations.description
        self.init(location: schema.location, keywords: keywords)
    }

    /// A schema that asks for one of `alternatives`.
    convenience init(anyOf alternatives: [Schema]) {
        var keywords = Keywords()
        keywords.composition.anyOf = alternatives
        self.init(location: alternatives[0].location, keywords: keywords)
    }

    /// A schema that says nothing: any value satisfies it.
    convenience init(openAt location: SourceLocation) {
        self.init(location: location, keywords: Keywords())
    }

    /// A schema of any text.
    convenience init(textAt location: SourceLocation) {
        var keywords = Keywords()
        keywords.types = .string
        self.init(location: location, keywords: keywords)
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
    ///
    /// - Parameter isOpen: Whether members that it does not name are kept: those of a
    ///   subtype that the description does not know.
    convenience init(baseOf schema: Schema, isOpen: Bool) {
        var keywords = Keywords()
        keywords.types = .object
        keywords.reference = schema.reference
        keywords.object = schema.object
        if isOpen, case .unspecified = schema.object.additionalProperties { keywords.object.additionalProperties = .any }
        keywords.composition.allOf = schema.composition.allOf
        self.init(location: schema.location, keywords: keywords)
    }
}
