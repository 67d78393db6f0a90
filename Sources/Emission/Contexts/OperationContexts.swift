import Declarations
import Templating

extension ContextBuilder {
    /// What an operation's template is rendered with.
    func operation(_ operation: OperationDeclaration) -> TemplateContext {
        let scope = scope(of: operation)
        var context = base(in: scope)
        document(&context, documentation(operation), isDeprecated: operation.isDeprecated)
        context.set(.name, Identifier.escaped(operation.name))
        let result = operation.success.format == .empty ? "" : types.type(operation.success.type, in: scope)
        let parameters = parameters(operation)
        context.set(.parameters, parameters)
        context.set(.failureType, types.type(operation.failure.type, in: scope))
        context.set(.returnType, result)
        context.set(.isDiscardable, operation.success.isDiscardable)
        setRequest(&context, operation)
        let checks = operation.parameters.compactMap(check)
        let statements = operation.parameters.filter { $0.location != .path }.map(statement)
        let contents = operation.body?.contents ?? []
        let bodyName = Identifier.escaped(operation.body?.localName ?? "")
        context.set(.isMutable, !checks.isEmpty || !statements.isEmpty || !contents.isEmpty)
        context.set(.checks, checks)
        context.set(.statements, statements)
        context.set(.body, contents.count == 1 ? body(contents[0], of: operation.body, bodyName) : nil)
        context.set(.bodyName, bodyName)
        context.set(.hasBodyCases, contents.count > 1)
        context.set(.bodyCases, contents.count > 1 ? contents.map { body($0, of: operation.body, "content") } : [])
        context.set(.isOptional, operation.body?.isRequired == false)
        context.set(.success, success(operation.success, in: scope))
        context.set(.failure, failure(operation.failure, in: scope))
        context.set(.pages, pages(operation, parameters, in: scope))
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
        if let mediaType = operation.body?.mediaType { described.append((mediaType.name, mediaType.documentation)) }
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

    private func parameters(_ operation: OperationDeclaration) -> [TemplateContext] {
        let scope = scope(of: operation)
        func entry(
            _ label: String, _ type: TypeReference, _ initialValue: String, passed argument: String, _ localName: String
        ) -> TemplateContext {
            var entry = TemplateContext()
            entry.set(.label, label)
            entry.set(.argument, argument)
            entry.set(.localName, Identifier.escaped(localName))
            entry.set(.type, types.type(type, in: scope))
            entry.set(.initialValue, initialValue)
            return entry
        }
        func label(_ name: String, _ localName: String) -> String {
            name == localName ? Identifier.label(name) : "\(Identifier.label(name)) \(Identifier.escaped(localName))"
        }
        var result = operation.parameters.map { parameter in
            let value = parameter.defaultValue.map { literal($0, in: scope) } ?? ""
            return entry(
                label(parameter.name, parameter.localName), parameter.argumentType, parameter.isRequired ? value : "nil",
                passed: Identifier.label(parameter.name), parameter.localName)
        }
        if let mediaType = operation.body?.mediaType {
            result.append(
                entry(
                    label(mediaType.name, mediaType.localName), mediaType.argumentType, mediaType.isRequired ? "" : "nil",
                    passed: Identifier.label(mediaType.name), mediaType.localName))
        }
        if let server = operation.serverChoice {
            let value = defaultServer(server.choice, initializer: ".init()", canBeRelative: true)
            result.append(entry(server.localName, server.type, value ?? "", passed: server.localName, server.localName))
        }
        if let body = operation.body {
            result.append(entry("_ \(body.localName)", body.argumentType, body.isRequired ? "" : "nil", passed: "", body.localName))
        }
        return result
    }

    // MARK: - The request

    private func setRequest(_ context: inout TemplateContext, _ operation: OperationDeclaration) {
        context.set(.method, method(operation.method))
        context.set(.path, operation.path.map { part in
            switch part {
            case .literal(let text):
                var entry = TemplateContext()
                entry.set(.literal, String(quoted(text).dropFirst().dropLast()))
                entry.set(.localName, "")
                return entry
            case .parameter(let index): return interpolation(operation.parameters[index])
            }
        })
        context.set(.identifier, quoted(operation.identifier))
        context.set(.hasSecurity, operation.security != nil)
        context.set(.security, operation.security.map(requirements) ?? [])
        context.set(.accept, operation.accept.map(quoted) ?? "")
        context.set(.server, operation.serverURL.map(quoted) ?? operation.serverChoice.map { $0.localName + ".url" } ?? "")
        let hasParameters = operation.path.contains { if case .parameter = $0 { true } else { false } }
        context.set(.template, hasParameters ? quoted(operation.template) : "")
        context.set(.hasTags, !operation.tags.isEmpty)
        context.set(.tags, operation.tags.map(quoted))
        context.set(.idempotent, operation.isIdempotent.map { $0 ? "true" : "false" } ?? "")
        context.set(.hasExtensions, !operation.extensions.isEmpty)
        context.set(.extensions, operation.extensions.map { entry($0.name, $0.value) })
        context.set(.idempotencyKeyHeader, idempotencyKeyHeader(operation).map(quoted) ?? "")
    }

    /// The header parameter that tells repetitions of a call from other calls:
    /// IETF httpapi idempotency-key-header, and what it was called before.
    private func idempotencyKeyHeader(_ operation: OperationDeclaration) -> String? {
        let names: Set<String> = ["idempotency-key", "x-idempotency-key", "repeatability-request-id"]
        return operation.parameters.first { $0.location == .header && names.contains($0.key.lowercased()) }?.key
    }

    private func method(_ method: String) -> String {
        switch method {
        case "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "CONNECT": "." + method.lowercased()
        default: ".named(\(quoted(method)))"
        }
    }

    private func interpolation(_ parameter: ParameterDeclaration) -> TemplateContext {
        var entry = TemplateContext()
        entry.set(.literal, "")
        entry.set(.localName, Identifier.escaped(parameter.localName))
        entry.set(.isJSON, parameter.isJSON)
        entry.set(.style, parameter.isJSON || parameter.style == "simple" ? "" : parameter.style)
        entry.set(.key, !parameter.isJSON && parameter.style == "matrix" ? quoted(parameter.key) : "")
        entry.set(.explode, !parameter.isJSON && parameter.explode ? "true" : "")
        entry.set(.allowsEmpty, !parameter.isJSON && parameter.allowsEmpty)
        return entry
    }

    func requirements(_ requirements: [[SecurityUse]]) -> [TemplateContext] {
        requirements.map { schemes in
            var entry = TemplateContext()
            entry.set(.uses, schemes.map { use in
                var entry = TemplateContext()
                entry.set(.key, quoted(use.scheme))
                entry.set(.scopes, use.scopes.map(quoted))
                return entry
            })
            return entry
        }
    }

    private func check(_ parameter: ParameterDeclaration) -> TemplateContext? {
        guard let constraints = parameter.constraints else { return nil }
        var entry = self.constraints(constraints)
        entry.set(.key, quoted(parameter.key))
        entry.set(.localName, Identifier.escaped(parameter.localName))
        return entry
    }

    private func statement(_ parameter: ParameterDeclaration) -> TemplateContext {
        let isString = parameter.location == .queryString
        let isPlain = isString || parameter.isJSON
        let usual = parameter.location == .header ? "simple" : "form"
        let isExploded = parameter.style == "form" || parameter.location == .cookie
        let saysExplode = !isPlain && parameter.explode != isExploded && parameter.style != "deepObject"
        var entry = TemplateContext()
        entry.set(.call, isString ? "queryString" : parameter.location.rawValue + (parameter.isJSON ? "Content" : ""))
        entry.set(.key, isString ? "" : quoted(parameter.key))
        entry.set(.localName, Identifier.escaped(parameter.localName))
        entry.set(.isJSON, isString && parameter.isJSON)
        entry.set(.style, isPlain || parameter.style == usual ? "" : parameter.style)
        entry.set(.explode, saysExplode ? "\(parameter.explode)" : "")
        entry.set(.allowReserved, !isPlain && parameter.allowReserved && parameter.location == .query)
        return entry
    }

    /// A way to send a body.
    private func body(_ content: BodyDeclaration.Content, of body: BodyDeclaration?, _ name: String) -> TemplateContext {
        var entry = TemplateContext()
        let contentType = contentType(content, of: body)
        let mediaType = content.contentType.split(separator: ";").first.map(String.init) ?? ""
        let call: (name: String, contentType: String, mediaType: String) =
            switch content.encoding {
            case .json: ("json", content.contentType == "application/json" ? "" : contentType, "")
            case .form: ("form", "", "")
            case .multipart: ("multipart", "", mediaType == "multipart/form-data" ? "" : quoted(mediaType))
            case .items: ("items", contentType, "")
            case .text: ("text", contentType, "")
            case .scalarText: ("scalarText", contentType, "")
            case .stream: ("body", contentType, "")
            }
        entry.set(.caseName, content.caseName ?? "")
        entry.set(.call, call.name)
        entry.set(.localName, name)
        let isNullable = if case .optional = content.type { true } else { false }
        // Whoever chooses a case sends a body.
        entry.set(.nilAsNull, content.encoding == .json && isNullable && (body?.isRequired == true || content.caseName != nil))
        entry.set(.contentType, call.contentType)
        entry.set(.mediaType, call.mediaType)
        entry.set(.constraints, content.encoding == .json ? content.constraints.map(constraints) : nil)
        let styles = content.encoding == .form ? content.styles : []
        entry.set(.hasStyles, !styles.isEmpty)
        entry.set(.styles, styles.map { style in
            var entry = TemplateContext()
            entry.set(.key, quoted(style.key))
            entry.set(.style, style.style)
            entry.set(.explode, "\(style.explode)")
            entry.set(.allowReserved, style.allowReserved)
            return entry
        })
        return entry
    }

    /// The media type, which of bytes and text the caller may say.
    private func contentType(_ content: BodyDeclaration.Content, of body: BodyDeclaration?) -> String {
        guard content.takesMediaType, let argument = body?.mediaType else { return quoted(content.contentType) }
        let name = Identifier.escaped(argument.localName)
        if argument.isRequired { return argument.isEnumeration ? name + ".rawValue" : name }
        return "\(name)\(argument.isEnumeration ? "?.rawValue" : "") ?? \(quoted(content.contentType))"
    }

    // MARK: - The response

    private func success(_ success: SuccessDeclaration, in scope: Scope) -> TemplateContext {
        if success.format == .cases { return response(success.cases, of: success.type, in: scope) }
        return response(format(success.format), constraints: success.constraints)
    }

    private func failure(_ failure: FailureDeclaration, in scope: Scope) -> TemplateContext {
        guard let first = failure.cases.first else { return response("none") }
        guard first.caseName == nil else { return response(failure.cases, of: failure.type, in: scope) }
        let saysType = [.json, .scalarText, .textOrJSON].contains(first.format)
        return response(
            format(first.format), type: saysType ? types.type(first.type, in: scope) : "", statuses: first.statuses.map(text),
            emptyStatuses: failure.cases.dropFirst().flatMap(\.statuses).map(text))
    }

    private func response(
        _ format: String, type: String = "", statuses: [String] = [], emptyStatuses: [String] = [],
        constraints: Constraints? = nil
    ) -> TemplateContext {
        var entry = TemplateContext()
        entry.set(.format, format)
        entry.set(.hasArguments, !type.isEmpty || !statuses.isEmpty || constraints != nil)
        entry.set(.type, type)
        entry.set(.hasStatuses, !statuses.isEmpty)
        entry.set(.statuses, statuses)
        entry.set(.hasEmptyStatuses, !emptyStatuses.isEmpty)
        entry.set(.emptyStatuses, emptyStatuses)
        entry.set(.constraints, constraints.map(self.constraints))
        entry.set(.hasCases, false)
        return entry
    }

    private func response(_ cases: [OutcomeCase], of type: TypeReference, in scope: Scope) -> TemplateContext {
        let name = types.type(type, in: scope)
        var entry = TemplateContext()
        entry.set(.format, "cases")
        entry.set(.hasArguments, false)
        entry.set(.hasEmptyStatuses, false)
        entry.set(.hasCases, true)
        entry.set(.outcomes, cases.flatMap { outcome in
            outcome.statuses.map { status in
                var entry = TemplateContext()
                entry.set(.format, format(outcome.format))
                entry.set(.status, text(status))
                entry.set(.type, name)
                entry.set(.caseName, outcome.caseName ?? "")
                entry.set(.constraints, outcome.constraints.map(constraints))
                return entry
            }
        })
        return entry
    }

    private func format(_ format: ResponseFormat) -> String {
        switch format {
        case .empty: "empty"
        case .json: "json"
        case .text: "text"
        case .data: "data"
        case .stream: "stream"
        case .items: "items"
        case .scalarText: "scalarText"
        case .textOrJSON: "textOrJSON"
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
