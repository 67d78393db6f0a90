import OpenAPI
import SpecSource

/// Turns `servers` into typed values.
struct ServerLowering {
    let diagnostics: Diagnostics

    func lower(_ servers: [Server]) -> [ServerDeclaration] {
        var scope = NameScope(reserved: ["url", "init"])
        return servers.enumerated().map { index, server in
            var names = NameScope()
            let declared = Set(server.variables.map(\.name))
            let variables =
                server.variables.filter { server.url.contains("{\($0.name)}") }
                + Self.undeclaredVariables(server.url, declared).map(ServerVariable.init(undeclared:))
            return ServerDeclaration(
                name: scope.claim(name(server, index, of: servers.count)), url: server.url,
                variables: variables.map { variable in
                    var lines = Documentation.lines(variable.description)
                    if !variable.values.isEmpty {
                        let values = variable.values.map { "`\($0.replacing("`", with: "'"))`" }
                        if !lines.isEmpty { lines.append("") }
                        lines += Documentation.lines("One of \(values.joined(separator: ", ")).")
                    }
                    return ServerDeclaration.Variable(
                        name: names.claim(SwiftName.member(variable.name)), key: variable.name,
                        defaultValue: variable.defaultValue, documentation: lines)
                },
                documentation: Documentation.lines(server.description))
        }
    }

    /// A server's URL with its variables' defaults.
    static func defaultURL(_ server: Server) -> String {
        var url = server.url
        for variable in server.variables {
            url = url.replacing("{\(variable.name)}", with: variable.defaultValue ?? variable.values.first ?? "")
        }
        return url
    }

    private static func undeclaredVariables(_ url: String, _ declared: Set<String>) -> [String] {
        url.split(separator: "{").dropFirst().compactMap { part in
            guard let end = part.firstIndex(of: "}") else { return nil }
            let name = String(part[..<end])
            return declared.contains(name) ? nil : name
        }
    }

    private func name(_ server: Server, _ index: Int, of count: Int) -> String {
        if count == 1 { return "main" }
        let words = Words(server.description ?? "")
        let name = SwiftName.member(words)
        if words.isEmpty || name.count > 32 { return index == 0 ? "main" : "server\(index + 1)" }
        return name
    }
}
