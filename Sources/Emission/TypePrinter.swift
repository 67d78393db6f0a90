import Lowering

/// Writes types as they are written at a place in the namespace.
struct TypePrinter: Sendable {
    private let module: Module
    /// The types declared directly in each scope, by the scope's dotted path.
    private let children: [String: Set<String>]

    init(_ module: Module) {
        self.module = module
        var children: [String: Set<String>] = [
            "": ["Client", "Server", "Authorization"]
        ]
        for scheme in module.security.schemes {
            if case .oauth2 = scheme.kind { children["", default: []].insert(scheme.typeName) }
        }
        for declaration in module.declarations where !declaration.isRemoved {
            children[declaration.path.dropLast().joined(separator: "."), default: []].insert(declaration.name)
        }
        self.children = children
    }

    /// A name of Swift, Foundation or the runtime, with its module in front
    /// where the description has a type of that name in view.
    func name(_ name: String, from module: String, in scope: [String]) -> String {
        isShadowed(name, in: scope) ? "\(module).\(name)" : name
    }

    func type(_ type: TypeReference, in scope: [String]) -> String {
        switch type {
        case .builtin(let builtin): name(builtin.rawValue, from: builtin.module, in: scope)
        case .declared(let place): path(module.declarations[place].path, in: scope)
        case .optional(let type): self.type(type, in: scope) + "?"
        case .nullable(let type): name("Nullable", from: "ApusRuntime", in: scope) + "<" + self.type(type, in: scope) + ">"
        case .array(let type): "[" + self.type(type, in: scope) + "]"
        case .dictionary(let type):
            "[" + name("String", from: "Swift", in: scope) + ": " + self.type(type, in: scope) + "]"
        }
    }

    /// The shortest way to a declared type that means it.
    private func path(_ target: [String], in scope: [String]) -> String {
        let common = zip(scope, target.dropLast()).prefix { $0 == $1 }.count
        for start in stride(from: common, through: 0, by: -1) {
            // Lookup goes outwards and stops at the first scope that has the name.
            let first = target[start]
            let found = stride(from: scope.count, through: 0, by: -1).first { depth in
                children[scope.prefix(depth).joined(separator: ".")]?.contains(first) == true
            }
            if found == start { return target[start...].joined(separator: ".") }
        }
        return ([module.namespace] + target).joined(separator: ".")
    }

    private func isShadowed(_ name: String, in scope: [String]) -> Bool {
        if children[""]?.contains(name) == true || name == module.namespace { return true }
        guard !scope.isEmpty else { return false }
        return (1...scope.count).contains { depth in
            children[scope.prefix(depth).joined(separator: ".")]?.contains(name) == true
        }
    }
}
