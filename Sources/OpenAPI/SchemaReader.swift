import SpecSource
import SyntaxTree

/// Reads Schema Objects, each node once.
final class SchemaReader {
    private let resolver: ReferenceResolver
    private let diagnostics: Diagnostics
    /// Whether the description is one of Swagger 2.0, which writes some things
    /// in a way that is a fault in OpenAPI 3.
    var isSwagger = false
    private var schemas: [Node: Schema] = [:]
    private var discriminated: [Schema] = []
    private var pending: [(reference: Reference, location: SourceLocation)] = []
    /// What stands in other files and has a name in the document.
    private var named: Set<Node> = []

    init(resolver: ReferenceResolver, diagnostics: Diagnostics) {
        self.resolver = resolver
        self.diagnostics = diagnostics
    }

    /// The schema at `node`.
    func read(_ node: Node) -> Schema {
        if let known = schemas[node] { return known }
        let schema = Schema(location: node.location)
        schemas[node] = schema
        switch node.kind {
        case .mapping:
            readKeywords(of: node, into: schema)
        case .bool:
            schema.isNever = node.bool == false
        case .null:
            break
        case .string:
            if let type = Schema.Types(name: node.text) {
                diagnostics.warn(
                    "a schema should be a mapping; read as `type: \(node.text)`", at: node.location)
                schema.types = type
            } else {
                fallthrough
            }
        default:
            diagnostics.degrade("a schema should be a mapping; any value is accepted", at: node.location)
        }
        return schema
    }

    /// Reads a component. One that is nothing but a reference to another file
    /// is what stands there, and gives it its name.
    func readComponent(_ name: String, _ node: Node, at reference: Reference, into document: Document) {
        var schema: Schema?
        if let elsewhere = resolver.schemaElsewhere(node), named.insert(elsewhere).inserted {
            schema = read(elsewhere)
            if let description = Fields(node, diagnostics).prose("description") { schema?.description = description }
        }
        named.insert(node)
        let component = schema ?? read(node)
        document.schemas.append((name, component))
        document.schemasByReference[reference.key] = component
        document.references[ObjectIdentifier(component)] = reference
    }

    /// Reads what the references lead to, and settles what needs all schemas.
    func finish(_ document: Document) {
        resolveReferences(into: document)
        document.discriminated = discriminated
        if !discriminated.isEmpty { document.inheritance = Inheritance(of: document) }
    }

    /// Reads what the references met so far lead to, and what those lead to.
    private func resolveReferences(into document: Document) {
        var names = Set(document.schemas.map(\.name))
        var next = 0
        while next < pending.count {
            let (reference, location) = pending[next]
            next += 1
            guard document.schemasByReference[reference.key] == nil,
                let found = resolver.node(for: reference, at: location)
            else { continue }
            let node = resolver.schemaElsewhere(found) ?? found
            let schema = read(node)
            document.schemasByReference[reference.key] = schema
            if node.tree !== resolver.sources.root, named.insert(node).inserted {
                document.schemas.append((Self.freeName(reference, &names), schema))
                document.references[ObjectIdentifier(schema)] = reference
            }
        }
        pending = []
    }

    /// A name that no other schema has: of two files' the second is called
    /// after its file or folder too.
    private static func freeName(_ reference: Reference, _ names: inout Set<String>) -> String {
        for name in [reference.name, reference.qualifiedName].compactMap({ $0 }) where names.insert(name).inserted { return name }
        var number = 2
        while !names.insert("\(reference.name) \(number)").inserted { number += 1 }
        return "\(reference.name) \(number)"
    }

    private func readKeywords(of node: Node, into schema: Schema) {
        let fields = Fields(node, diagnostics)
        // One walk over the members: a schema has few of the many keywords.
        for (key, value) in node.members {
            switch key {
            case "$ref", "$dynamicRef":
                schema.reference = reference(value)
            case "type":
                readTypes(value, into: schema)
            case "nullable":
                if fields.flag(key) { schema.types.insert(.null) }
            case "x-nullable":
                if fields.flag(key) { schema.types.insert(.null) }
            case "format":
                schema.format = fields.text(key)
            case "title":
                schema.title = fields.prose(key)
            case "description":
                schema.description = fields.prose(key)
            case "properties":
                readProperties(value, into: schema)
            case "required":
                // OpenAPI 2 habit: `required: true` beside a property.
                if value.kind != .bool { schema.required = fields.texts(key) }
            case "additionalProperties", "unevaluatedProperties":
                readAdditionalProperties(value, into: schema)
            case "patternProperties":
                schema.patternProperties = fields.members(key).map { ($0.key, read($0.value)) }
            case "then", "else":
                schema.conditional.append(read(value))
            case "dependentSchemas":
                schema.conditional += fields.members(key).map { read($0.value) }
            case "items":
                readItems(value, into: schema)
            case "prefixItems":
                schema.prefixItems = fields.list(key).map(read)
            case "enum":
                schema.enumeration = fields.list(key)
            case "const":
                schema.constant = value
            case "allOf":
                schema.allOf = fields.list(key).map(read)
            case "oneOf":
                schema.oneOf = fields.list(key).map(read)
            case "anyOf":
                schema.anyOf = fields.list(key).map(read)
            case "discriminator":
                schema.discriminator = readDiscriminator(value)
                if schema.discriminator != nil { discriminated.append(schema) }
            case "x-discriminator-value", "x-ms-discriminator-value":
                schema.discriminatorValue = fields.text(key)
            case "default":
                schema.defaultValue = value
            case "minimum":
                schema.minimum = fields.number(key)
            case "maximum":
                schema.maximum = fields.number(key)
            case "exclusiveMinimum":
                if value.kind != .bool { schema.minimum = fields.number(key) }
            case "exclusiveMaximum":
                if value.kind != .bool { schema.maximum = fields.number(key) }
            case "contentEncoding":
                schema.contentEncoding = fields.text(key)
            case "contentMediaType":
                schema.contentMediaType = fields.text(key)
            case "contentSchema":
                schema.contentSchema = read(value)
            case "readOnly":
                schema.isReadOnly = fields.flag(key)
            case "writeOnly":
                schema.isWriteOnly = fields.flag(key)
            case "deprecated":
                schema.isDeprecated = fields.flag(key)
            case "x-enum-varnames", "x-enumNames":
                schema.enumerationNames = textsOfValues(value, of: node) ?? fields.texts(key)
            case "x-enum-descriptions", "x-enumDescriptions":
                schema.enumerationDescriptions = textsOfValues(value, of: node) ?? fields.texts(key)
            case "x-extensible-enum":
                readExtensibleEnumeration(value, fields, into: schema)
            default:
                break
            }
            if Assertions.isKeyword(key) {
                let assertions = schema.assertions ?? Assertions()
                assertions.read(key, value, of: fields, schemas: self)
                schema.assertions = assertions
            }
        }
    }

    /// Texts that stand by the values of the enumeration they are for.
    private func textsOfValues(_ texts: Node, of schema: Node) -> [String]? {
        guard texts.kind == .mapping, let values = schema["enum"] else { return nil }
        return values.elements.map { texts[$0.text]?.text ?? "" }
    }

    /// `x-extensible-enum`: values, or objects of a value and its description.
    private func readExtensibleEnumeration(_ value: Node, _ fields: Fields, into schema: Schema) {
        guard fields.node["enum"] == nil else { return }
        let values = fields.list("x-extensible-enum")
        schema.enumeration = values.map { $0["value"] ?? $0 }
        guard values.contains(where: { $0.kind == .mapping }) else { return }
        schema.enumerationDescriptions = values.map { $0["description"]?.text ?? "" }
    }

    private func reference(_ value: Node) -> Reference? {
        guard value.kind == .string, !value.text.isEmpty else {
            diagnostics.degrade("`$ref` should be a text; any value is accepted", at: value.location)
            return nil
        }
        let reference = resolver.reference(fullText(value), from: value)
        pending.append((reference, value.location))
        return reference
    }

    /// Swagger 1 wrote the name of a schema alone, and many still do.
    private func fullText(_ value: Node) -> String {
        guard !value.text.contains(where: { "#/.".contains($0) }) else { return value.text }
        if isSwagger { return "#/definitions/\(value.text)" }
        guard value.tree === resolver.sources.root, resolver.isComponent(value.text) else { return value.text }
        diagnostics.warn(
            "`$ref` should be `#/components/schemas/\(value.text)`; read as that", at: value.location)
        return "#/components/schemas/\(value.text)"
    }

    private func readTypes(_ value: Node, into schema: Schema) {
        let names = value.kind == .sequence ? Array(value.elements) : [value]
        for name in names {
            if let type = Schema.Types(name: name.text) {
                schema.types.insert(type)
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
                schema.types.insert(meant)
                if name.text == "file" { schema.format = "binary" }
                if isSwagger, name.text == "file" { continue }
                diagnostics.warn("`\(name.text)` is no type; read as the type it is named after", at: name.location)
            } else if name.kind == .null {
                schema.types.insert(.null)
            } else if name.text != "any" {
                diagnostics.degrade("`\(name.text)` is no type; any value is accepted", at: name.location)
            }
        }
    }

    private func readProperties(_ value: Node, into schema: Schema) {
        guard let value = followMapping(value) else { return }
        guard value.kind == .mapping else {
            if value.kind != .null {
                diagnostics.warn("`properties` should be a mapping; ignored", at: value.location)
            }
            return
        }
        for (name, property) in value.members {
            schema.properties.append((name, read(property)))
        }
    }

    /// `properties: {$ref: …}` stands for the properties of what it leads to;
    /// nil where that is nothing.
    private func followMapping(_ value: Node) -> Node? {
        var value = value
        var seen: Set<Node> = []
        while let target = value["$ref"], target.kind == .string {
            diagnostics.warn(
                "`$ref` stands where a mapping of properties belongs; its properties are used",
                at: value.location)
            guard seen.insert(value).inserted,
                let node = resolver.node(for: resolver.reference(target.text, from: target), at: target.location)
            else { return nil }
            value = node["properties"] ?? node
        }
        return value
    }

    private func readAdditionalProperties(_ value: Node, into schema: Schema) {
        if let flag = value.bool {
            schema.additionalProperties = flag ? .any : .forbidden
        } else if value.kind == .mapping {
            schema.additionalProperties = value.members.isEmpty ? .any : .schema(read(value))
        } else if value.kind == .string, value.text == "true" || value.text == "false" {
            schema.additionalProperties = value.text == "true" ? .any : .forbidden
            diagnostics.warn(
                "`additionalProperties` should be a boolean; read as \(value.text)", at: value.location)
        } else {
            diagnostics.warn("`additionalProperties` should be a schema; ignored", at: value.location)
        }
    }

    private func readItems(_ value: Node, into schema: Schema) {
        guard value.kind == .sequence else {
            schema.items = value.bool == nil ? read(value) : nil
            return
        }
        // JSON Schema drafts before 2020-12 wrote tuples so.
        schema.prefixItems = value.elements.map(read)
    }

    private func readDiscriminator(_ value: Node) -> Schema.Discriminator? {
        if value.kind == .string {
            if !isSwagger {
                diagnostics.warn(
                    "`discriminator` should be a mapping; read as its `propertyName`", at: value.location)
            }
            return Schema.Discriminator(
                propertyName: value.text, mapping: [], defaultMapping: nil, location: value.location)
        }
        let fields = Fields(value, diagnostics)
        guard let name = fields.text("propertyName") else {
            diagnostics.warn("`discriminator` has no `propertyName`; ignored", at: value.location)
            return nil
        }
        let mapping = fields.members("mapping").compactMap { member -> (String, Reference)? in
            guard member.value.kind == .string else { return nil }
            return (member.key, mapped(member.value))
        }
        let defaultMapping = value["defaultMapping"].flatMap { $0.kind == .string ? mapped($0) : nil }
        return Schema.Discriminator(
            propertyName: name, mapping: mapping, defaultMapping: defaultMapping, location: value.location)
    }

    /// What a value of `mapping` leads to. A bare name stands for a component schema.
    private func mapped(_ value: Node) -> Reference {
        let text = value.text
        let isName = resolver.isComponent(text) || !text.contains { "#/.".contains($0) }
        let reference = resolver.reference(isName ? "#/components/schemas/\(text)" : text, from: value)
        if !isName { pending.append((reference, value.location)) }
        return reference
    }
}
