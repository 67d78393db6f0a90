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
            open += schema.keywords.subschemas
            let references = [schema.reference].compactMap { $0 } + (schema.composition.discriminator?.references ?? [])
            open += references.compactMap(document.schema) + document.subtypes(of: schema)
        }
    }
}

extension Schema.Discriminator {
    /// Everything that it leads to.
    var references: [Reference] {
        mapping.map(\.reference) + [defaultMapping].compactMap { $0 }
    }
}
