import Declarations
import Emission

/// A module as code sees it that uses it: by names.
///
/// A `typealias` is as good as the type it stands for, and so is what stands in the
/// type: where `A` is another name for `C`, `A.B` is `C.B`.
struct InterfaceModule {
    /// Another name for a declaration, both from the namespace down.
    struct Alias {
        var name: [String]
        var target: [String]
    }

    let module: Module
    private let printer: TypePrinter
    private let indices: [[String]: Int]

    init(_ module: Module) {
        self.module = module
        printer = TypePrinter(module)
        indices = Dictionary(module.declarations.enumerated().map { ($1.path, $0) }) { first, _ in first }
    }

    /// A type as it is written in the namespace.
    func text(_ type: TypeReference) -> String {
        printer.type(type, in: .namespace)
    }

    /// How an operation is called: `users.get(id:)`.
    func name(_ operation: OperationDeclaration) -> String {
        let labels = operation.parameters.map { $0.name + ":" } + (operation.body == nil ? [] : ["_:"])
        return "\(path(operation))(\(labels.joined()))"
    }

    /// A method's name with its group's.
    func path(_ operation: OperationDeclaration) -> String {
        (operation.group.map { module.groups[$0].name + "." } ?? "") + operation.name
    }

    /// A type behind all other names for it.
    func settled(_ type: TypeReference) -> TypeReference {
        type.mapInnermost { innermost in
            let meant = module.declarations.unaliased(innermost)
            return meant.wrapped == nil ? meant : settled(meant)
        }
    }

    /// What a path leads to; nil where there is no such type.
    func type(at path: [String]) -> TypeReference? {
        var path = path
        for _ in 0...module.declarations.count {
            if let index = indices[path] { return settled(.declared(index)) }
            // Something around it may be another name.
            guard let (owner, rest) = alias(in: path) else { return nil }
            path = module.declarations[owner].path + rest
        }
        return nil
    }

    /// The declaration that the outermost alias in a path stands for, and what comes behind it.
    private func alias(in path: [String]) -> (owner: Int, rest: ArraySlice<String>)? {
        for end in path.indices.dropFirst() {
            guard let index = indices[Array(path[..<end])], case .alias = module.declarations[index].kind,
                case .declared(let owner) = settled(.declared(index))
            else { continue }
            return (owner, path[end...])
        }
        return nil
    }

    /// What a type of another module means in this one, by its names; nil where one
    /// of them is not there.
    ///
    /// - Parameter alias: Another name for what the type is used in, by which what is
    ///   nested in that can be called too.
    func meaning(of type: TypeReference, from other: InterfaceModule, by alias: Alias? = nil) -> TypeReference? {
        var isKnown = true
        let meaning = type.mapInnermost { innermost in
            guard case .declared(let index) = innermost else { return innermost }
            let path = other.module.declarations[index].path
            if let alias, path.starts(with: alias.target), let found = self.type(at: alias.name + path.dropFirst(alias.target.count)) {
                return found
            }
            guard let found = self.type(at: path) else {
                isKnown = false
                return innermost
            }
            return found
        }
        return isKnown ? settled(meaning) : nil
    }
}
