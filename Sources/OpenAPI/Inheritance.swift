import SyntaxTree

/// The schemas that inherit from one that has a discriminator: `allOf` leads
/// from them to it (OpenAPI, "Models with Polymorphism Support").
struct Inheritance {
    /// References to the heirs of a schema, in the description's order.
    private(set) var heirs: [ObjectIdentifier: [Schema]] = [:]

    init() {}

    init(of document: Document) {
        guard document.schemas.contains(where: { Self.isParent($0.schema) }) else { return }
        for (_, schema) in document.schemas {
            var visited: Set<ObjectIdentifier> = [ObjectIdentifier(schema)]
            var parents: [Schema] = []
            Self.collect(parentsOf: schema, in: document, into: &parents, &visited)
            guard !parents.isEmpty, let found = document.references[ObjectIdentifier(schema)] else { continue }
            let reference = Schema(referringTo: found, at: schema.location)
            for parent in parents { heirs[ObjectIdentifier(parent), default: []].append(reference) }
        }
    }

    /// Leaves out heirs that are not wanted.
    mutating func keep(_ isWanted: (Schema) -> Bool) {
        heirs = heirs.mapValues { $0.filter(isWanted) }
    }

    /// Alternatives that are named are all there are.
    private static func isParent(_ schema: Schema) -> Bool {
        schema.discriminator != nil && schema.oneOf.isEmpty && schema.anyOf.isEmpty
    }

    private static func collect(
        parentsOf schema: Schema, in document: Document, into parents: inout [Schema], _ visited: inout Set<ObjectIdentifier>
    ) {
        for part in schema.allOf {
            guard let target = part.reference.flatMap(document.schema), visited.insert(ObjectIdentifier(target)).inserted else {
                continue
            }
            if isParent(target) { parents.append(target) }
            collect(parentsOf: target, in: document, into: &parents, &visited)
        }
    }
}

extension Document {
    /// References to the schemas that inherit from `schema`; none where it has no discriminator.
    public func heirs(of schema: Schema) -> [Schema] {
        schema.discriminator == nil ? [] : inheritance.heirs[ObjectIdentifier(schema)] ?? []
    }
}

extension Schema {
    /// A schema that is a reference and nothing else.
    convenience init(referringTo reference: Reference, at location: SourceLocation) {
        self.init(location: location)
        self.reference = reference
    }

    /// A schema as it is where none of its heirs is meant.
    public convenience init(baseOf schema: Schema) {
        self.init(location: schema.location)
        title = "base"
        description = "What all of them have, for a kind that is none of these."
        isBase = true
        types = .object
        reference = schema.reference
        allOf = schema.allOf
        properties = schema.properties
        required = schema.required
        additionalProperties = schema.additionalProperties
        patternProperties = schema.patternProperties
        assertions = schema.assertions
    }
}
