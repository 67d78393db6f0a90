import Source
import SyntaxTree

/// Reads the keywords of one Schema Object, in one walk over its members: a schema
/// has few of the many keywords.
struct KeywordReader {
    private let node: Node
    private let schemas: SchemaReader
    private let fields: Fields
    private var keywords = Schema.Keywords()

    private var diagnostics: Diagnostics { schemas.diagnostics }
    private var resolver: ReferenceResolver { schemas.resolver }

    init(_ node: Node, schemas: SchemaReader) {
        self.node = node
        self.schemas = schemas
        fields = Fields(node, schemas.diagnostics)
    }

    mutating func read() -> Schema.Keywords {
        for (key, value) in node.members {
            switch key {
            case "$ref", "$dynamicRef": keywords.reference = reference(value)
            case "type": readTypes(value)
            case "nullable", "x-nullable": if fields.flag(key) { keywords.types.insert(.null) }
            case "title": keywords.annotations.title = fields.prose(key)
            case "description": keywords.annotations.description = fields.prose(key)
            case "example": keywords.annotations.examples.insert(Value(value), at: 0)
            case "examples": keywords.annotations.examples += value.elements.map(Value.init)
            case "default": keywords.annotations.defaultValue = Value(value)
            case "readOnly": keywords.annotations.isReadOnly = fields.flag(key)
            case "writeOnly": keywords.annotations.isWriteOnly = fields.flag(key)
            case "deprecated": keywords.annotations.isDeprecated = fields.flag(key)
            case "properties", "required", "additionalProperties", "unevaluatedProperties", "patternProperties", "propertyNames",
                "minProperties", "maxProperties":
                readObject(key, value)
            case "items", "prefixItems", "minItems", "maxItems", "uniqueItems":
                readArray(key, value)
            case "allOf", "oneOf", "anyOf", "then", "else", "dependentSchemas", "discriminator", "x-discriminator-value",
                "x-ms-discriminator-value":
                readComposition(key, value)
            case "enum", "const", "x-enum-varnames", "x-enumNames", "x-enum-descriptions", "x-enumDescriptions", "x-extensible-enum":
                readValues(key, value)
            case "format", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern":
                readScalar(key, value)
            case "not", "if", "contains", "minContains", "maxContains", "dependentRequired", "dependencies", "unevaluatedItems":
                schemas.note(unchecked: key, at: node.keyLocation(key) ?? value.location)
            case "contentEncoding": keywords.content.encoding = fields.text(key)
            case "contentMediaType": keywords.content.mediaType = fields.text(key)
            case "contentSchema": keywords.content.schema = schemas.read(value)
            default: break
            }
        }
        // `items: false` says that a tuple is complete; without one it would allow empty arrays alone.
        if keywords.array.prefixItems.isEmpty, keywords.array.items?.isNever == true { keywords.array.items = nil }
        return keywords
    }

    // MARK: - The groups

    private mutating func readObject(_ key: String, _ value: Node) {
        switch key {
        case "properties": readProperties(value)
        // OpenAPI 2 habit: `required: true` beside a property.
        case "required": if value.kind != .bool { keywords.object.required = fields.texts(key) }
        case "patternProperties":
            keywords.object.patternProperties = fields.members(key).map { .init(pattern: $0.key, schema: schemas.read($0.value)) }
        case "propertyNames": keywords.object.propertyNames = schemas.read(value)
        case "minProperties": keywords.object.minProperties = fields.count(key)
        case "maxProperties": keywords.object.maxProperties = fields.count(key)
        default: readAdditionalProperties(value)
        }
    }

    private mutating func readArray(_ key: String, _ value: Node) {
        switch key {
        case "items": readItems(value)
        case "prefixItems": keywords.array.prefixItems = fields.list(key).map(schemas.read)
        case "minItems": keywords.array.minItems = fields.count(key)
        case "maxItems": keywords.array.maxItems = fields.count(key)
        default: keywords.array.uniqueItems = fields.flag(key)
        }
    }

    private mutating func readComposition(_ key: String, _ value: Node) {
        switch key {
        case "allOf": keywords.composition.allOf = fields.list(key).map(schemas.read)
        case "oneOf": keywords.composition.oneOf = fields.list(key).map(schemas.read)
        case "anyOf": keywords.composition.anyOf = fields.list(key).map(schemas.read)
        case "then", "else": keywords.composition.conditional.append(schemas.read(value))
        case "dependentSchemas": keywords.composition.conditional += fields.members(key).map { schemas.read($0.value) }
        case "discriminator": keywords.composition.discriminator = discriminator(value)
        default: keywords.composition.discriminatorValue = fields.text(key)
        }
    }

    private mutating func readValues(_ key: String, _ value: Node) {
        switch key {
        case "enum": keywords.values.enumeration = fields.list(key).map(Value.init)
        case "const": keywords.values.constant = Value(value)
        case "x-enum-varnames", "x-enumNames": keywords.values.names = textsOfValues(value) ?? fields.texts(key)
        case "x-enum-descriptions", "x-enumDescriptions": keywords.values.descriptions = textsOfValues(value) ?? fields.texts(key)
        default: readExtensibleEnumeration()
        }
    }

    private mutating func readScalar(_ key: String, _ value: Node) {
        switch key {
        case "format": keywords.scalar.format = fields.text(key)
        case "minimum": keywords.scalar.minimum = bound(key, value, unless: "exclusiveMinimum")
        case "maximum": keywords.scalar.maximum = bound(key, value, unless: "exclusiveMaximum")
        case "exclusiveMinimum": keywords.scalar.exclusiveMinimum = exclusiveBound(key, value, of: "minimum")
        case "exclusiveMaximum": keywords.scalar.exclusiveMaximum = exclusiveBound(key, value, of: "maximum")
        case "multipleOf": if let number = fields.number(key), number > 0 { keywords.scalar.multipleOf = Value(value) }
        case "minLength": keywords.scalar.minLength = fields.count(key)
        case "maxLength": keywords.scalar.maxLength = fields.count(key)
        default: if fields.text(key) != nil { keywords.scalar.pattern = Value(value) }
        }
    }

    /// A number as it is written; nil where the exclusive bound is the same one.
    private func bound(_ key: String, _ value: Node, unless exclusive: String) -> Value? {
        guard fields.number(key) != nil, node[exclusive]?.bool != true else { return nil }
        return Value(value)
    }

    /// The bound itself: that of OpenAPI 3.0 is a boolean beside it.
    private func exclusiveBound(_ key: String, _ value: Node, of inclusive: String) -> Value? {
        if let flag = value.bool {
            guard flag, let bound = node[inclusive], bound.isScalar, Double(bound.text) != nil else { return nil }
            return Value(bound)
        }
        return fields.number(key) == nil ? nil : Value(value)
    }

    // MARK: - Values

    /// Texts that stand by the values of the enumeration they are for.
    private func textsOfValues(_ texts: Node) -> [String]? {
        guard texts.kind == .mapping, let values = node["enum"] else { return nil }
        return values.elements.map { texts[$0.text]?.text ?? "" }
    }

    /// `x-extensible-enum`: values, or objects of a value and its description.
    private mutating func readExtensibleEnumeration() {
        guard node["enum"] == nil else { return }
        let values = fields.list("x-extensible-enum")
        keywords.values.enumeration = values.map { Value($0["value"] ?? $0) }
        guard values.contains(where: { $0.kind == .mapping }) else { return }
        keywords.values.descriptions = values.map { $0["description"]?.text ?? "" }
    }

    // MARK: - References and types

    private func reference(_ value: Node) -> Reference? {
        guard value.kind == .string, !value.text.isEmpty else {
            diagnostics.degrade(.invalidType, "`$ref` should be a string; any value is accepted", at: value.location)
            return nil
        }
        return schemas.reference(to: fullText(value), from: value)
    }

    /// Swagger 1 wrote the name of a schema alone, and many still do.
    private func fullText(_ value: Node) -> String {
        guard !value.text.contains(where: { "#/.".contains($0) }) else { return value.text }
        if schemas.isSwagger { return "#/definitions/\(value.text)" }
        guard value.tree === resolver.sources.root, resolver.isComponent(value.text) else { return value.text }
        diagnostics.warn(
            .impreciseReference,
            "`$ref` should be `#/components/schemas/\(value.text)`; read as that", at: value.location)
        return "#/components/schemas/\(value.text)"
    }

    private mutating func readTypes(_ value: Node) {
        let names = value.kind == .sequence ? Array(value.elements) : [value]
        for name in names {
            if let type = Schema.Types(name: name.text) {
                keywords.types.insert(type)
                continue
            }
            let meant: Schema.Types? =
                switch name.text.lowercased() {
                case "file", "binary", "date", "datetime", "date-time", "uuid", "text", "str", "url", "uri", "time": .string
                case "int", "int32", "int64", "long": .integer
                case "float", "double", "decimal": .number
                case "bool", "boolean": .boolean
                case "list": .array
                case "map", "hash", "dict": .object
                default: Schema.Types(name: name.text.lowercased())
                }
            if let meant {
                keywords.types.insert(meant)
                if name.text == "file" { keywords.scalar.format = "binary" }
                if schemas.isSwagger, name.text == "file" { continue }
                diagnostics.warn(.unknownValue, "`\(name.text)` is not a type; read as the type of that name", at: name.location)
            } else if name.kind == .null {
                keywords.types.insert(.null)
            } else if name.text != "any" {
                diagnostics.degrade(.unknownValue, "`\(name.text)` is not a type; any value is accepted", at: name.location)
            }
        }
    }

    // MARK: - Subschemas

    private mutating func readProperties(_ value: Node) {
        guard let value = followMapping(value) else { return }
        guard value.kind == .mapping else {
            if value.kind != .null {
                diagnostics.warn(.invalidType, "`properties` should be a mapping; ignored", at: value.location)
            }
            return
        }
        for (name, property) in value.members {
            keywords.object.properties.append(.init(name: name, schema: schemas.read(property)))
        }
    }

    /// `properties: {$ref: …}` stands for the properties of what it leads to;
    /// nil where that is nothing.
    private func followMapping(_ value: Node) -> Node? {
        var value = value
        var seen: Set<Node> = []
        while let target = value["$ref"], target.kind == .string {
            diagnostics.warn(
                .invalidType,
                "`$ref` stands where a mapping of properties belongs; its properties are used",
                at: value.location)
            guard seen.insert(value).inserted,
                let node = resolver.node(for: resolver.reference(target.text, from: target), at: target.location)
            else { return nil }
            value = node["properties"] ?? node
        }
        return value
    }

    private mutating func readAdditionalProperties(_ value: Node) {
        if let flag = value.bool {
            keywords.object.additionalProperties = flag ? .any : .forbidden
        } else if value.kind == .mapping {
            keywords.object.additionalProperties = value.members.isEmpty ? .any : .schema(schemas.read(value))
        } else if value.kind == .string, value.text == "true" || value.text == "false" {
            keywords.object.additionalProperties = value.text == "true" ? .any : .forbidden
            diagnostics.warn(
                .invalidType,
                "`additionalProperties` should be a boolean; read as \(value.text)", at: value.location)
        } else {
            diagnostics.warn(.invalidType, "`additionalProperties` should be a schema; ignored", at: value.location)
        }
    }

    private mutating func readItems(_ value: Node) {
        guard value.kind == .sequence else {
            keywords.array.items = value.bool == true ? nil : schemas.read(value)
            return
        }
        // JSON Schema drafts before 2020-12 wrote tuples so.
        keywords.array.prefixItems = value.elements.map(schemas.read)
        if let rest = node["additionalItems"], rest.bool != true { keywords.array.items = schemas.read(rest) }
    }

    private func discriminator(_ value: Node) -> Schema.Discriminator? {
        if value.kind == .string {
            if !schemas.isSwagger {
                diagnostics.warn(
                    .invalidType,
                    "`discriminator` should be a mapping; read as its `propertyName`", at: value.location)
            }
            return Schema.Discriminator(
                propertyName: value.text, mapping: [], defaultMapping: nil, location: value.location)
        }
        let fields = Fields(value, diagnostics)
        guard let name = fields.text("propertyName") else {
            diagnostics.warn(.missingField, "`discriminator` has no `propertyName`; ignored", at: value.location)
            return nil
        }
        let mapping = fields.members("mapping").compactMap { member -> Schema.Discriminator.Mapping? in
            guard member.value.kind == .string else { return nil }
            return .init(value: member.key, reference: mapped(member.value))
        }
        let defaultMapping = value["defaultMapping"].flatMap { $0.kind == .string ? mapped($0) : nil }
        return Schema.Discriminator(
            propertyName: name, mapping: mapping, defaultMapping: defaultMapping, location: value.location)
    }

    /// What a value of `mapping` leads to. A bare name stands for a component schema.
    private func mapped(_ value: Node) -> Reference {
        let text = value.text
        let isName = resolver.isComponent(text) || !text.contains { "#/.".contains($0) }
        return isName ? resolver.reference("#/components/schemas/\(text)", from: value) : schemas.reference(to: text, from: value)
    }
}
