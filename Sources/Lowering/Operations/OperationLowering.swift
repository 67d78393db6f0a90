import OpenAPI
import Source
import SpecSource
import TextScanning

/// Turns operations into methods.
final class OperationLowering {
    let types: TypeLowering
    let diagnostics: Diagnostics
    private let settings: SettingsUse
    private var names: NameScope
    private var headers: HeadersLowering?
    private var serverTypes: [String: TypeReference] = [:]
    /// The types of everything that is sent.
    private(set) var sent: [TypeReference] = []

    /// - Parameter members: What the client has besides its operations.
    init(types: TypeLowering, settings: SettingsUse, diagnostics: Diagnostics, members: [String]) {
        self.types = types
        self.settings = settings
        self.diagnostics = diagnostics
        names = NameScope(reserved: Set(members + ClientMembers.reserved))
    }

    func lower(_ operations: [Operation]) -> [OperationDeclaration] {
        headers = HeadersLowering(types: types, operations: operations)
        // What the user decided comes first, then operations with an `operationId`.
        var names = operations.map { renamed($0) ?? "" }
        let others = operations.indices.filter { names[$0].isEmpty }
        let order = others.filter { operations[$0].operationID != nil } + others.filter { operations[$0].operationID == nil }
        for index in order {
            names[index] = name(operations[index])
        }
        return zip(operations, names).flatMap(lower)
    }

    // MARK: - Names

    /// The name that the user decided on.
    private func renamed(_ operation: Operation) -> String? {
        for key in [operation.operationID, "\(operation.method) \(operation.path)"].compactMap({ $0 }) {
            guard let wished = settings.setting(\.renames.operations, key) else { continue }
            let name = names.claim(wished)
            if name != wished { settings.reportTaken(wished, name, at: settings.location(\.renames.operations, key)) }
            return name
        }
        return nil
    }

    private func name(_ operation: Operation) -> String {
        guard let identifier = operation.operationID, !Words(identifier).isEmpty else {
            return names.claim(pathName(operation))
        }
        let wished = SwiftName.member(identifier)
        let name = names.claim(wished, orElse: pathName(operation))
        if name != wished {
            diagnostics.warn(
                "the operation ID `\(identifier)` is taken; the method is called `\(name)`",
                at: operation.operationIDLocation ?? operation.location)
        }
        return name
    }

    /// `GET /users/{id}/posts` is `getUsersByIDPosts`.
    private func pathName(_ operation: Operation) -> String {
        var words = Words(operation.method.lowercased())
        for segment in operation.path.split(separator: "/") {
            for (index, part) in segment.split(separator: "{").enumerated() {
                let isParameter = index > 0 || segment.hasPrefix("{")
                let pieces = part.split(separator: "}", maxSplits: 1)
                guard isParameter, let name = pieces.first else {
                    words = words + Words(String(part))
                    continue
                }
                words = words + Words("by") + Words(String(name))
                if pieces.count > 1 { words = words + Words(String(pieces[1])) }
            }
        }
        return SwiftName.member(words)
    }

    // MARK: - One operation

    /// The operation's method, and one more for each media type of its success
    /// that says something else.
    private func lower(_ operation: Operation, named name: String) -> [OperationDeclaration] {
        let usual = method(operation, named: name)
        let words = Words(name)
        let others = OutcomeLowering(types: types, diagnostics: diagnostics, operation: operation, words: words)
            .otherMediaTypes()
        return [usual] + others.map { mediaType in
            let suffix = Words("as") + MediaName.words(mediaType)
            let outcomes = OutcomeLowering(
                types: types, diagnostics: diagnostics, operation: operation, words: words + suffix,
                preferring: mediaType)
            var variant = usual
            variant.name = names.claim(SwiftName.member(words + suffix))
            variant.success = outcomes.success()
            variant.accept = outcomes.accept
            variant.documentation = usual.documentation + ["", "The response is asked for as `\(Documentation.firstParagraph(mediaType))`."]
            variant.isVariant = true
            return variant
        }
    }

    private func method(_ operation: Operation, named name: String) -> OperationDeclaration {
        let words = Words(name)
        var locals = NameScope(reserved: ["request", "self"])
        var labels = NameScope()
        var parameters = operation.parameters
        let path = pathParts(operation, &parameters)
        let usable = parameters.filter(isSent)
        var lowered = usable.map { parameter($0, words, &labels, &locals) }
        // Required ones first; otherwise the author's order.
        let order = lowered.indices.filter { lowered[$0].isRequired } + lowered.indices.filter { !lowered[$0].isRequired }
        lowered = order.map { lowered[$0] }
        let body = operation.requestBody.flatMap { body in
            BodyLowering(types: types, diagnostics: diagnostics, words: words)
                .lower(body, localName: locals.claim("body", "bodyContent"))
        }
        let outcomes = OutcomeLowering(types: types, diagnostics: diagnostics, operation: operation, words: words)
        let success = outcomes.success()
        let failure = outcomes.failure()
        let headers = self.headers?.lower(operation, words)
        let servers = servers(operation, words, &labels, &locals)
        sent += lowered.map(\.type)
        if let body { sent.append(body.type) }
        return OperationDeclaration(
            name: name, identifier: operation.operationID ?? "\(operation.method) \(operation.path)",
            method: operation.method, template: operation.path,
            path: path.map { part in
                switch part {
                case .text(let text): .literal(text)
                case .parameter(let key):
                    lowered.firstIndex { $0.place == .path && $0.key == key }.map { .parameter($0) }
                        ?? .literal("{\(key)}")
                }
            },
            parameters: lowered, body: body, success: success, failure: failure,
            documentation: documentation(operation, headers), isDeprecated: operation.isDeprecated,
            tag: operation.tags.first ?? "",
            security: operation.security.map { $0.map(SecurityUse.list) },
            serverURL: servers == nil ? operation.servers.first.map(ServerLowering.defaultURL) : nil, serverChoice: servers,
            accept: outcomes.accept)
    }

    /// The argument for servers of the operation's own, where there is
    /// something to choose. Operations with the same ones share its type.
    private func servers(
        _ operation: Operation, _ words: Words, _ labels: inout NameScope, _ locals: inout NameScope
    ) -> OperationDeclaration.ServerParameter? {
        guard operation.servers.count > 1 || operation.servers.contains(where: { $0.url.contains("{") }) else { return nil }
        let choice = ServerLowering(diagnostics: diagnostics).lower(operation.servers)
        let key = Signature.of(.servers(choice))
        let type = serverTypes[key] ?? types.declare(
            named: SwiftName.type((ServerLowering.hostWords(operation.servers[0]) ?? words) + Words("server")), .servers(choice),
            documentation: ["Where `\(SwiftName.member(words))` is, and all that is at the same place."])
        serverTypes[key] = type
        let name = labels.claim("server", "serverLocation")
        return .init(localName: locals.claim(name, "serverLocation"), type: type, choice: choice)
    }

    private func documentation(_ operation: Operation, _ headers: TypeReference?) -> [String] {
        var lines = Documentation.lines(operation.summary)
        if let description = operation.description, !Documentation.isSame(description, operation.summary) {
            if !lines.isEmpty { lines.append("") }
            lines += Documentation.lines(description)
        }
        if lines.isEmpty { lines = ["`\(operation.method) \(Documentation.firstParagraph(operation.path))`"] }
        let links = operation.responses.flatMap(\.response.links)
        if !links.isEmpty { lines.append("") }
        for link in links {
            let text = Documentation.lines(text(link))
            lines += text.prefix(1).map { "- " + $0 } + text.dropFirst().map { "  " + $0 }
        }
        if case .declared(let place) = headers {
            lines += ["", "The response's header fields: ``\(types.declarations[place].name)``."]
        }
        return lines
    }

    /// What a response leads to, in a sentence.
    private func text(_ link: Link) -> String {
        func code(_ text: String) -> String { "`\(Documentation.firstParagraph(text).replacing("`", with: "'"))`" }
        let values = link.parameters.map { "\(code($0.name)) from \(code($0.expression))" }
        let arguments = values.isEmpty ? "" : " with \(values.joined(separator: ", "))"
        let description = link.description.map { ". " + Documentation.firstParagraph($0) } ?? ""
        return "The response leads to \(code(link.target))\(arguments) (\(code(link.name)))\(description)"
    }

    // MARK: - Parameters

    private func documentation(_ parameter: Parameter, named name: String) -> [String] {
        let target = parameter.schema.map(types.shapes.target)
        let text = parameter.description ?? parameter.schema?.description
        var notes = parameter.isDeprecated || parameter.schema?.isDeprecated == true ? ["Deprecated."] : []
        if let value = parameter.schema?.defaultValue ?? target?.defaultValue, value.isScalar, value.kind != .null {
            notes.append("Default: `\(Documentation.firstParagraph(value.text).replacing("`", with: "'"))`.")
        }
        return Documentation.argument(text, named: name, notes: notes.joined(separator: " "))
    }

    private enum PathPart {
        case text(String)
        case parameter(String)
    }

    /// Takes the template apart. A parameter the template names and nobody
    /// declares is a text; one that is declared and not in the template is
    /// left out.
    private func pathParts(_ operation: Operation, _ parameters: inout [Parameter]) -> [PathPart] {
        var parts: [PathPart] = []
        var rest = operation.path[...]
        // A query in the template would be read as part of the path.
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            if open > rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            let key = String(rest[rest.index(after: open)..<close])
            parts.append(.parameter(key))
            rest = rest[rest.index(after: close)...]
            if !parameters.contains(where: { $0.place == .path && $0.name == key }) {
                diagnostics.warn(
                    "the path parameter `\(key)` is not declared; it is taken for a string", at: operation.location)
                parameters.append(Parameter(undeclared: key, location: operation.location))
            }
        }
        if !rest.isEmpty || parts.isEmpty { parts.append(.text(String(rest))) }
        parameters.removeAll { parameter in
            guard parameter.place == .path else { return false }
            let isNamed = parts.contains { if case .parameter(parameter.name) = $0 { true } else { false } }
            if !isNamed {
                diagnostics.warn(
                    "the path has no place for the parameter `\(parameter.name)`; it is left out",
                    at: parameter.location)
            }
            return !isNamed
        }
        return parts
    }

    /// Three header fields are not the caller's to set (OpenAPI Parameter
    /// Object, `name`).
    private func isSent(_ parameter: Parameter) -> Bool {
        switch parameter.place {
        case .header:
            let isOurs = ["accept", "content-type", "authorization"].contains(parameter.name.lowercased())
            if isOurs {
                diagnostics.note(
                    "the header field `\(parameter.name)` is no parameter (OpenAPI, Parameter Object); the client sets it",
                    at: parameter.location)
            }
            return !isOurs
        default:
            return true
        }
    }

    private func parameter(
        _ parameter: Parameter, _ words: Words, _ labels: inout NameScope, _ locals: inout NameScope
    ) -> ParameterDeclaration {
        var type: TypeReference = .builtin(.string)
        if let schema = parameter.schema {
            type = types.jsonType(types.type(schema, Hint(nil, Words(parameter.name), sharing: .init(prefix: words, isByStructureAlone: false))))
            if types.resolved(type) == .builtin(.json), parameter.contentType == nil, !types.shapes.hasShape(schema) {
                type = .builtin(.string)
            }
        }
        let wished = SwiftName.member(parameter.name)
        let name = labels.claim(wished, SwiftName.member(Words(parameter.place.rawValue) + Words(parameter.name)))
        let usual: Parameter.Style = parameter.place == .path || parameter.place == .header ? .simple : .form
        return ParameterDeclaration(
            name: name, localName: locals.claim(name, name + "Value"), key: parameter.name,
            place: ParameterDeclaration.Place(rawValue: parameter.place.rawValue) ?? .query, type: type,
            isRequired: parameter.isRequired, style: parameter.style.rawValue, explode: parameter.explode,
            allowReserved: parameter.allowReserved, isJSON: parameter.contentType.map(MediaChoice.isJSON) ?? false,
            documentation: documentation(parameter, named: name),
            isUsualStyle: parameter.style == usual && parameter.explode == (usual == .form),
            constraints: types.sentConstraints(parameter.schema, type))
    }
}

extension SecurityUse {
    static func list(_ requirement: SecurityRequirement) -> [SecurityUse] {
        requirement.schemes.map { SecurityUse(scheme: $0.name, scopes: $0.scopes) }
    }
}
