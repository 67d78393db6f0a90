import Declarations
import Templating

/// What files for tests are rendered with: operations as values, and examples.
extension ContextBuilder {
    /// A file's context.
    ///
    /// - Parameter isClient: Whether it is the file with what there is once.
    func tests(declarations: [Int], operations: [Int], isClient: Bool) -> TemplateContext {
        var context = base(in: .outside)
        context.set(.client, isClient ? testedClient() : nil)
        let byGroup = Dictionary(grouping: operations) { module.operations[$0].group ?? -1 }
        context.set(.groups, byGroup.keys.sorted().map { group in
            var entry = base(in: .outside)
            entry.set(.typeName, group < 0 ? operationsName : "\(operationsName).\(groupTypeName(group))")
            entry.set(.properties, (byGroup[group] ?? []).enumerated().map { testedOperation(module.operations[$1], isFirst: $0 == 0) })
            return entry
        })
        context.set(.cases, declarations.map { module.declarations[$0] }.filter { !$0.examples.isEmpty }.map { declaration in
            var entry = base(in: .outside)
            let path = [Identifier.typeName(module.namespace)] + declaration.path.map(Identifier.escaped)
            entry.set(.typeName, path.joined(separator: "."))
            entry.set(.members, declaration.examples.map(example))
            return entry
        })
        return context
    }

    /// The enum beside the client's namespace.
    private var operationsName: String { module.namespace + "Operations" }

    private func groupTypeName(_ group: Int) -> String { Identifier.escaped(module.groups[group].typeName) }

    private func testedClient() -> TemplateContext {
        var context = base(in: .outside)
        context.set(.name, operationsName)
        context.set(.groups, module.groups.indices.map { index in
            var entry = base(in: .outside)
            document(&entry, module.groups[index].documentation)
            entry.set(.name, Identifier.escaped(module.groups[index].name))
            entry.set(.typeName, groupTypeName(index))
            return entry
        })
        let byName = Dictionary(grouping: module.operations, by: \.identifier)
        context.set(.cases, byName.keys.sorted().map { name in
            var entry = TemplateContext()
            entry.set(.literal, quoted(name))
            entry.set(.values, (byName[name] ?? []).map { operation in
                let group = operation.group.map { Identifier.escaped(module.groups[$0].name) + "." } ?? ""
                return group + Identifier.escaped(operation.name)
            })
            return entry
        })
        let secrets = secretMembers
        context.set(.hasMembers, !secrets.isEmpty)
        context.set(.members, secrets.map(quoted))
        context.set(.schemes, module.security.schemes.map { quoted($0.key) })
        context.set(.servers, Set(module.operations.compactMap(\.serverURL)).filter { $0.contains("://") }.sorted().map(quoted))
        return context
    }

    /// The names of members that are passwords.
    private var secretMembers: [String] {
        var names: Set<String> = []
        for case .structure(let structure) in module.declarations.map(\.kind) {
            for property in structure.properties where property.valueType.innermost == .builtin(.secret) { names.insert(property.key) }
        }
        for parameter in module.operations.flatMap(\.parameters) where parameter.type.innermost == .builtin(.secret) {
            names.insert(parameter.key)
        }
        return names.sorted()
    }

    // MARK: - Operations

    private func testedOperation(_ operation: OperationDeclaration, isFirst: Bool) -> TemplateContext {
        var context = base(in: .outside)
        document(&context, ["`\(operation.method) \(operation.template)`"])
        context.set(.separator, !isFirst)
        context.set(.name, Identifier.escaped(operation.name))
        context.set(.typeName, callTypeName(operation))
        let result = types.type(operation.success.type, in: .outside)
        context.set(.returnType, result)
        let failure = types.type(operation.failure.type, in: .outside)
        context.set(.failureType, failure)
        context.set(.identifier, quoted(operation.identifier))
        context.set(.method, quoted(operation.method))
        context.set(.url, quoted(operation.template))
        context.set(.accept, operation.isVariant ? operation.accept.map(quoted) ?? "" : "")
        let isChoice = operation.success.format == .cases
        context.set(.success, operation.success.responses.map { answer($0, of: result, isChoice: isChoice) })
        let failures = operation.failure.responses
        context.set(.hasStatuses, !failures.isEmpty)
        context.set(.failure, failures.map { answer($0, of: failure, isChoice: $0.caseName != nil) })
        context.set(.hasMembers, !operation.success.examples.isEmpty)
        context.set(.members, operation.success.examples.map(example))
        var parameters = operation.parameters.map { parameter(of: operation, $0) }
        if let body = operation.body { parameters.append(receivedBody(body)) }
        context.set(.hasArguments, !parameters.isEmpty)
        context.set(.parameters, parameters)
        return context
    }

    private func callTypeName(_ operation: OperationDeclaration) -> String {
        let name = operation.name
        return name.prefix(1).uppercased() + name.dropFirst() + "Call"
    }

    private func example(_ example: ExampleText) -> TemplateContext {
        var entry = TemplateContext()
        entry.set(.key, quoted(example.name))
        entry.set(.literal, quoted(example.text))
        return entry
    }

    /// How one response is written.
    private func answer(_ response: DescribedResponse, of type: String, isChoice: Bool) -> TemplateContext {
        var entry = base(in: .outside)
        let isEmpty = response.format == .empty
        let usualType = [.json, .textOrJSON].contains(response.format) ? "application/json" : ""
        switch response.format {
        case .json: entry.set(.format, "json")
        case .textOrJSON: entry.set(.format, "json")
        case .text, .scalarText: entry.set(.format, "text")
        case .data, .stream: entry.set(.format, "bytes")
        case .items: entry.set(.format, "items")
        case .empty, .cases: entry.set(.format, "empty")
        }
        entry.set(.statuses, response.statuses.map(describedStatus))
        let contentType = response.contentType ?? ""
        let isConcrete = !contentType.contains("*")
        entry.set(.contentType, isEmpty || contentType == usualType || !isConcrete || contentType.isEmpty ? "" : quoted(contentType))
        entry.set(.isOne, isEmpty && !isChoice)
        entry.set(.isFirst, !isEmpty && response.caseName == nil)
        entry.set(.caseName, response.caseName.map(Identifier.escaped) ?? "")
        entry.set(.returnType, type)
        entry.set(.type, types.type(response.type, in: .outside))
        return entry
    }

    private func describedStatus(_ status: ResponseStatus) -> String {
        switch status {
        case .code(let code): "\(code)"
        case .range(let first): ".range(\(first))"
        case .default: ".default"
        }
    }

    // MARK: - Calls

    private func parameter(of operation: OperationDeclaration, _ parameter: ParameterDeclaration) -> TemplateContext {
        var entry = TemplateContext()
        entry.set(.name, Identifier.escaped(parameter.name))
        entry.set(.type, types.type(parameter.argumentType, in: .outside))
        entry.set(.read, parameter.isRequired && parameter.argumentType == parameter.argumentType.withoutOptional ? "value" : "optional")
        entry.set(.key, quoted(parameter.key))
        entry.set(.place, place(of: operation, parameter))
        return entry
    }

    private func place(of operation: OperationDeclaration, _ parameter: ParameterDeclaration) -> String {
        let style = parameter.isJSON ? "json" : parameter.style
        let explode = "explode: \(parameter.explode)"
        switch parameter.location {
        case .path: return ".path(.\(style), \(explode))"
        case .header: return ".header(.\(style), \(explode))"
        case .cookie: return ".cookie(.\(style), \(explode))"
        case .queryString: return parameter.isJSON ? ".queryString(.json)" : ".queryString()"
        case .query:
            guard parameter.explode, !parameter.isJSON, parameter.style == "form", isObject(parameter.type) else { return ".query(.\(style), \(explode))" }
            // Its members stand beside the other parameters.
            let others = operation.parameters.filter { $0.location == .query && $0.key != parameter.key }.map { quoted($0.key) }
            return ".query(.\(style), \(explode), besides: [\((others.isEmpty ? [quoted("")] : others).joined(separator: ", "))])"
        }
    }

    private func isObject(_ type: TypeReference) -> Bool {
        switch module.declarations.unaliased(type.withoutOptional) {
        case .dictionary: return true
        case .declared(let index):
            if case .structure = module.declarations[index].kind { return true }
            return false
        default: return false
        }
    }

    private func receivedBody(_ body: BodyDeclaration) -> TemplateContext {
        var entry = TemplateContext()
        let content = body.contents.count == 1 ? body.contents[0] : nil
        var type = types.type(body.type, in: .outside)
        let format: String
        switch content?.encoding {
        case .json?: format = ".json"
        case .form?: format = ".form"
        case .text?: format = ".text"
        case .scalarText?: format = ".scalarText"
        case .stream?: format = ".bytes"
        case .items?: format = ".items()"
        case .multipart?: (type, format) = ("[ReceivedPart]", ".multipart")
        case nil: (type, format) = ("ReceivedBody", ".any")
        }
        entry.set(.name, Identifier.escaped(body.localName))
        entry.set(.type, body.isRequired ? type : type + "?")
        entry.set(.read, body.isRequired ? "body" : "optionalBody")
        entry.set(.place, format)
        return entry
    }
}
