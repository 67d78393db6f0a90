import Declarations

/// Compares choices of servers.
struct ServerComparison {
    let members: MemberComparison

    func changes(_ first: ServerChoice, _ second: ServerChoice, _ typeName: String) -> [InterfaceChange] {
        var changes = members.changes(
            from: first.servers.map(\.name), to: second.servers.map(\.name), .server, of: "\(typeName).")
        for type in second.enumerations {
            guard let before = first.enumerations.first(where: { $0.name == type.name }) else { continue }
            changes += members.changes(
                from: before.cases.map(\.name), to: type.cases.map(\.name), .enumCase, of: "\(typeName).\(type.name).")
        }
        for server in second.servers {
            guard let before = first.servers.first(where: { $0.name == server.name }) else { continue }
            changes += members.changes(
                from: before.variables.map(member), to: server.variables.map(member), .server, of: "\(typeName).\(server.name) ")
            changes += retyped(before.variables, server.variables, "\(typeName).\(server.name) ")
            if before.url != server.url {
                changes.append(
                    InterfaceChange(
                        kind: .changed, subject: .server, name: "\(typeName).\(server.name)", detail: "\(before.url) → \(server.url)",
                        isBreaking: false))
            }
        }
        return changes
    }

    private func member(_ variable: ServerDeclaration.Variable) -> InterfaceMember {
        InterfaceMember(name: variable.name, type: nil, isRequired: variable.defaultValue == nil)
    }

    /// Variables whose enumeration is another.
    private func retyped(
        _ first: [ServerDeclaration.Variable], _ second: [ServerDeclaration.Variable], _ owner: String
    ) -> [InterfaceChange] {
        second.compactMap { variable in
            guard let before = first.first(where: { $0.name == variable.name }), before.typeName != variable.typeName else { return nil }
            return InterfaceChange(
                kind: .changed, subject: .server, name: owner + variable.name,
                detail: "\(before.typeName ?? "String") → \(variable.typeName ?? "String")", isBreaking: true)
        }
    }
}
