import Declarations
import OpenAPI
import Source
import TextScanning

/// Turns `servers` into typed values.
struct ServerBuilder {
    let diagnostics: Diagnostics

    func choice(_ servers: [Server]) -> ServerChoice {
        var scope = NameScope(reserved: ["url", "init"])
        var typeNames = NameScope(reserved: ["String", "Sendable", "Hashable", "Swift"])
        var enumerations: [ServerChoice.VariableType] = []
        let declarations = servers.map { server in
            let name = scope.claim(Self.name(server))
            var names = NameScope()
            let variables = variables(of: server).map { variable in
                let type = type(variable, of: name, &enumerations, &typeNames)
                let defaultCase = type?.cases.first { $0.rawValue == variable.defaultValue }?.name
                return ServerDeclaration.Variable(
                    name: names.claim(SwiftName.member(variable.name)), key: variable.name, typeName: type?.name,
                    defaultValue: defaultCase.map(Literal.enumCase) ?? variable.defaultValue.map(Literal.string),
                    documentation: Documentation.lines(variable.description))
            }
            return ServerDeclaration(
                name: name, url: server.url, variables: variables, documentation: Documentation.lines(server.description))
        }
        return ServerChoice(servers: declarations, enumerations: enumerations)
    }

    private func variables(of server: Server) -> [ServerVariable] {
        let declared = Set(server.variables.map(\.name))
        let used = Set(Self.parts(of: server.url).compactMap(\.variable))
        return server.variables.filter { used.contains($0.name) }
            + Self.undeclaredVariables(server.url, declared).map(ServerVariable.init(undeclared:))
    }

    /// The enumeration of a variable's values. Servers whose variables have the
    /// same values share it; nil where there are none.
    private func type(
        _ variable: ServerVariable, of server: String, _ known: inout [ServerChoice.VariableType], _ names: inout NameScope
    ) -> ServerChoice.VariableType? {
        guard !variable.values.isEmpty else { return nil }
        if let value = variable.defaultValue, !variable.values.contains(value) {
            diagnostics.warn(
                .invalidServer,
                "the default `\(value)` of the server variable `\(variable.name)` is not one of its values; it is taken for a string",
                at: variable.location)
            return nil
        }
        let words = Words(variable.name)
        if let same = known.first(where: { $0.key == variable.name && $0.cases.map(\.rawValue) == variable.values }) { return same }
        var scope = NameScope(reserved: ["init", "rawValue"])
        var seen: Set<String> = []
        let cases = variable.values.filter { seen.insert($0).inserted }.map { value in
            // `port443` reads better than a number with something in front of it.
            let isNumber = value.first?.isNumber == true
            return Enumeration.Case(
                name: scope.claim(SwiftName.enumCase(isNumber ? "\(variable.name)-\(value)" : value)), rawValue: value, documentation: [])
        }
        let name = names.claim(SwiftName.nestedType(words), SwiftName.nestedType(Words(server) + words))
        let lines = Documentation.lines(variable.description)
        let type = ServerChoice.VariableType(
            name: name, key: variable.name, cases: cases,
            documentation: lines.isEmpty ? ["The values of the variable `\(Documentation.firstParagraph(variable.name))`."] : lines)
        known.append(type)
        return type
    }

    /// A server's URL with its variables' defaults.
    static func defaultURL(_ server: Server) -> String {
        let variables = Dictionary(server.variables.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return parts(of: server.url).map { part in
            guard let variable = part.variable.flatMap({ variables[$0] }) else { return part.text }
            return variable.defaultValue ?? variable.values.first ?? ""
        }.joined()
    }

    /// A URL's texts and variables, in order. The text of a variable is that with its braces.
    private static func parts(of url: String) -> [(text: String, variable: String?)] {
        var result: [(text: String, variable: String?)] = []
        var rest = url[...]
        while let end = rest.firstIndex(of: "}"), let start = rest[..<end].lastIndex(of: "{") {
            result.append((String(rest[..<start]), nil))
            result.append((String(rest[start...end]), String(rest[rest.index(after: start)..<end])))
            rest = rest[rest.index(after: end)...]
        }
        return result + [(String(rest), nil)]
    }

    /// What the first part of a host says: of `upload.example.com`, `upload`.
    private static func hostWords(_ server: Server) -> Words? {
        let url = defaultURL(server)
        guard let scheme = url.firstRange(of: "://") else { return nil }
        let label = url[scheme.upperBound...].prefix { $0 != "." && $0 != "/" && $0 != ":" }
        let words = Words(String(label))
        return words.isEmpty || ["api", "www", "localhost"].contains(label) || label.allSatisfy(\.isNumber) ? nil : words
    }

    private static func undeclaredVariables(_ url: String, _ declared: Set<String>) -> [String] {
        url.split(separator: "{").dropFirst().compactMap { part in
            guard let end = part.firstIndex(of: "}") else { return nil }
            let name = String(part[..<end])
            return declared.contains(name) ? nil : name
        }
    }

    /// What a server is called: by its name, a description of a few words, or its
    /// host. It must not matter which servers there are besides.
    private static func name(_ server: Server) -> String {
        if let name = server.name, !Words(name).isEmpty { return SwiftName.member(Words(name)) }
        if let description = server.description, !Words(description).isEmpty {
            let name = SwiftName.member(Words(description))
            if name.count <= 32 { return name }
        }
        return hostWords(server).map(SwiftName.member) ?? "main"
    }
}
