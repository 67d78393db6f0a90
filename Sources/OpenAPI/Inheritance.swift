import Source
import SyntaxTree

/// The schemas that inherit from one that has a discriminator: `allOf` leads
/// from them to it (OpenAPI, "Models with Polymorphism Support").
struct Inheritance {
    /// References to the subtypes of a schema, in the order of their names.
    private(set) var subtypes: [ObjectIdentifier: [Schema]] = [:]

    init() {}

    init(of document: Document) {
        guard document.schemas.contains(where: { Self.isParent($0.schema) }) else { return }
        for (_, schema) in document.schemas.sorted(by: { $0.name < $1.name }) {
            var visited: Set<ObjectIdentifier> = [ObjectIdentifier(schema)]
            var parents: [Schema] = []
            Self.collect(parentsOf: schema, in: document, into: &parents, &visited)
            guard !parents.isEmpty, let found = document.references[ObjectIdentifier(schema)] else { continue }
            let reference = Schema(referringTo: found, at: schema.location)
            for parent in parents { subtypes[ObjectIdentifier(parent), default: []].append(reference) }
        }
    }

    /// Leaves out subtypes that are not wanted.
    mutating func keep(_ isWanted: (Schema) -> Bool) {
        subtypes = subtypes.mapValues { $0.filter(isWanted) }
    }

    /// Alternatives that are named are all there are.
    private static func isParent(_ schema: Schema) -> Bool {
        schema.composition.discriminator != nil && schema.composition.oneOf.isEmpty && schema.composition.anyOf.isEmpty
    }

    private static func collect(
        parentsOf schema: Schema, in document: Document, into parents: inout [Schema], _ visited: inout Set<ObjectIdentifier>
    ) {
        for part in schema.composition.allOf {
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
    public func subtypes(of schema: Schema) -> [Schema] {
        schema.composition.discriminator == nil ? [] : inheritance.subtypes[ObjectIdentifier(schema)] ?? []
    }
}

extension Schema {
    /// A schema that is a reference and nothing else.
    convenience init(referringTo reference: Reference, at location: SourceLocation) {
        var keywords = Keywords()
        keywords.reference = reference
        self.init(location: location, keywords: keywords)
    }
}
