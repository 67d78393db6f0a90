/// The schemas that others need, and those that these need in turn.
struct SchemaClosure {
    private let document: Document
    private var found: Set<ObjectIdentifier> = []

    init(document: Document) {
        self.document = document
    }

    func contains(_ schema: Schema) -> Bool {
        found.contains(ObjectIdentifier(schema))
    }

    mutating func add(_ operation: Operation) {
        for parameter in operation.parameters { add(parameter.schema) }
        for media in operation.requestBody?.content ?? [] { add(media) }
        for (_, response) in operation.responses {
            for media in response.content { add(media) }
            for header in response.headers { add(header.schema) }
        }
        for (_, callback) in operation.callbacks { add(callback) }
    }

    private mutating func add(_ media: MediaType) {
        add(media.schema)
        add(media.itemSchema)
    }

    mutating func add(_ schema: Schema?) {
        var open = [schema].compactMap { $0 }
        while let schema = open.popLast() {
            guard found.insert(ObjectIdentifier(schema)).inserted else { continue }
            open += schema.subschemas
            let references = [schema.reference].compactMap { $0 } + (schema.discriminator?.references ?? [])
            open += references.compactMap(document.schema) + document.heirs(of: schema)
        }
    }
}

extension Schema {
    /// The schemas directly within this one.
    var subschemas: [Schema] {
        var result = properties.map(\.schema) + patternProperties.map(\.schema) + conditional + prefixItems + allOf + oneOf + anyOf
        if case .schema(let schema) = additionalProperties { result.append(schema) }
        return result + [items, contentSchema].compactMap { $0 }
    }
}

extension Schema.Discriminator {
    /// Everything that it leads to.
    var references: [Reference] {
        mapping.map(\.reference) + [defaultMapping].compactMap { $0 }
    }
}
