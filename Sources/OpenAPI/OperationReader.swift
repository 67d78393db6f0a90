import Source
import SpecSource
import SyntaxTree

/// Reads path items and what is in them.
final class OperationReader {
    let resolver: ReferenceResolver
    let schemas: SchemaReader
    let diagnostics: Diagnostics
    let security: SecurityReader
    /// What a Swagger 2.0 description says of media types; nil for OpenAPI 3.
    let swagger: SwaggerMediaTypes?
    /// What the document says of the pages of all operations (`x-fern-pagination`).
    var sharedPagination: Node?
    private var responses: [Node: Response] = [:]
    /// A callback may lead back to the operation it belongs to.
    private var isInCallback = false

    init(resolver: ReferenceResolver, schemas: SchemaReader, swagger: SwaggerMediaTypes? = nil, diagnostics: Diagnostics) {
        self.resolver = resolver
        self.swagger = swagger
        self.schemas = schemas
        self.diagnostics = diagnostics
        security = SecurityReader(resolver: resolver, diagnostics: diagnostics)
    }

    static let methods: Set<String> = [
        "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
    ]

    /// The operations of one path item, in the author's order. What stands
    /// beside a `$ref` is added to what that leads to, and comes before it.
    func operations(path: String, _ node: Node) -> [Operation] {
        // Where a `$ref` leads nowhere, what stands beside it is still there.
        let item = resolver.follow(node, otherwise: "its operations are not known")?.node ?? node
        guard item.kind == .mapping else {
            if item.kind != .null {
                diagnostics.warn(.invalidType, "a path item should be a mapping; ignored", at: item.location)
            }
            return []
        }
        let layers = (item == node ? [item] : [item, node]).map { Fields($0, diagnostics, following: resolver) }
        let parameters = layers.flatMap { $0.list("parameters") }
        let shared = swagger == nil ? layers.reduce([]) { merge($0, $1.list("parameters").compactMap(parameter)) } : []
        let servers = layers.map { $0.list("servers").compactMap(server) }.last { !$0.isEmpty } ?? []
        return methods(layers).compactMap { method, value in
            guard value.kind == .mapping else {
                diagnostics.warn(.invalidType, "an operation should be a mapping; ignored", at: value.location)
                return nil
            }
            var result: Operation
            if let swagger {
                result = swaggerOperation(method: method, path: path, value, shared: parameters, defaults: swagger)
            } else {
                result = operation(method: method, path: path, value, shared: shared, servers: servers)
            }
            result.extensions = value.members.filter { $0.key.hasPrefix("x-") }.map { ($0.key, $0.value) }
            if !result.extensions.isEmpty { result.isIdempotent = idempotence(Fields(value, diagnostics)) }
            return result
        }
    }

    /// What the vendors' extensions say that mean the same. One that says how often to
    /// retry does not say that it is safe, and so has no say here.
    private func idempotence(_ fields: Fields) -> Bool? {
        if let own = fields.optionalFlag("x-apus-idempotent") { return own }
        if let fern = fields.node["x-fern-idempotent"]?.bool { return fern }
        return fields.node["x-basecamp-idempotent"]?["natural"]?.bool
    }

    private func methods(_ layers: [Fields]) -> [(method: String, value: Node)] {
        var result: [(method: String, value: Node)] = []
        for fields in layers {
            let known = fields.node.members.compactMap { member in
                Self.methods.contains(member.key.lowercased()) ? (member.key.uppercased(), member.value) : nil
            }
            let own = known + fields.entries("additionalOperations").map { ($0.key, $0.value) }
            let names = Set(own.map(\.0))
            result = result.filter { !names.contains($0.method) } + own
        }
        return result
    }

    /// The `description` beside a `$ref`, which counts more than that of what
    /// it leads to (OpenAPI 3.1 Reference Object).
    func ownDescription(_ reference: Node) -> String? {
        reference["$ref"] == nil ? nil : Fields(reference, diagnostics).prose("description")
    }

    func server(_ node: Node) -> Server? {
        let fields = Fields(node, diagnostics)
        guard let url = node.kind == .string ? node.text : fields.text("url") else {
            diagnostics.warn(.missingField, "a server without `url`; ignored", at: node.location)
            return nil
        }
        let variables = fields.named("variables").map { name, node in
            let variable = Fields(node, diagnostics)
            return ServerVariable(
                name: name, defaultValue: variable.text("default"), values: variable.texts("enum"),
                description: variable.prose("description"), location: node.location)
        }
        return Server(
            url: ServerAddress(url, at: node.location, diagnostics).text, name: fields.prose("name"), description: fields.prose("description"), variables: variables,
            location: node.location)
    }

    private func operation(
        method: String, path: String, _ node: Node, shared: [Parameter], servers: [Server]
    ) -> Operation {
        let fields = Fields(node, diagnostics, following: resolver)
        let own = fields.list("parameters").compactMap(parameter)
        var result = Operation(
            method: method, path: path, operationID: fields.prose("operationId"),
            tags: fields.texts("tags"), summary: fields.prose("summary"),
            description: fields.prose("description"), parameters: merge(shared, own),
            requestBody: node["requestBody"].flatMap(requestBody),
            responses: responses(fields), callbacks: callbacks(fields), security: nil,
            servers: fields.list("servers").compactMap(server),
            isDeprecated: fields.flag("deprecated"), location: node.location)
        if result.servers.isEmpty { result.servers = servers }
        result.operationIDLocation = node["operationId"]?.location
        result.pagination = PaginationExtensions.statements(of: node, shared: sharedPagination)
        if node["security"] != nil { result.security = security.requirements(fields) }
        return result
    }

    private func callbacks(_ fields: Fields) -> [(name: String, operation: Operation)] {
        guard !isInCallback else { return [] }
        isInCallback = true
        defer { isInCallback = false }
        return fields.named("callbacks").flatMap { name, node -> [(name: String, operation: Operation)] in
            guard let (callback, _) = resolver.follow(node) else { return [] }
            let expressions = callback.members.filter { !$0.key.hasPrefix("x-") }
            return expressions.flatMap { operations(path: $0.key, $0.value) }.map { (name, $0) }
        }
    }

    /// An operation's parameter replaces the path item's of the same name and
    /// place; of two within one list, the first is kept.
    func merge(_ shared: [Parameter], _ own: [Parameter]) -> [Parameter] {
        var result = unique(shared)
        var indices: [ParameterIdentity: Int] = [:]
        for (index, parameter) in result.enumerated() { indices[ParameterIdentity(parameter)] = index }
        for parameter in unique(own) {
            if let index = indices[ParameterIdentity(parameter)] {
                result[index] = parameter
            } else {
                result.append(parameter)
            }
        }
        return result
    }

    private func unique(_ parameters: [Parameter]) -> [Parameter] {
        var seen: Set<ParameterIdentity> = []
        return parameters.filter { parameter in
            if seen.insert(ParameterIdentity(parameter)).inserted { return true }
            diagnostics.warn(
                .duplicateParameter,
                "the \(parameter.place.rawValue) parameter `\(parameter.name)` is there twice; the first one is used",
                at: parameter.location)
            return false
        }
    }

    /// What no two parameters of an operation share.
    private struct ParameterIdentity: Hashable {
        let name: String
        let place: Parameter.Place

        init(_ parameter: Parameter) {
            name = parameter.name
            place = parameter.place
        }
    }

    func parameter(_ reference: Node) -> Parameter? {
        guard let (node, component) = resolver.follow(reference) else { return nil }
        let fields = Fields(node, diagnostics, following: resolver)
        guard let name = fields.text("name"), !name.isEmpty else {
            diagnostics.warn(.missingField, "a parameter without `name`; ignored", at: node.location)
            return nil
        }
        guard let place = fields.text("in").flatMap(Parameter.Place.init(rawValue:)) else {
            diagnostics.warn(
                .missingField,
                "the parameter `\(name)` does not say where it goes (`in`); ignored", at: node.location)
            return nil
        }
        if place == .header, !isHeaderName(name, at: node.location) { return nil }
        let content = content(fields)
        let usual = place.styles[0]
        var style = usual
        if let text = fields.text("style") {
            if let known = Parameter.Style(rawValue: text), place.styles.contains(known) {
                style = known
            } else {
                diagnostics.warn(
                    .unknownValue,
                    "`\(text)` is not a style for a \(place.rawValue) parameter; `\(usual.rawValue)` is used",
                    at: node["style"]?.location ?? node.location)
            }
        }
        var schema = node["schema"].map(schemas.read) ?? content.first?.schema
        if schema == nil, node["type"] != nil {
            diagnostics.warn(
                .otherVersion,
                "the parameter `\(name)` has its type beside it instead of in `schema`; read as its schema",
                at: node.location)
            schema = schemas.read(node)
        }
        return Parameter(
            name: name, place: place, description: ownDescription(reference) ?? fields.prose("description"),
            isRequired: place == .path || fields.flag("required"),
            isDeprecated: fields.flag("deprecated"), style: style,
            explode: fields.optionalFlag("explode") ?? style.explodes,
            allowReserved: fields.flag("allowReserved"), schema: schema,
            contentType: node["schema"] == nil ? content.first?.name : nil,
            component: component, location: node.location)
    }

    func requestBody(_ reference: Node) -> RequestBody? {
        guard let (node, component) = resolver.follow(reference, otherwise: ReferenceResolver.anyValue) else {
            return RequestBody(
                description: ownDescription(reference), isRequired: false, content: [anyContent(at: reference.location)],
                location: reference.location, component: nil)
        }
        let fields = Fields(node, diagnostics, following: resolver)
        return RequestBody(
            description: ownDescription(reference) ?? fields.prose("description"), isRequired: fields.flag("required"),
            content: content(fields), location: node.location, component: component)
    }

    /// The content of what a `$ref` should lead to and does not.
    func anyContent(at location: SourceLocation) -> MediaType {
        MediaType(name: "application/json", schema: nil, encoding: [], location: location)
    }

    func content(_ fields: Fields) -> [MediaType] {
        fields.entries("content").compactMap { name, node -> MediaType? in
            guard let (node, _) = resolver.follow(node) else { return nil }
            let media = Fields(node, diagnostics)
            let encoding = media.members("encoding").map { ($0.key, self.encoding($0.value)) }
            return MediaType(
                name: name, schema: media.node["schema"].map(schemas.read),
                itemSchema: media.node["itemSchema"].map(schemas.read), encoding: encoding,
                examples: ExampleReader(resolver: resolver, diagnostics: diagnostics).examples(of: node, mediaType: name),
                location: node.location)
        }
    }

    private func encoding(_ node: Node) -> PropertyEncoding {
        let fields = Fields(node, diagnostics)
        let name = fields.text("style")
        let style = name.flatMap(Parameter.Style.init(rawValue:))
        if let name, style.map(Parameter.Place.query.styles.contains) != true {
            diagnostics.warn(.unknownValue, "`\(name)` is not a style for a property of a form; ignored",
                at: node["style"]?.location ?? node.location)
        }
        return PropertyEncoding(
            contentType: fields.text("contentType"),
            style: style.flatMap { Parameter.Place.query.styles.contains($0) ? $0 : nil },
            explode: fields.optionalFlag("explode"), allowReserved: fields.flag("allowReserved"),
            headers: headers(fields), location: node.location)
    }

    private func responses(_ fields: Fields) -> [(status: StatusPattern, response: Response)] {
        fields.entries("responses").compactMap { key, node in
            guard let status = StatusPattern(key) else {
                diagnostics.warn(.unknownValue, "`\(key)` is not a status code; its response is ignored", at: node.location)
                return nil
            }
            guard let response = response(node) else { return nil }
            return (status, response)
        }
    }

    private func response(_ reference: Node) -> Response? {
        guard let (node, component) = resolver.follow(reference, otherwise: ReferenceResolver.anyValue) else {
            return Response(
                description: ownDescription(reference), content: [anyContent(at: reference.location)], headers: [], links: [],
                location: reference.location, component: nil)
        }
        var response = responses[node] ?? read(node, component)
        responses[node] = response
        if let description = ownDescription(reference) { response.description = description }
        return response
    }

    private func read(_ node: Node, _ component: Reference?) -> Response {
        let fields = Fields(node, diagnostics, following: resolver)
        return Response(
            description: fields.prose("description"), content: content(fields), headers: headers(fields),
            links: links(fields), location: node.location, component: component)
    }

    /// Whether a header field can be called so; reported where it cannot.
    func isHeaderName(_ name: String, at location: SourceLocation) -> Bool {
        let isToken = HeaderFieldName.isToken(name)
        if !isToken { diagnostics.warn(.invalidHeaderName, "`\(name)` cannot be the name of a header field; left out", at: location) }
        return isToken
    }

    private func headers(_ fields: Fields) -> [ResponseHeader] {
        fields.members("headers").compactMap { name, reference -> ResponseHeader? in
            guard isHeaderName(name, at: reference.location), let (node, component) = resolver.follow(reference) else { return nil }
            let header = Fields(node, diagnostics)
            return ResponseHeader(
                name: name, description: ownDescription(reference) ?? header.prose("description"), isRequired: header.flag("required"),
                isDeprecated: header.flag("deprecated"),
                schema: node["schema"].map(schemas.read) ?? content(header).first?.schema, component: component)
        }
    }
}

extension OperationReader {
    private func links(_ fields: Fields) -> [Link] {
        fields.named("links").compactMap { name, reference in
            guard let (node, _) = resolver.follow(reference) else { return nil }
            let link = Fields(node, diagnostics)
            guard let target = link.text("operationId") ?? link.text("operationRef") else {
                diagnostics.warn(.missingField, "the link `\(name)` does not say where it leads; left out", at: node.location)
                return nil
            }
            return Link(
                name: name, description: ownDescription(reference) ?? link.prose("description"), target: target,
                parameters: link.members("parameters").map { ($0.key, $0.value.text) })
        }
    }
}

extension StatusPattern {
    /// The pattern a key of `responses` stands for: `200`, `4XX`, `default`.
    init?(_ key: String) {
        if key.lowercased() == "default" {
            self = .default
        } else if let code = Int(key), (100...599).contains(code) {
            self = .code(code)
        } else if key.count == 3, key.lowercased().hasSuffix("xx"), let first = key.first?.wholeNumberValue,
            (1...5).contains(first)
        {
            self = .range(first)
        } else {
            return nil
        }
    }
}
