import Lowering

/// What differs in the Swift interface between two modules, in a stable order:
/// the client first, then the operations and the types, each in the order of
/// the description.
public struct ModuleComparison {
    private let old: InterfaceText
    private let new: InterfaceText

    public init(old: Module, new: Module) {
        self.old = InterfaceText(module: old)
        self.new = InterfaceText(module: new)
    }

    public func changes() -> [InterfaceChange] {
        client() + operations() + types()
    }

    // MARK: - Client

    private func client() -> [InterfaceChange] {
        var changes: [InterfaceChange] = []
        if old.module.namespace != new.module.namespace {
            changes.append(
                InterfaceChange(
                    kind: .changed, subject: .namespace, name: new.module.namespace,
                    detail: "\(old.module.namespace) is \(new.module.namespace)", isBreaking: true))
        }
        changes += servers(old.module.servers, new.module.servers, "Server")
        changes += InterfaceMember.changes(
            from: old.module.security.schemes.map(\.name), to: new.module.security.schemes.map(\.name), .securityScheme, of: "Authorization.")
        for scheme in new.module.security.schemes {
            guard let before = old.module.security.schemes.first(where: { $0.name == scheme.name }) else { continue }
            changes += compare(before, scheme)
        }
        return changes
    }

    private func compare(_ before: SchemeDeclaration, _ after: SchemeDeclaration) -> [InterfaceChange] {
        let name = "Authorization.\(after.name)"
        if case .oauth2(let first) = before.kind, case .oauth2(let second) = after.kind {
            return InterfaceMember.changes(from: flows(first), to: flows(second), .securityScheme, of: name + " ")
        }
        guard kind(before) != kind(after) else { return [] }
        return [
            InterfaceChange(
                kind: .changed, subject: .securityScheme, name: name, detail: "\(kind(before)) is \(kind(after))", isBreaking: true)
        ]
    }

    /// The flows that there are methods to sign in by.
    private func flows(_ scheme: SchemeDeclaration.OAuth2) -> [String] {
        [
            ("authorizationCode", scheme.hasAuthorizationCode), ("password", scheme.hasPassword),
            ("clientCredentials", scheme.hasClientCredentials), ("deviceAuthorization", scheme.hasDeviceAuthorization),
            ("implicit", scheme.hasImplicit),
        ].filter(\.1).map(\.0)
    }

    private func kind(_ scheme: SchemeDeclaration) -> String {
        // The case's name, without what it carries.
        String("\(scheme.kind)".prefix { $0 != "(" })
    }

    private func servers(_ first: ServerChoice, _ second: ServerChoice, _ typeName: String) -> [InterfaceChange] {
        var changes = InterfaceMember.changes(
            from: first.servers.map(\.name), to: second.servers.map(\.name), .server, of: "\(typeName).")
        for type in second.enumerations {
            guard let before = first.enumerations.first(where: { $0.name == type.name }) else { continue }
            changes += InterfaceMember.changes(
                from: before.cases.map(\.name), to: type.cases.map(\.name), .enumCase, of: "\(typeName).\(type.name).")
        }
        for server in second.servers {
            guard let before = first.servers.first(where: { $0.name == server.name }) else { continue }
            changes += InterfaceMember.changes(
                from: before.variables.map(member), to: server.variables.map(member), .server, of: "\(typeName).\(server.name) ")
            if before.url != server.url {
                changes.append(
                    InterfaceChange(
                        kind: .changed, subject: .server, name: "\(typeName).\(server.name)", detail: "\(before.url) is \(server.url)",
                        isBreaking: false))
            }
        }
        return changes
    }

    private func member(_ variable: ServerDeclaration.Variable) -> InterfaceMember {
        InterfaceMember(name: variable.name, type: variable.typeName ?? "String", isRequired: variable.defaultValue == nil)
    }

    // MARK: - Operations

    /// Operations are the same by their method's name, and else by what they
    /// request: then they were renamed.
    private func operations() -> [InterfaceChange] {
        var changes: [InterfaceChange] = []
        let newByName = Dictionary(new.module.operations.map { (path($0, new), $0) }) { first, _ in first }
        let oldNames = Set(old.module.operations.map { path($0, old) })
        var newByRequest: [String: OperationDeclaration] = [:]
        for operation in new.module.operations where !oldNames.contains(path(operation, new)) && !operation.isVariant {
            newByRequest["\(operation.method) \(operation.template)"] = operation
        }
        var renamed: Set<String> = []
        for operation in old.module.operations {
            if let same = newByName[path(operation, old)] {
                changes += compare(operation, same)
            } else if !operation.isVariant, let same = newByRequest["\(operation.method) \(operation.template)"] {
                renamed.insert(path(same, new))
                changes.append(
                    InterfaceChange(
                        kind: .changed, subject: .operation, name: old.name(operation), detail: "is called \(new.name(same))", isBreaking: true))
                changes += compare(operation, same)
            } else {
                changes.append(
                    InterfaceChange(kind: .removed, subject: .operation, name: old.name(operation), detail: "", isBreaking: true))
            }
        }
        for operation in new.module.operations
        where !oldNames.contains(path(operation, new)) && !renamed.contains(path(operation, new)) {
            changes.append(
                InterfaceChange(kind: .added, subject: .operation, name: new.name(operation), detail: "", isBreaking: false))
        }
        return changes
    }

    /// A method's name with its group's.
    private func path(_ operation: OperationDeclaration, _ text: InterfaceText) -> String {
        (operation.group.map { text.module.groups[$0].name + "." } ?? "") + operation.name
    }

    private func compare(_ before: OperationDeclaration, _ after: OperationDeclaration) -> [InterfaceChange] {
        let name = new.name(after)
        func change(_ detail: String, isBreaking: Bool) -> InterfaceChange {
            InterfaceChange(kind: .changed, subject: .operation, name: name, detail: detail, isBreaking: isBreaking)
        }
        var changes = InterfaceMember.changes(
            from: members(before, old), to: members(after, new), .parameter, of: path(after, new) + " ")
        let results = (old.type(before.success.type), new.type(after.success.type))
        if results.0 != results.1 { changes.append(change("returns \(results.1) in place of \(results.0)", isBreaking: true)) }
        let failures = (old.type(before.failure.type), new.type(after.failure.type))
        if failures.0 != failures.1 { changes.append(change("throws \(failures.1) in place of \(failures.0)", isBreaking: true)) }
        if !before.isDeprecated, after.isDeprecated { changes.append(change("is deprecated", isBreaking: false)) }
        if before.isDeprecated, !after.isDeprecated { changes.append(change("is no longer deprecated", isBreaking: false)) }
        let requests = ("\(before.method) \(before.template)", "\(after.method) \(after.template)")
        if requests.0 != requests.1 { changes.append(change("requests \(requests.1) in place of \(requests.0)", isBreaking: false)) }
        return changes
    }

    private func members(_ operation: OperationDeclaration, _ text: InterfaceText) -> [InterfaceMember] {
        let parameters = operation.parameters.map {
            InterfaceMember(name: $0.name, type: text.type($0.type), isRequired: $0.isRequired)
        }
        // The body stands where it is required to, so only its own changes count.
        let body = operation.body.map { InterfaceMember(name: "body", type: text.type($0.type), isRequired: $0.isRequired) }
        return parameters + (body.map { [$0] } ?? [])
    }

    // MARK: - Types

    private func types() -> [InterfaceChange] {
        let before = declarations(old.module)
        let after = declarations(new.module)
        var changes = InterfaceMember.changes(from: before.map(\.name), to: after.map(\.name), .type, of: "")
        let oldByName = Dictionary(before.map { ($0.name, $0.declaration) }) { first, _ in first }
        for (name, declaration) in after {
            if let same = oldByName[name] { changes += compare(same, declaration, name) }
        }
        return changes
    }

    private func declarations(_ module: Module) -> [(name: String, declaration: Declaration)] {
        module.declarations.filter { !$0.isRemoved }.map { ($0.path.joined(separator: "."), $0) }
    }

    private func compare(_ before: Declaration, _ after: Declaration, _ name: String) -> [InterfaceChange] {
        func change(_ detail: String, isBreaking: Bool = true) -> InterfaceChange {
            InterfaceChange(kind: .changed, subject: .type, name: name, detail: detail, isBreaking: isBreaking)
        }
        var changes: [InterfaceChange] = []
        if !before.isDeprecated, after.isDeprecated { changes.append(change("is deprecated", isBreaking: false)) }
        if before.isDeprecated, !after.isDeprecated { changes.append(change("is no longer deprecated", isBreaking: false)) }
        switch (before.kind, after.kind) {
        case (.structure(let first), .structure(let second)):
            changes += InterfaceMember.changes(from: members(first, old), to: members(second, new), .property, of: name + ".")
        case (.enumeration(let first), .enumeration(let second)):
            if first.rawType != second.rawType { changes.append(change("\(first.rawType.rawValue) is \(second.rawType.rawValue)")) }
            changes += InterfaceMember.changes(
                from: first.cases.map(\.name), to: second.cases.map(\.name), .enumCase, of: name + ".", addingBreaks: true)
        case (.union(let first), .union(let second)):
            changes += cases(first.cases, second.cases, name)
        case (.outcomes(let first), .outcomes(let second)):
            changes += cases(first, second, name)
        case (.headers(let first), .headers(let second)):
            changes += InterfaceMember.changes(
                from: first.map { InterfaceMember(name: $0.name, type: old.type($0.type), isRequired: false) },
                to: second.map { InterfaceMember(name: $0.name, type: new.type($0.type), isRequired: false) }, .property, of: name + ".")
        case (.servers(let first), .servers(let second)):
            changes += servers(first, second, name)
        case (.alias(let first), .alias(let second)):
            if old.type(first) != new.type(second) { changes.append(change("\(old.type(first)) is \(new.type(second))")) }
        default:
            changes.append(change("\(word(before.kind)) is \(word(after.kind))"))
        }
        return changes
    }

    private func cases(_ first: [Union.Case], _ second: [Union.Case], _ name: String) -> [InterfaceChange] {
        let types = Dictionary(first.map { ($0.name, old.type($0.type)) }) { first, _ in first }
        let retyped = second.compactMap { value -> InterfaceChange? in
            guard let before = types[value.name], before != new.type(value.type) else { return nil }
            return InterfaceChange(
                kind: .changed, subject: .enumCase, name: "\(name).\(value.name)", detail: "\(before) is \(new.type(value.type))", isBreaking: true)
        }
        return InterfaceMember.changes(from: first.map(\.name), to: second.map(\.name), .enumCase, of: name + ".", addingBreaks: true) + retyped
    }

    private func members(_ structure: Structure, _ text: InterfaceText) -> [InterfaceMember] {
        let properties = structure.properties.map { property in
            let type =
                switch property.presence {
                case .required: text.type(property.type)
                case .requiredNullable, .optional: text.optional(property.type)
                case .optionalNullable: "Nullable<\(text.type(property.type))>?"
                }
            let mayBeAbsent = property.presence == .optional || property.presence == .optionalNullable
            return InterfaceMember(name: property.name, type: type, isRequired: !mayBeAbsent && property.initialValue == nil)
        }
        let additional = structure.additional.map {
            InterfaceMember(name: $0.name, type: "[String: \(text.type($0.type))]", isRequired: false)
        }
        return properties + (additional.map { [$0] } ?? [])
    }

    private func word(_ kind: Declaration.Kind) -> String {
        switch kind {
        case .structure: "a struct"
        case .enumeration: "an enumeration"
        case .union: "a union"
        case .alias: "another name for a type"
        case .outcomes: "a choice of responses"
        case .headers: "header fields"
        case .servers: "a choice of servers"
        }
    }
}
