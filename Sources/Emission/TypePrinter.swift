import Declarations

/// Writes types as they are written at a place in the namespace. A class, since it
/// holds the whole module and is handed to everything that is written.
package final class TypePrinter: Sendable {
    private let module: Module
    /// The types declared directly in each scope, by the scope's dotted path.
    private let children: [String: Set<String>]
    /// The names of all of them: most names that are asked for are nobody's.
    private let declaredNames: Set<String>

    package init(_ module: Module) {
        self.module = module
        var children: [String: Set<String>] = [
            "": ["Client", "Server", "Authorization"]
        ]
        for scheme in module.security.schemes {
            if case .oauth2 = scheme.kind { children["", default: []].insert(scheme.typeName) }
        }
        for operation in module.operations where !operation.errorName.isEmpty {
            let group = operation.group.map { ".\(module.groups[$0].typeName)" } ?? ""
            children["Client\(group).Errors", default: []].insert(operation.errorName)
        }
        for declaration in module.declarations {
            children[declaration.path.dropLast().joined(separator: "."), default: []].insert(declaration.name)
        }
        self.children = children
        declaredNames = children.values.reduce(into: [module.namespace]) { $0.formUnion($1) }
    }

    /// A name of Swift, Foundation or the runtime, with its module in front
    /// where the description has a type of that name in view.
    func name(_ name: String, from module: String, in scope: Scope) -> String {
        isShadowed(name, in: scope) ? "\(module).\(name)" : name
    }

    package func type(_ type: TypeReference, in scope: Scope) -> String {
        switch type {
        case .builtin(let builtin): name(builtin.rawValue, from: builtin.module, in: scope)
        case .external(let type): type.name == "URL" ? name(type.name, from: "Foundation", in: scope) : type.name
        case .declared(let index): path(module.declarations[index].path, in: scope)
        case .optional(let type): self.type(type, in: scope) + "?"
        case .nullable(let type): name("Nullable", from: "ApusRuntime", in: scope) + "<" + self.type(type, in: scope) + ">"
        case .items(let type): name("ItemStream", from: "ApusRuntime", in: scope) + "<" + self.type(type, in: scope) + ">"
        case .events(let type): name("EventStream", from: "ApusRuntime", in: scope) + "<" + self.type(type, in: scope) + ">"
        case .text(let type): name("JSONText", from: "ApusRuntime", in: scope) + "<" + self.type(type, in: scope) + ">"
        case .array(let type): "[" + self.type(type, in: scope) + "]"
        case .dictionary(let type):
            "[" + name("String", from: "Swift", in: scope) + ": " + self.type(type, in: scope) + "]"
        }
    }

    /// The shortest way to a declared type that means it.
    private func path(_ target: [String], in scope: Scope) -> String {
        let common = zip(scope.path, target.dropLast()).prefix { $0 == $1 }.count
        for start in scope.visibleDepths where start <= common {
            // Lookup goes outwards and stops at the first scope that has the name.
            let found = scope.visibleDepths.first { isDeclared(target[start], atDepth: $0, of: scope) }
            if found == start { return target[start...].joined(separator: ".") }
        }
        return ([Identifier.typeName(module.namespace)] + target).joined(separator: ".")
    }

    private func isShadowed(_ name: String, in scope: Scope) -> Bool {
        guard declaredNames.contains(name) else { return false }
        return name == module.namespace || scope.visibleDepths.contains { isDeclared(name, atDepth: $0, of: scope) }
    }

    /// Whether a scope has a type of the name itself.
    func declares(_ name: String, in scope: Scope) -> Bool {
        isDeclared(name, atDepth: scope.path.count, of: scope)
    }

    private func isDeclared(_ name: String, atDepth depth: Int, of scope: Scope) -> Bool {
        children[scope.path.prefix(depth).joined(separator: ".")]?.contains(name) == true
    }
}

/// A place in generated code, from which names are looked up.
package struct Scope: Sendable {
    let path: [String]

    /// How many components of the path lead to the scopes that are searched,
    /// from the inside outwards. In an extension of a nested type Swift sees
    /// that type's members, but not those of the types around it.
    let visibleDepths: [Int]

    /// In the namespace itself.
    package static let namespace = Scope(path: [], visibleDepths: [0])

    /// In an extension of the client.
    static let client = Scope(path: ["Client"], visibleDepths: [1])

    /// In an extension of a type, or of the namespace.
    static func `extension`(of path: some Sequence<String>) -> Scope {
        let path = Array(path)
        return Scope(path: path, visibleDepths: [path.count])
    }

    /// In a declaration, which is in an extension of what contains it.
    static func declaration(_ path: [String]) -> Scope {
        Scope(path: path, visibleDepths: [path.count, path.count - 1])
    }
}
