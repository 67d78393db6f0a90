import Declarations

/// What differs in the Swift interface between two modules, in a stable order:
/// the client first, then the operations and the types.
public struct ModuleComparison {
    private let old: InterfaceModule
    private let new: InterfaceModule
    private let members: MemberComparison

    /// Creates a comparison.
    public init(old: Module, new: Module) {
        self.old = InterfaceModule(old)
        self.new = InterfaceModule(new)
        members = MemberComparison(old: self.old, new: self.new)
    }

    /// All differences, breaking or not; none for modules that any code can be
    /// written for alike.
    public func changes() -> [InterfaceChange] {
        client() + operations() + DeclarationComparison(old: old, new: new).changes()
    }

    // MARK: - Client

    private func client() -> [InterfaceChange] {
        var changes: [InterfaceChange] = []
        if old.module.namespace != new.module.namespace {
            changes.append(
                InterfaceChange(
                    kind: .changed, subject: .namespace, name: new.module.namespace,
                    detail: "\(old.module.namespace) → \(new.module.namespace)", isBreaking: true))
        }
        changes += ServerComparison(members: members).changes(old.module.servers, new.module.servers, "Server")
        changes += members.changes(
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
            let types =
                before.typeName == after.typeName
                ? []
                : [
                    InterfaceChange(
                        kind: .changed, subject: .type, name: before.typeName, detail: "is called \(after.typeName)", isBreaking: true)
                ]
            return types + members.changes(from: flows(first), to: flows(second), .securityScheme, of: name + " ")
        }
        guard kind(before) != kind(after) else { return [] }
        return [
            InterfaceChange(
                kind: .changed, subject: .securityScheme, name: name, detail: "\(kind(before)) → \(kind(after))", isBreaking: true)
        ]
    }

    /// The flows that there are methods to sign in by.
    private func flows(_ scheme: SchemeDeclaration.OAuth2) -> [String] {
        scheme.flows.map(\.rawValue)
    }

    private func kind(_ scheme: SchemeDeclaration) -> String {
        // The case's name, without what it carries.
        String("\(scheme.kind)".prefix { $0 != "(" })
    }

    // MARK: - Operations

    /// Operations are the same by their method's name, and else by what they
    /// request: then they were renamed.
    private func operations() -> [InterfaceChange] {
        var changes: [InterfaceChange] = []
        let newByName = Dictionary(new.module.operations.map { (new.path($0), $0) }) { first, _ in first }
        let oldNames = Set(old.module.operations.map(old.path))
        var newByRequest: [String: OperationDeclaration] = [:]
        for operation in new.module.operations where !oldNames.contains(new.path(operation)) && !operation.isVariant {
            newByRequest["\(operation.method) \(operation.template)"] = operation
        }
        var renamed: Set<String> = []
        for operation in old.module.operations.sorted(by: { old.path($0) < old.path($1) }) {
            if let same = newByName[old.path(operation)] {
                changes += compare(operation, same)
            } else if !operation.isVariant, let same = newByRequest["\(operation.method) \(operation.template)"] {
                renamed.insert(new.path(same))
                changes.append(
                    InterfaceChange(
                        kind: .changed, subject: .operation, name: old.name(operation), detail: "is called \(new.name(same))", isBreaking: true))
                changes += compare(operation, same)
            } else {
                changes.append(
                    InterfaceChange(kind: .removed, subject: .operation, name: old.name(operation), detail: "", isBreaking: true))
            }
        }
        for operation in new.module.operations.sorted(by: { new.path($0) < new.path($1) })
        where !oldNames.contains(new.path(operation)) && !renamed.contains(new.path(operation)) {
            changes.append(
                InterfaceChange(kind: .added, subject: .operation, name: new.name(operation), detail: "", isBreaking: false))
        }
        return changes
    }

    private func compare(_ before: OperationDeclaration, _ after: OperationDeclaration) -> [InterfaceChange] {
        let name = new.name(after)
        func change(_ detail: String, isBreaking: Bool) -> InterfaceChange {
            InterfaceChange(kind: .changed, subject: .operation, name: name, detail: detail, isBreaking: isBreaking)
        }
        var changes = members.changes(from: arguments(before), to: arguments(after), .parameter, of: new.path(after) + " ")
        if !members.isSame(before.success.type, after.success.type) {
            changes.append(change("returns \(new.text(after.success.type)) in place of \(old.text(before.success.type))", isBreaking: true))
        }
        if !members.isSame(before.failure.type, after.failure.type) {
            changes.append(change("throws \(new.text(after.failure.type)) in place of \(old.text(before.failure.type))", isBreaking: true))
        }
        switch (before.pagination.declaration, after.pagination.declaration) {
        case (nil, nil): break
        case (nil, _?): changes.append(change("has a method for all pages", isBreaking: false))
        case (_?, nil): changes.append(change("has no method for all pages any more", isBreaking: true))
        case (let first?, let second?):
            if !members.isSame(first.itemType, second.itemType) {
                changes.append(
                    change("pages have items of \(new.text(second.itemType)) in place of \(old.text(first.itemType))", isBreaking: true))
            }
        }
        if !before.isDeprecated, after.isDeprecated { changes.append(change("is deprecated", isBreaking: false)) }
        if before.isDeprecated, !after.isDeprecated { changes.append(change("is no longer deprecated", isBreaking: false)) }
        let requests = ("\(before.method) \(before.template)", "\(after.method) \(after.template)")
        if requests.0 != requests.1 { changes.append(change("requests \(requests.1) in place of \(requests.0)", isBreaking: false)) }
        return changes
    }

    private func arguments(_ operation: OperationDeclaration) -> [InterfaceMember] {
        var arguments = operation.parameters.map {
            InterfaceMember(name: $0.name, type: $0.type, isRequired: $0.hasToBeGiven)
        }
        if let servers = operation.serverChoice {
            arguments.append(InterfaceMember(name: servers.localName, type: servers.type, isRequired: false))
        }
        if let mediaType = operation.body?.mediaType {
            arguments.append(InterfaceMember(name: mediaType.name, type: mediaType.type, isRequired: mediaType.isRequired))
        }
        // The body stands where it is required to, so only its own changes count.
        if let body = operation.body { arguments.append(InterfaceMember(name: "body", type: body.type, isRequired: body.isRequired)) }
        return arguments
    }
}
