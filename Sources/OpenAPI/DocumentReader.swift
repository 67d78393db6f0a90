import Source
import SpecSource

extension Document {
    /// Reads a description of Swagger 2.0 or OpenAPI 3 from its files.
    ///
    /// Whatever is wrong in the description is reported to `diagnostics` and
    /// read as what its author most likely meant. Only what is not an OpenAPI
    /// description at all is refused.
    public static func read(
        _ sources: SourceSet, diagnostics: Diagnostics
    ) throws(SourceError) -> Document {
        let root = sources.root.root
        guard root.kind == .mapping else {
            throw SourceError(
                location: root.location, message: "this is not an OpenAPI description",
                hint: "its top level should be a mapping that begins with `openapi:`")
        }
        let resolver = ReferenceResolver(sources: sources, diagnostics: diagnostics)
        let fields = Fields(root, diagnostics, following: resolver)
        let document = Document(location: root.location)
        document.specificationVersion = try version(fields)

        let isSwagger = root["swagger"] != nil && root["openapi"] == nil
        let schemas = SchemaReader(resolver: resolver, isSwagger: isSwagger, diagnostics: diagnostics)
        let operations = OperationReader(resolver: resolver, schemas: schemas, diagnostics: diagnostics)
        operations.sharedPagination = root["x-fern-pagination"]
        let security = SecurityReader(resolver: resolver, diagnostics: diagnostics)

        if let info = fields.collection("info") {
            let fields = Fields(info, diagnostics)
            document.info = Info(
                title: fields.prose("title") ?? "", version: fields.text("version") ?? "",
                description: fields.prose("description"))
        }
        document.tags = fields.list("tags").compactMap { node in
            if node.kind == .string { return Tag(name: node.text) }
            let fields = Fields(node, diagnostics)
            return fields.text("name").map { 
                Tag(
                    name: $0, description: fields.prose("description"), summary: fields.prose("summary"),
                    parent: fields.prose("parent"))
            }
        }
        if isSwagger {
            SwaggerReader(resolver: resolver, schemas: schemas, diagnostics: diagnostics).read(fields, into: document)
            schemas.finish(document)
            return document
        }
        document.servers = fields.list("servers").compactMap(operations.server)
        if let components = fields.collection("components") {
            let components = Fields(components, diagnostics, following: resolver)
            for (name, node) in components.named("schemas") {
                schemas.readComponent(name, node, at: resolver.reference(componentPointer(name), from: root), into: document)
            }
            document.securitySchemes = components.named("securitySchemes").compactMap {
                security.scheme(named: $0.key, $0.value)
            }
        }
        document.security = security.requirements(fields)
        for (text, node) in fields.entries("paths") {
            let path = operations.path(text, node)
            document.operations += operations.operations(path: path, node)
        }
        for (name, node) in fields.named("webhooks") + fields.members("x-webhooks") {
            document.webhooks += operations.operations(path: name, node)
        }
        schemas.finish(document)
        return document
    }

    private static func componentPointer(_ name: String) -> String {
        "#/components/schemas/" + JSONPointer.escaped(name)
    }

    private static func version(_ fields: Fields) throws(SourceError) -> String {
        if let version = fields.text("openapi") {
            if version.hasPrefix("3.") || version == "3" { return version }
            throw SourceError(
                location: fields.node["openapi"]?.location ?? fields.node.location,
                message: "OpenAPI \(version) is not known",
                hint: "versions 3.0 to 3.2 are read")
        }
        if let version = fields.text("swagger") {
            if version == "2" || version.hasPrefix("2.") { return version }
            throw SourceError(
                location: fields.node["swagger"]?.location ?? fields.node.location,
                message: "Swagger \(version) is not read",
                hint: "convert the description to Swagger 2.0 or OpenAPI 3")
        }
        throw SourceError(
            location: fields.node.location, message: "this is not an OpenAPI description",
            hint: "it has no `openapi:` field")
    }
}
