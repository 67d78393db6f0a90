import Source
import SpecSource

/// Reads a Swagger 2.0 description as the OpenAPI 3 document that says the same.
struct SwaggerReader {
    let resolver: ReferenceResolver
    let schemas: SchemaReader
    let diagnostics: Diagnostics

    /// Reads everything but `info` and `tags`, which are the same in all versions.
    func read(_ fields: Fields, into document: Document) {
        let security = SecurityReader(resolver: resolver, diagnostics: diagnostics)
        let operations = OperationReader(
            resolver: resolver, schemas: schemas,
            swagger: SwaggerMediaTypes(consumes: fields.texts("consumes"), produces: fields.texts("produces")),
            diagnostics: diagnostics)

        for (name, node) in fields.members("definitions") {
            let pointer = "#/definitions/" + JSONPointer.escaped(name)
            schemas.readComponent(name, node, at: resolver.reference(pointer, from: fields.node), into: document)
        }
        document.securitySchemes = fields.named("securityDefinitions").compactMap {
            security.scheme(named: $0.key, $0.value)
        }
        document.servers = servers(fields)
        document.security = security.requirements(fields)
        for (text, node) in fields.entries("paths") {
            let path = operations.path(text, node)
            document.operations += operations.operations(path: path, node)
        }
    }

    /// `schemes`, `host` and `basePath`. What is not said is as where the
    /// description was found.
    private func servers(_ fields: Fields) -> [Server] {
        let base = fields.prose("basePath").map { $0.hasPrefix("/") ? $0 : "/" + $0 } ?? ""
        let path = base.hasSuffix("/") ? String(base.dropLast()) : base
        guard let host = fields.prose("host") else {
            return path.isEmpty ? [] : [server(path, fields)]
        }
        let schemes = fields.texts("schemes").map { $0.lowercased() }.filter { $0 == "https" || $0 == "http" }
        // Nobody wants http where https is on offer.
        let ordered = schemes.contains("https") || schemes.isEmpty ? ["https"] : ["http"]
        return ordered.map { server("\($0)://\(host)\(path)", fields) }
    }

    private func server(_ url: String, _ fields: Fields) -> Server {
        Server(url: url, name: nil, description: nil, variables: [], location: fields.node["host"]?.location ?? fields.node.location)
    }
}

/// What bodies are sent and received as where an operation does not say
/// (`consumes` and `produces` of the Swagger Object).
struct SwaggerMediaTypes {
    var consumes: [String]
    var produces: [String]
}
