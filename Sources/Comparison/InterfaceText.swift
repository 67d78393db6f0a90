import Lowering

/// Types as they are written in the interface of one module.
struct InterfaceText {
    let module: Module

    func type(_ type: TypeReference) -> String {
        switch type {
        case .builtin(let builtin): builtin.rawValue
        case .external(let type): type.name
        case .declared(let place): declared(place)
        case .optional(let type): self.type(type) + "?"
        case .nullable(let type): "Nullable<\(self.type(type))>"
        case .array(let type): "[\(self.type(type))]"
        case .dictionary(let type): "[String: \(self.type(type))]"
        case .items(let type): "ItemStream<\(self.type(type))>"
        case .text(let type): "JSONText<\(self.type(type))>"
        case .events(let type): "EventStream<\(self.type(type))>"
        }
    }

    /// A declaration that is not written is another name for what took its place.
    private func declared(_ place: Int) -> String {
        let declaration = module.declarations[place]
        if declaration.isRemoved, case .alias(let type) = declaration.kind { return self.type(type) }
        return declaration.path.joined(separator: ".")
    }

    func optional(_ type: TypeReference) -> String {
        if case .optional = type { return self.type(type) }
        return self.type(type) + "?"
    }

    /// How an operation is called: `users.get(id:)`.
    func name(_ operation: OperationDeclaration) -> String {
        let group = operation.group.map { module.groups[$0].name + "." } ?? ""
        let labels = operation.parameters.map { $0.name + ":" } + (operation.body == nil ? [] : ["_:"])
        return "\(group)\(operation.name)(\(labels.joined()))"
    }
}
