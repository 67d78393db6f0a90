import Declarations

/// Compares the types of two modules, by their names.
struct DeclarationComparison {
    let old: InterfaceModule
    let new: InterfaceModule
    /// Compares the members of what is being compared.
    private var members: MemberComparison

    init(old: InterfaceModule, new: InterfaceModule) {
        self.old = old
        self.new = new
        members = MemberComparison(old: old, new: new)
    }

    /// Two declarations that were compared: a difference is told once, however many
    /// names there are for them.
    private struct Pair: Hashable {
        var old: TypeReference
        var new: TypeReference
    }

    func changes() -> [InterfaceChange] {
        var changes: [InterfaceChange] = []
        var compared: Set<Pair> = []
        // What is declared is told by its own name, and not by an alias.
        let declarations = old.module.declarations.enumerated().sorted { isAlias($0.element) == isAlias($1.element) ? $0.offset < $1.offset : !isAlias($0.element) }
        for (index, declaration) in declarations {
            let name = declaration.path.joined(separator: ".")
            guard let after = new.type(at: declaration.path) else {
                changes.append(InterfaceChange(kind: .removed, subject: .type, name: name, detail: "", isBreaking: true))
                continue
            }
            let before = old.settled(.declared(index))
            guard compared.insert(Pair(old: before, new: after)).inserted else { continue }
            changes += compare(before, after, declaration, name)
        }
        for declaration in new.module.declarations where old.type(at: declaration.path) == nil {
            changes.append(
                InterfaceChange(
                    kind: .added, subject: .type, name: declaration.path.joined(separator: "."), detail: "", isBreaking: false))
        }
        return changes
    }

    private func isAlias(_ declaration: Declaration) -> Bool {
        if case .alias = declaration.kind { true } else { false }
    }

    /// - Parameter declaration: What gives the types their name in the old module.
    private func compare(
        _ before: TypeReference, _ after: TypeReference, _ declaration: Declaration, _ name: String
    ) -> [InterfaceChange] {
        guard case .declared(let first) = before, case .declared(let second) = after else {
            guard let difference = members.difference(before, after) else { return [] }
            return [InterfaceChange(kind: .changed, subject: .type, name: name, detail: difference, isBreaking: true)]
        }
        var named = self
        let target = old.module.declarations[first].path
        if target != declaration.path { named.members.alias = .init(name: declaration.path, target: target) }
        return named.compare(old.module.declarations[first], new.module.declarations[second], name)
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
            changes += members.changes(from: self.members(first), to: self.members(second), .property, of: name + ".")
        case (.enumeration(let first), .enumeration(let second)):
            if first.rawType != second.rawType { changes.append(change("\(first.rawType.rawValue) → \(second.rawType.rawValue)")) }
            changes += members.changes(
                from: first.cases.map(\.name), to: second.cases.map(\.name), .enumCase, of: name + ".", addingBreaks: true)
            changes += values(first, second, name)
        case (.union(let first), .union(let second)):
            changes += cases(first.cases.map { ($0.name, $0.type) }, second.cases.map { ($0.name, $0.type) }, name)
        case (.outcomes(let first), .outcomes(let second)):
            changes += cases(first.map { ($0.name, $0.type) }, second.map { ($0.name, $0.type) }, name)
        case (.headers(let first), .headers(let second)):
            changes += fields(first, second, name)
        case (.servers(let first), .servers(let second)):
            changes += ServerComparison(members: members).changes(first, second, name)
        case (.scope, .scope):
            break
        default:
            changes.append(change("\(word(before.kind)) → \(word(after.kind))"))
        }
        return changes
    }

    /// Cases that mean another value now.
    private func values(_ first: Enumeration, _ second: Enumeration, _ name: String) -> [InterfaceChange] {
        let before = Dictionary(first.cases.map { ($0.name, $0.rawValue) }) { first, _ in first }
        return second.cases.compactMap { value in
            guard let previous = before[value.name], previous != value.rawValue else { return nil }
            return InterfaceChange(
                kind: .changed, subject: .enumCase, name: "\(name).\(value.name)", detail: "`\(previous)` → `\(value.rawValue)`",
                isBreaking: true)
        }
    }

    private func cases(
        _ first: [(name: String, type: TypeReference)], _ second: [(name: String, type: TypeReference)], _ name: String
    ) -> [InterfaceChange] {
        let types = Dictionary(first.map { ($0.name, $0.type) }) { first, _ in first }
        let retyped = second.compactMap { value -> InterfaceChange? in
            guard let before = types[value.name], let difference = members.difference(before, value.type) else { return nil }
            return InterfaceChange(
                kind: .changed, subject: .enumCase, name: "\(name).\(value.name)", detail: difference, isBreaking: true)
        }
        return members.changes(from: first.map(\.name), to: second.map(\.name), .enumCase, of: name + ".", addingBreaks: true) + retyped
    }

    /// Nobody makes header fields, so that they have no order.
    private func fields(_ first: [HeaderField], _ second: [HeaderField], _ name: String) -> [InterfaceChange] {
        func members(_ fields: [HeaderField]) -> [InterfaceMember] {
            fields.map { InterfaceMember(name: $0.name, type: $0.type, isRequired: false) }.sorted { $0.name < $1.name }
        }
        return self.members.changes(from: members(first), to: members(second), .property, of: name + ".")
    }

    private func members(_ structure: Structure) -> [InterfaceMember] {
        var result = structure.properties.flatMap { property in
            [InterfaceMember(name: property.name, type: property.type, isRequired: !property.hasDefault)]
                + property.partHeaders.map { InterfaceMember(name: $0.name, type: $0.propertyType, isRequired: $0.isRequired) }
        }
        if let additional = structure.additional {
            result.append(InterfaceMember(name: additional.name, type: .dictionary(additional.type), isRequired: false))
        }
        return result
    }

    private func word(_ kind: Declaration.Kind) -> String {
        switch kind {
        case .structure: "a struct"
        case .enumeration: "an enumeration"
        case .union: "a union"
        case .alias: "another name for a type"
        case .outcomes: "a choice of bodies"
        case .headers: "header fields"
        case .servers: "a choice of servers"
        case .scope: "the types of an operation"
        }
    }
}
