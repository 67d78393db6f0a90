import Source
import SyntaxTree
import TextScanning

extension OperationReader {
    /// An operation of Swagger 2.0.
    ///
    /// - Parameter shared: The path item's parameters.
    func swaggerOperation(
        method: String, path: String, _ node: Node, shared: [Node], defaults: SwaggerMediaTypes
    ) -> Operation {
        let fields = Fields(node, diagnostics)
        let consumes = node["consumes"] == nil ? defaults.consumes : fields.texts("consumes")
        let produces = node["produces"] == nil ? defaults.produces : fields.texts("produces")
        let inherited = parts(shared)
        let own = parts(fields.list("parameters"))
        var operation = Operation(
            method: method, path: path, operationID: fields.prose("operationId"), tags: fields.texts("tags"),
            summary: fields.prose("summary"), description: fields.prose("description"),
            parameters: merge(inherited.parameters, own.parameters),
            requestBody: body(own.body ?? inherited.body, inherited.form + own.form, consumes, at: node.location),
            responses: swaggerResponses(fields, produces), callbacks: [], security: nil, servers: [],
            isDeprecated: fields.flag("deprecated"), location: node.location)
        if operation.requestBody == nil, let body = node["requestBody"] {
            diagnostics.warn(.otherVersion, "`requestBody` belongs to OpenAPI 3; it is read nonetheless", at: body.location)
            operation.requestBody = requestBody(body)
        }
        operation.operationIDLocation = node["operationId"]?.location
        operation.pagination = PaginationExtensions.statements(of: node, shared: sharedPagination)
        if node["security"] != nil { operation.security = security.requirements(fields) }
        return operation
    }

    private struct Parts {
        var parameters: [Parameter] = []
        var body: Node?
        var form: [Node] = []
    }

    private func parts(_ nodes: [Node]) -> Parts {
        var parts = Parts()
        for node in nodes {
            guard let (node, component) = resolver.follow(node) else { continue }
            let fields = Fields(node, diagnostics)
            switch fields.text("in")?.lowercased() {
            case "body":
                if parts.body != nil {
                    diagnostics.warn(.conflictingBody, "there is a body already; this one is ignored", at: node.location)
                } else {
                    parts.body = node
                }
            case "formdata", "form":
                parts.form.append(node)
            default:
                guard var parameter = swaggerParameter(fields) else { continue }
                parameter.component = component
                parts.parameters.append(parameter)
            }
        }
        return parts
    }

    private func swaggerParameter(_ fields: Fields) -> Parameter? {
        // A parameter as OpenAPI 3 writes it is read as such.
        guard fields.node["schema"] == nil, fields.node["content"] == nil else { return parameter(fields.node) }
        guard let name = fields.text("name"), !name.isEmpty else {
            diagnostics.warn(.missingField, "a parameter without `name`; ignored", at: fields.node.location)
            return nil
        }
        guard let place = fields.text("in").flatMap({ Parameter.Place(rawValue: $0.lowercased()) }) else {
            diagnostics.warn(
                .missingField,
                "the parameter `\(name)` does not say where it goes (`in`); ignored", at: fields.node.location)
            return nil
        }
        let schema = schemas.read(fields.node)
        let (style, explode) = schema.types.contains(.array) ? style(fields, in: place) : (place.styles[0], place.styles[0] == .form)
        return Parameter(
            name: name, place: place, description: fields.prose("description"),
            isRequired: place == .path || fields.flag("required"), isDeprecated: fields.flag("deprecated"),
            style: style, explode: explode, schema: schema, location: fields.node.location)
    }

    /// `collectionFormat` as the style that writes the same.
    private func style(_ fields: Fields, in place: Parameter.Place) -> (Parameter.Style, explode: Bool) {
        let usual = place.styles[0]
        switch fields.text("collectionFormat") {
        case nil, "csv": return (usual, false)
        case "multi" where place == .query: return (.form, true)
        case "ssv": return (.spaceDelimited, false)
        case "pipes": return (.pipeDelimited, false)
        case "tsv": return (.tabDelimited, false)
        case let format?:
            diagnostics.warn(
                .unsupportedEncoding,
                "a \(place.rawValue) parameter cannot be written as `\(format)`; its elements are separated by commas",
                at: fields.node["collectionFormat"]?.location ?? fields.node.location)
            return (usual, false)
        }
    }

    // MARK: - Bodies

    private func body(_ body: Node?, _ form: [Node], _ consumes: [String], at location: SourceLocation) -> RequestBody? {
        if let body {
            if let first = form.first {
                diagnostics.warn(.conflictingBody, "a form beside a body cannot be sent; ignored", at: first.location)
            }
            let fields = Fields(body, diagnostics)
            let schema = body["schema"].map(schemas.read) ?? schemas.read(body)
            return RequestBody(
                description: fields.prose("description"), isRequired: fields.flag("required"),
                content: media(consumes, schema, at: body.location), location: body.location, component: nil)
        }
        return form.isEmpty ? nil : formBody(form, consumes, at: location)
    }

    private func media(_ names: [String], _ schema: Schema, at location: SourceLocation) -> [MediaType] {
        (names.isEmpty ? ["application/json"] : names).map {
            MediaType(name: $0, schema: schema, encoding: [], location: location)
        }
    }

    private func formBody(_ form: [Node], _ consumes: [String], at location: SourceLocation) -> RequestBody {
        var keywords = Schema.Keywords()
        keywords.types = .object
        var encoding: [(property: String, encoding: PropertyEncoding)] = []
        var hasFile = false
        var isRequired = false
        for node in form {
            let fields = Fields(node, diagnostics)
            guard let name = fields.text("name"), !keywords.object.properties.contains(where: { $0.name == name }) else {
                diagnostics.warn(.missingField, "a field of the form without a name of its own; ignored", at: node.location)
                continue
            }
            let property = schemas.read(node)
            keywords.object.properties.append(.init(name: name, schema: property))
            if fields.flag("required") {
                keywords.object.required.append(name)
                isRequired = true
            }
            hasFile = hasFile || property.scalar.format == "binary"
            if property.types.contains(.array) {
                let (style, explode) = style(fields, in: .query)
                encoding.append(
                    (name, PropertyEncoding(contentType: nil, style: style, explode: explode, allowReserved: false, headers: [], location: node.location)))
            }
        }
        let isMultipart = hasFile || consumes.contains { $0.hasPrefix("multipart/") }
            && !consumes.contains { $0.contains("x-www-form-urlencoded") }
        let name = isMultipart ? "multipart/form-data" : "application/x-www-form-urlencoded"
        return RequestBody(
            description: nil, isRequired: isRequired,
            content: [
                MediaType(
                    name: name, schema: Schema(location: form[0].location, keywords: keywords), encoding: encoding, location: location)
            ],
            location: location, component: nil)
    }

    // MARK: - Responses

    /// - Parameter examples: Examples Object: a value for each media type.
    private func withExamples(_ content: [MediaType], _ examples: Node?) -> [MediaType] {
        return content.map { media in
            var media = media
            let type = MediaTypeName.essence(media.name)
            for (name, value) in examples?.members.map({ ($0.key, $0.value) }) ?? [] where MediaTypeName.essence(name) == type {
                media.examples.append(Example(name: "", value: Sample(value), location: value.location))
            }
            return media
        }
    }

    private func swaggerResponses(_ fields: Fields, _ produces: [String]) -> [(status: StatusPattern, response: Response)] {
        fields.entries("responses").compactMap { key, node in
            guard let status = StatusPattern(key) else {
                diagnostics.warn(.unknownValue, "`\(key)` is not a status code; its response is ignored", at: node.location)
                return nil
            }
            guard let (node, component) = resolver.follow(node, otherwise: ReferenceResolver.anyValue) else {
                return (
                    status,
                    Response(
                        description: nil, content: [anyContent(at: node.location)], headers: [], links: [],
                        location: node.location, component: nil)
                )
            }
            let fields = Fields(node, diagnostics)
            let schema = node["schema"].map(schemas.read)
            let headers = fields.members("headers").compactMap { name, node -> ResponseHeader? in
                guard isHeaderName(name, at: node.location) else { return nil }
                return ResponseHeader(
                    name: name, description: Fields(node, diagnostics).prose("description"), isRequired: false,
                    isDeprecated: false, schema: schemas.read(node["schema"] ?? node), component: nil)
            }
            return (
                status,
                Response(
                    description: fields.prose("description"),
                    content: schema.map { withExamples(media(produces, $0, at: node.location), node["examples"]) } ?? content(fields),
                    headers: headers, links: [], location: node.location, component: component)
            )
        }
    }
}
