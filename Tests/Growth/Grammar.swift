/// What a place of a description is for, as far as mutations ask: OpenAPI 3.0
/// to 3.2 and Swagger 2.0.
public enum Grammar: Sendable {
    case description, components
    case paths, pathItem, operations, operation
    case parameters, parametersByName, parameter
    case bodies, body, responses, response, headers
    case contents, content
    case callbacks, callback
    case securitySchemes, tags, mapping, discriminator
    /// A schema; schemas by name, by property, and in a list of `allOf`, `oneOf` or `anyOf`.
    case schema, schemas, properties, conjunction, alternatives
    /// Schemas whose order has a meaning.
    case positions
    case enumeration, required
    /// Examples, extensions and all else that is not looked into.
    case opaque

    static let methods: Set<String> = ["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]

    /// What a member or an element is.
    public func inside(_ key: String) -> Grammar {
        switch self {
        case .description: Self.ofDescription[key] ?? .opaque
        case .components: Self.ofComponents[key] ?? .opaque
        case .paths: key.hasPrefix("x-") ? .opaque : .pathItem
        case .pathItem:
            Self.methods.contains(key)
                ? .operation : ["parameters": .parameters, "additionalOperations": .operations][key] ?? .opaque
        case .operations: .operation
        case .operation:
            [
                "parameters": .parameters, "requestBody": .body, "responses": .responses, "callbacks": .callbacks, "tags": .tags,
            ][key] ?? .opaque
        case .parameters, .parametersByName, .headers: .parameter
        case .parameter:
            ["schema": .schema, "content": .contents, "items": .schema, "enum": .enumeration][key] ?? .opaque
        case .bodies: .body
        case .body: key == "content" ? .contents : .opaque
        case .responses: key.hasPrefix("x-") ? .opaque : .response
        case .response: ["content": .contents, "headers": .headers, "schema": .schema][key] ?? .opaque
        case .contents: .content
        case .content: ["schema": .schema, "itemSchema": .schema][key] ?? .opaque
        case .callbacks: .callback
        case .callback: key.hasPrefix("x-") ? .opaque : .pathItem
        case .schema: Self.ofSchema[key] ?? .opaque
        case .discriminator: key == "mapping" ? .mapping : .opaque
        case .schemas, .properties, .conjunction, .alternatives, .positions: .schema
        case .securitySchemes, .tags, .mapping, .enumeration, .required, .opaque: .opaque
        }
    }

    private static let ofDescription: [String: Grammar] = [
        "paths": .paths, "webhooks": .paths, "components": .components, "definitions": .schemas, "parameters": .parametersByName,
        "responses": .responses, "securityDefinitions": .securitySchemes, "tags": .tags,
    ]

    private static let ofComponents: [String: Grammar] = [
        "schemas": .schemas, "responses": .responses, "parameters": .parametersByName, "headers": .headers,
        "requestBodies": .bodies, "callbacks": .callbacks, "securitySchemes": .securitySchemes, "pathItems": .paths,
        "mediaTypes": .contents,
    ]

    private static let ofSchema: [String: Grammar] = [
        "properties": .properties, "patternProperties": .properties, "items": .schema, "additionalProperties": .schema,
        "unevaluatedProperties": .schema, "not": .schema, "if": .schema, "then": .schema, "else": .schema, "contains": .schema,
        "propertyNames": .schema, "contentSchema": .schema, "allOf": .conjunction, "oneOf": .alternatives,
        "anyOf": .alternatives, "prefixItems": .positions, "$defs": .schemas, "definitions": .schemas,
        "dependentSchemas": .schemas, "enum": .enumeration, "required": .required, "discriminator": .discriminator,
    ]
}

extension Value {
    /// Calls `visit` for every value that the grammar knows, owners first.
    public func walk(_ grammar: Grammar = .description, at path: Path = Path(), _ visit: (Value, Grammar, Path) -> Void) {
        visit(self, grammar, path)
        switch self {
        case .object(let members):
            for member in members {
                let inside = grammar.inside(member.key)
                if inside != .opaque { member.value.walk(inside, at: path / member.key, visit) }
            }
        case .array(let elements):
            // An array of `items` is a tuple of schemas, as drafts before 2020-12 write it.
            let inside = grammar == .schema ? Grammar.schema : grammar.inside("")
            guard inside != .opaque else { return }
            for (index, element) in elements.enumerated() { element.walk(inside, at: path / String(index), visit) }
        default: break
        }
    }
}
