import Declarations
import Templating

extension ContextBuilder {
    /// What an operation's template is rendered with.
    func operation(_ operation: OperationDeclaration) -> TemplateContext {
        let scope = scope(of: operation)
        var context = base(in: scope)
        let parameters = parameters(operation)
        document(&context, documentation(operation), isDeprecated: operation.isDeprecated)
        context.set(.name, Identifier.escaped(operation.name))
        let line = parameters.map { "\($0.label): \($0.type)\($0.initialValue)" }.joined(separator: ", ")
        let failure = types.type(operation.failure.type, in: scope)
        let result = operation.success.format == .empty ? "" : types.type(operation.success.type, in: scope)
        // The signature around the parameters counts too.
        let isLong = line.utf8.count + operation.name.utf8.count + failure.utf8.count + result.utf8.count + 50 > Self.lineWidth
        context.set(.parameterLine, isLong ? "" : line)
        context.set(.hasParameterLines, isLong && !parameters.isEmpty)
        context.set(.parameters, parameters.enumerated().map { index, parameter in
            var entry = TemplateContext()
            entry.set(.label, parameter.label)
            entry.set(.type, parameter.type)
            entry.set(.initialValue, parameter.initialValue)
            entry.set(.comma, index == parameters.count - 1 ? "" : ",")
            return entry
        })
        context.set(.failureType, failure)
        context.set(.returnType, result)
        context.set(.isDiscardable, operation.success.isDiscardable)
        let statements = statements(operation)
        let bodyCases = bodyCases(operation)
        context.set(.isMutable, !statements.isEmpty || !bodyCases.isEmpty)
        context.set(.bodyName, operation.body.map { Identifier.escaped($0.localName) } ?? "")
        context.set(.hasBodyCases, !bodyCases.isEmpty)
        context.set(.bodyCases, bodyCases)
        context.set(.isOptional, operation.body?.isRequired == false)
        context.set(.request, request(operation))
        context.set(.statements, statements)
        context.set(.sending, call(
            ["request", "as: \(success(operation.success, in: scope))", "errors: \(failureFormat(operation.failure, in: scope))"],
            after: result.isEmpty ? "    try await send(" : "    return try await send("))
        return context
    }

    /// What the name of an operation's error is rendered with.
    func error(of operation: OperationDeclaration) -> TemplateContext {
        let scope = Scope.extension(of: ["Client"] + (operation.group.map { [module.groups[$0].typeName] } ?? []) + ["Errors"])
        var context = base(in: scope)
        context.set(.name, Identifier.escaped(operation.errorName))
        context.set(.failureType, types.type(operation.failure.type, in: scope))
        return context
    }

    /// Where the method is: in the client, or in one of its groups, which sees
    /// nothing of the client's types.
    private func scope(of operation: OperationDeclaration) -> Scope {
        operation.group.map { .extension(of: ["Client", module.groups[$0].typeName]) } ?? .client
    }

    private func documentation(_ operation: OperationDeclaration) -> [String] {
        var lines = operation.documentation
        var described = operation.parameters.filter { !$0.documentation.isEmpty }.map { ($0.name, $0.documentation) }
        if let body = operation.body, !body.documentation.isEmpty {
            described.append((body.localName, body.documentation))
        }
        guard !described.isEmpty else { return lines }
        lines += ["", "- Parameters:"]
        for (name, text) in described {
            lines.append("  - \(name): \(text[0])")
            lines += text.dropFirst().map { $0.isEmpty ? "" : "    " + $0 }
        }
        return lines
    }

    private typealias Argument = (label: String, type: String, initialValue: String)

    private func parameters(_ operation: OperationDeclaration) -> [Argument] {
        let scope = scope(of: operation)
        var result: [Argument] = operation.parameters.map { parameter in
            let label =
                parameter.name == parameter.localName
                ? Identifier.label(parameter.name)
                : "\(Identifier.label(parameter.name)) \(Identifier.escaped(parameter.localName))"
            return (label, types.type(parameter.argumentType, in: scope), parameter.isRequired ? "" : " = nil")
        }
        if let server = operation.serverChoice {
            let type = types.type(server.type, in: scope)
            let value = defaultServer(server.choice, initializer: ".init()", canBeRelative: true)
            result.append((server.localName, type, value.map { " = \($0)" } ?? ""))
        }
        if let body = operation.body {
            result.append(
                ("_ \(body.localName)", types.type(body.argumentType, in: scope), body.isRequired ? "" : " = nil"))
        }
        return result
    }

    // MARK: - The request

    private func request(_ operation: OperationDeclaration) -> String {
        var path = ""
        for part in operation.path {
            switch part {
            case .literal(let text):
                path += quoted(text).dropFirst().dropLast()
            case .parameter(let index):
                path += interpolation(operation.parameters[index])
            }
        }
        var arguments = [method(operation.method), "\"\(path)\"", "operation: \(quoted(operation.identifier))"]
        if let security = operation.security { arguments.append("security: \(requirements(security))") }
        if let accept = operation.accept { arguments.append("accept: \(quoted(accept))") }
        if let server = operation.serverURL { arguments.append("server: \(quoted(server))") }
        if let choice = operation.serverChoice { arguments.append("server: \(choice.localName).url") }
        if operation.path.contains(where: { if case .parameter = $0 { true } else { false } }) {
            arguments.append("template: \(quoted(operation.template))")
        }
        if !operation.tags.isEmpty { arguments.append("tags: [\(operation.tags.map(quoted).joined(separator: ", "))]") }
        if let isIdempotent = operation.isIdempotent { arguments.append("idempotent: \(isIdempotent)") }
        if !operation.extensions.isEmpty {
            let members = operation.extensions.map { "\(quoted($0.name)): \(quoted($0.value))" }
            arguments.append("extensions: [\(members.joined(separator: ", "))]")
        }
        if let header = idempotencyKeyHeader(operation) { arguments.append("idempotencyKeyHeader: \(quoted(header))") }
        return call(arguments, after: "    var request = Request(")
    }

    /// The header parameter that tells repetitions of a call from other calls:
    /// IETF httpapi idempotency-key-header, and what it was called before.
    private func idempotencyKeyHeader(_ operation: OperationDeclaration) -> String? {
        let names: Set<String> = ["idempotency-key", "x-idempotency-key", "repeatability-request-id"]
        return operation.parameters.first { $0.location == .header && names.contains($0.key.lowercased()) }?.key
    }

    /// A call's arguments: on one line where they fit, else each on its own.
    private func call(_ arguments: [String], after opening: String, indentation: String = "    ") -> String {
        let line = arguments.joined(separator: ", ")
        let isShort = opening.utf8.count + line.utf8.count + 5 <= Self.lineWidth
        if isShort, !line.utf8.contains(UInt8(ascii: "\n")) { return line }
        return "\n\(indentation)    " + arguments.joined(separator: ",\n\(indentation)    ") + "\n\(indentation)"
    }

    private func method(_ method: String) -> String {
        switch method {
        case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT": "." + method.lowercased()
        default: ".named(\(quoted(method)))"
        }
    }

    private func interpolation(_ parameter: ParameterDeclaration) -> String {
        var arguments = [Identifier.escaped(parameter.localName)]
        if parameter.isJSON { return "\\(\(arguments[0]), .json)" }
        if parameter.style != "simple" { arguments.append(".\(parameter.style)") }
        if parameter.style == "matrix" { arguments.append("name: \(quoted(parameter.key))") }
        if parameter.explode { arguments.append("explode: true") }
        if parameter.allowsEmpty { arguments.append("allowsEmpty: true") }
        return "\\(\(arguments.joined(separator: ", ")))"
    }

    func requirements(_ requirements: [[SecurityUse]]) -> String {
        let alternatives = requirements.map { schemes in
            if schemes.isEmpty { return "[:]" }
            let entries = schemes.map { use in
                "\(quoted(use.scheme)): [\(use.scopes.map(quoted).joined(separator: ", "))]"
            }
            return "[\(entries.joined(separator: ", "))]"
        }
        return "[\(alternatives.joined(separator: ", "))]"
    }

    private func statements(_ operation: OperationDeclaration) -> [String] {
        var result = operation.parameters.compactMap(check)
        result += operation.parameters.filter { $0.location != .path }.map(statement)
        if let body = operation.body, body.contents.count == 1 {
            result += body.contents.map { statement($0, Identifier.escaped(body.localName)) }
        }
        return result
    }

    private func check(_ parameter: ParameterDeclaration) -> String? {
        parameter.constraints.map {
            "check(\(quoted(parameter.key)), \(Identifier.escaped(parameter.localName)), \(expression($0)))"
        }
    }

    /// The ways to send a body that is one of several.
    private func bodyCases(_ operation: OperationDeclaration) -> [TemplateContext] {
        guard let body = operation.body, body.contents.count > 1 else { return [] }
        return body.contents.map { content in
            var entry = TemplateContext()
            entry.set(.caseName, content.caseName ?? "")
            entry.set(.write, statement(content, "content", indentation: "        "))
            return entry
        }
    }

    private func statement(
        _ content: BodyDeclaration.Content, _ name: String, indentation: String = "    "
    ) -> String {
        switch content.encoding {
        case .json:
            var arguments = [name]
            if content.contentType != "application/json" { arguments.append("contentType: \(quoted(content.contentType))") }
            if let constraints = content.constraints { arguments.append("checking: \(expression(constraints))") }
            return "json(\(arguments.joined(separator: ", ")))"
        case .form:
            guard !content.styles.isEmpty else { return "form(\(name))" }
            let styles = content.styles.map { style in
                let reserved = style.allowReserved ? ", allowReserved: true" : ""
                return "\(quoted(style.key)): .init(.\(style.style), explode: \(style.explode)\(reserved))"
            }
            return "form(\(call([name, "styles: [\(styles.joined(separator: ", "))]"], after: "    request.form(", indentation: indentation)))"
        case .multipart:
            let mediaType = content.contentType.split(separator: ";").first.map(String.init) ?? ""
            return mediaType == "multipart/form-data" ? "multipart(\(name))" : "multipart(\(name), mediaType: \(quoted(mediaType)))"
        case .items: return "items(\(name), contentType: \(quoted(content.contentType)))"
        case .text: return "text(\(name), contentType: \(quoted(content.contentType)))"
        case .stream: return "body(\(name), contentType: \(quoted(content.contentType)))"
        }
    }

    private func statement(_ parameter: ParameterDeclaration) -> String {
        if parameter.location == .queryString {
            return "queryString(\(Identifier.escaped(parameter.localName))\(parameter.isJSON ? ", .json" : ""))"
        }
        var arguments = [quoted(parameter.key), Identifier.escaped(parameter.localName)]
        if parameter.isJSON { return "\(parameter.location.rawValue)Content(\(arguments.joined(separator: ", ")))" }
        let usual = parameter.location == .header ? "simple" : "form"
        if parameter.style != usual { arguments.append(".\(parameter.style)") }
        let isExploded = parameter.style == "form" || parameter.location == .cookie
        if parameter.explode != isExploded, parameter.style != "deepObject" { arguments.append("explode: \(parameter.explode)") }
        if parameter.allowReserved, parameter.location == .query { arguments.append("allowReserved: true") }
        return "\(parameter.location.rawValue)(\(arguments.joined(separator: ", ")))"
    }

    // MARK: - The response

    private func success(_ success: SuccessDeclaration, in scope: Scope) -> String {
        if let constraints = success.constraints { return ".json(checking: \(expression(constraints)))" }
        guard success.format == .cases else { return "." + format(success.format) }
        return cases(success.cases, of: success.type, in: scope)
    }

    private func failureFormat(_ failure: FailureDeclaration, in scope: Scope) -> String {
        guard let first = failure.cases.first else { return ".none" }
        if failure.cases.count == 1, first.caseName == nil {
            let statuses = first.statuses.map(text).joined(separator: ", ")
            if first.format == .text { return ".text(on: \(statuses))" }
            return ".json(\(types.type(first.type, in: scope)).self, on: \(statuses))"
        }
        return cases(failure.cases, of: failure.type, in: scope)
    }

    private func cases(_ cases: [OutcomeCase], of type: TypeReference, in scope: Scope) -> String {
        let name = types.type(type, in: scope)
        let entries = cases.flatMap { outcome in
            outcome.statuses.map { status in
                let checking = outcome.constraints.map { ", checking: \(expression($0))" } ?? ""
                return ".\(format(outcome.format))(\(text(status)), \(name).\(outcome.caseName ?? "")\(checking))"
            }
        }
        let line = entries.joined(separator: ", ")
        if line.utf8.count < Self.lineWidth / 2 { return ".cases([\(line)])" }
        return ".cases([\n" + entries.map { "            \($0),\n" }.joined() + "        ])"
    }

    private func format(_ format: ResponseFormat) -> String {
        switch format {
        case .empty: "empty"
        case .json: "json"
        case .text: "text"
        case .data: "data"
        case .stream: "stream"
        case .items: "items"
        case .cases: "cases"
        }
    }

    private func text(_ status: ResponseStatus) -> String {
        switch status {
        case .code(let code): "\(code)"
        case .range(let first): "\(first)00...\(first)99"
        case .default: ".default"
        }
    }
}
