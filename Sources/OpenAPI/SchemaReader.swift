import Source
import SpecSource
import SyntaxTree

/// Reads Schema Objects, each node once.
final class SchemaReader {
    let resolver: ReferenceResolver
    let diagnostics: Diagnostics
    /// Whether the description is one of Swagger 2.0, which writes some things
    /// in a way that is a fault in OpenAPI 3.
    let isSwagger: Bool
    private var schemas: [Node: Schema] = [:]
    private var discriminated: [Schema] = []
    private var pending: [(reference: Reference, location: SourceLocation)] = []
    private var unchecked: [(keyword: String, location: SourceLocation)] = []
    /// What stands in other files and has a name in the document.
    private var named: Set<Node> = []

    init(resolver: ReferenceResolver, isSwagger: Bool, diagnostics: Diagnostics) {
        self.resolver = resolver
        self.isSwagger = isSwagger
        self.diagnostics = diagnostics
    }

    /// The schema at `node`.
    func read(_ node: Node) -> Schema {
        if let known = schemas[node] { return known }
        let schema = Schema(location: node.location, keywords: Schema.Keywords(), node: node)
        // Before its keywords are: a node may be within itself.
        schemas[node] = schema
        switch node.kind {
        case .mapping:
            var keywords = KeywordReader(node, schemas: self)
            schema.keywords = keywords.read()
            if schema.composition.discriminator != nil { discriminated.append(schema) }
        case .bool:
            schema.keywords.isNever = node.bool == false
        case .null:
            break
        case .string:
            if let type = Schema.Types(name: node.text) {
                diagnostics.warn(
                    .invalidType,
                    "a schema should be a mapping; read as `type: \(node.text)`", at: node.location)
                schema.keywords.types = type
            } else {
                fallthrough
            }
        default:
            diagnostics.degrade(.invalidType, "a schema should be a mapping; any value is accepted", at: node.location)
        }
        return schema
    }

    /// Reads a component. One that is nothing but a reference to another file
    /// is what stands there, and gives it its name.
    func readComponent(_ name: String, _ node: Node, at reference: Reference, into document: Document) {
        var schema: Schema?
        if let elsewhere = resolver.schemaElsewhere(node), named.insert(elsewhere).inserted {
            schema = read(elsewhere)
            if let description = Fields(node, diagnostics).prose("description") { schema?.keywords.annotations.description = description }
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
        document.unchecked = unchecked
        if !discriminated.isEmpty { document.inheritance = Inheritance(of: document) }
    }

    /// Reads what the references met so far lead to, and what those lead to.
    private func resolveReferences(into document: Document) {
        var elsewhere: [(reference: Reference, schema: Schema)] = []
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
            if node.tree !== resolver.sources.root, named.insert(node).inserted { elsewhere.append((reference, schema)) }
        }
        pending = []
        name(elsewhere, in: document)
    }

    /// Names the schemas of other files. Of several with one name, the first in the
    /// order of the files' addresses has it, whoever refers to them first; another is
    /// called after its file or folder too.
    private func name(_ schemas: [(reference: Reference, schema: Schema)], in document: Document) {
        var names = Set(document.schemas.map(\.name))
        for (reference, schema) in schemas.sorted(by: { $0.reference.key < $1.reference.key }) {
            let choices = [reference.name, reference.qualifiedName].compactMap(\.self)
            var name = choices.first { names.insert($0).inserted }
            var number = 2
            while name == nil {
                let candidate = "\(reference.name) \(number)"
                if names.insert(candidate).inserted { name = candidate }
                number += 1
            }
            if let name, name != reference.name {
                diagnostics.note(.nameTaken, "the schema is called `\(name)`, because `\(reference.name)` is another's name", at: schema.location)
            }
            document.schemas.append((name ?? reference.name, schema))
            document.references[ObjectIdentifier(schema)] = reference
        }
    }

    /// Remembers a keyword that asks something of values and that nothing checks.
    func note(unchecked keyword: String, at location: SourceLocation) {
        unchecked.append((keyword, location))
    }

    // MARK: - References

    /// Where a keyword leads that refers to another schema.
    func reference(to text: String, from value: Node) -> Reference {
        let reference = resolver.reference(text, from: value)
        pending.append((reference, value.location))
        return reference
    }
}
