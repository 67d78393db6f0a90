import Declarations
import Templating

extension ContextBuilder {
    /// Sets what a type of servers is rendered with, except for its comment.
    ///
    /// - Parameter canBeRelative: Whether a URL without a host is one on the
    ///   client's host. Otherwise the caller has to name the host.
    func fill(_ context: inout TemplateContext, _ choice: ServerChoice, typeName: String, canBeRelative: Bool) {
        context.set(.typeName, typeName)
        let first = choice.servers.firstIndex { hasParameters($0, canBeRelative: canBeRelative) }
        context.set(.servers, choice.servers.enumerated().map { index, server in
            self.server(server, isFirst: index == first, needsHost: needsHost(server, canBeRelative: canBeRelative))
        })
        context.set(.enumerations, choice.enumerations.map { enumeration in
            var entry = TemplateContext()
            document(&entry, enumeration.documentation)
            entry.set(.name, enumeration.name)
            entry.set(.cases, enumeration.cases.map { value in
                var entry = TemplateContext()
                entry.set(.name, Identifier.escaped(value.name))
                entry.set(.literal, value.name == value.rawValue ? "" : quoted(value.rawValue))
                return entry
            })
            return entry
        })
    }

    private func needsHost(_ server: ServerDeclaration, canBeRelative: Bool) -> Bool {
        !canBeRelative && !isAbsolute(server.url)
    }

    private func hasParameters(_ server: ServerDeclaration, canBeRelative: Bool) -> Bool {
        !server.variables.isEmpty || needsHost(server, canBeRelative: canBeRelative)
    }

    /// The first server is the default (OpenAPI Object, `servers`), if nothing
    /// needs to be said about it.
    func defaultServer(_ choice: ServerChoice, initializer: String, canBeRelative: Bool = false) -> String? {
        guard let server = choice.servers.first, canBeRelative || isAbsolute(server.url),
            server.variables.allSatisfy({ $0.defaultValue != nil })
        else { return nil }
        return server.variables.isEmpty ? "." + Identifier.escaped(server.name) : initializer
    }

    private func isAbsolute(_ url: String) -> Bool {
        // A scheme that is a variable is one nonetheless.
        url.hasPrefix("http://") || url.hasPrefix("https://") || url.hasPrefix("{") && url.contains("}://")
    }

    /// - Parameter isFirst: Whether it is the first that has parameters. An initializer
    ///   makes it too, whatever other servers there are.
    private func server(_ server: ServerDeclaration, isFirst: Bool, needsHost: Bool) -> TemplateContext {
        var context = TemplateContext()
        let string = types.name("String", from: "Swift", in: .namespace)
        func parameter(_ name: String, _ type: String, _ initialValue: String) -> TemplateContext {
            var entry = TemplateContext()
            entry.set(.name, name)
            entry.set(.type, type)
            entry.set(.initialValue, initialValue)
            return entry
        }
        var parameters = server.variables.map { variable in
            parameter(Identifier.escaped(variable.name), variable.typeName ?? string, variable.defaultValue.map { literal($0) } ?? "")
        }
        if needsHost { parameters.insert(parameter("host", string, ""), at: 0) }
        var lines = server.documentation.isEmpty ? ["`\(server.url)`"] : server.documentation
        let described = server.variables.filter { !$0.documentation.isEmpty }
        if !described.isEmpty {
            lines += ["", "- Parameters:"]
            for variable in described {
                lines.append("  - \(variable.name): \(variable.documentation.filter { !$0.isEmpty }.joined(separator: " "))")
            }
        }
        document(&context, lines)
        context.set(.name, Identifier.escaped(server.name))
        context.set(.url, "\"\(url(server, needsHost: needsHost))\"")
        context.set(.parameters, parameters)
        context.set(.isProperty, parameters.isEmpty)
        context.set(.isInitializer, !parameters.isEmpty && isFirst)
        context.set(.isFunction, !parameters.isEmpty)
        return context
    }

    private func url(_ server: ServerDeclaration, needsHost: Bool) -> String {
        var url = ""
        var rest = server.url[...]
        let variables = Dictionary(server.variables.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            url += quoted(String(rest[..<open])).dropFirst().dropLast()
            let key = String(rest[rest.index(after: open)..<close])
            if let variable = variables[key] {
                url += "\\(\(Identifier.escaped(variable.name))\(variable.typeName == nil ? "" : ".rawValue"))"
            }
            rest = rest[rest.index(after: close)...]
        }
        url += quoted(String(rest)).dropFirst().dropLast()
        guard needsHost else { return url }
        return "https://\\(host)" + (url.hasPrefix("/") || url.isEmpty ? url : "/" + url)
    }
}
