import Declarations
import OpenAPI
import Source
import TextScanning

/// Makes the declarations of a plan, once it is known where each stands and what
/// it is called.
struct Assembly {
    /// In the order of their names.
    var declarations: [Declaration] = []
    var operations: [OperationDeclaration]
    /// What the API sends by itself, where one type of it is wanted.
    private(set) var webhooks: [WebhookDeclaration]
    /// Where the schema of each declaration is described.
    private(set) var locations: [SourceLocation?] = []
    private var schemas: [Schema?] = []

    init(plan: TypePlan, placement: Placement, names: NameTable, operations: [OperationDeclaration], webhooks: [WebhookDeclaration]) {
        self.operations = operations
        self.webhooks = webhooks
        let firstMethods = Self.firstMethods(operations)
        var entries: [(declaration: Declaration, index: Int?)] = names.operationScopes.map { operation, name in
            (Declaration(path: ["Client", name], documentation: [], kind: .scope, operation: firstMethods[operation]), nil)
        }
        for index in placement.order {
            guard let path = names.paths[index] else { continue }
            entries.append((Self.declaration(index, path, plan, placement, firstMethods), index))
        }
        let order = PathOrder.sorted(entries.map(\.declaration.path))
        entries = order.map { entries[$0] }
        var indices: [Int: Int] = [:]
        for (place, entry) in entries.enumerated() {
            if let index = entry.index { indices[index] = place }
        }
        for index in placement.order {
            if case .hidden(let host) = placement.forms[index] { indices[index] = indices[host] }
        }
        func final(_ type: TypeReference) -> TypeReference {
            plan.types.settled(type).mapInnermost { innermost in
                guard case .declared(let index) = innermost else { return innermost }
                return indices[index].map { .declared($0) } ?? .builtin(.json)
            }
        }
        for entry in entries {
            var declaration = entry.declaration
            declaration.kind = declaration.kind.mapTypes(final)
            declarations.append(declaration)
            let schema = entry.index.flatMap { plan.types[$0].schema }
            locations.append(schema?.location)
            schemas.append(schema)
        }
        for index in webhooks.indices { self.webhooks[index].type = final(webhooks[index].type) }
        if !webhooks.isEmpty {
            let outcomes = self.webhooks.map { Outcome(name: $0.name, type: $0.type, documentation: $0.documentation) }
            declarations.append(
                Declaration(
                    path: [WebhookBuilder.typeName], documentation: ["What the API sends by itself: its webhooks and callbacks."],
                    kind: .outcomes(outcomes)))
            locations.append(nil)
        }
        for index in self.operations.indices {
            self.operations[index].updateTypes(final)
            guard case .declared(let headers) = self.operations[index].headers else { continue }
            let name = declarations[headers].path.dropFirst().joined(separator: ".")
            self.operations[index].documentation += ["", "The response's header fields: ``\(name)``."]
        }
    }

    /// Adds examples to the types that have a JSON form.
    mutating func addExamples(_ examples: ExampleBuilder) {
        for index in declarations.indices {
            guard let schema = schemas[index] else { continue }
            switch declarations[index].kind {
            case .structure(let structure) where structure.isMultipart: continue
            case .structure, .enumeration, .union: declarations[index].examples = examples.texts(of: schema)
            case .alias, .outcomes, .headers, .servers, .scope: continue
            }
        }
    }

    /// The index of the usual method of each operation of the description.
    private static func firstMethods(_ operations: [OperationDeclaration]) -> [Int] {
        operations.indices.filter { !operations[$0].isVariant }
    }

    private static func component(at place: Place) -> String? {
        if case .component(let name) = place.step { name } else { nil }
    }

    private static func declaration(
        _ index: Int, _ path: [String], _ plan: TypePlan, _ placement: Placement, _ firstMethods: [Int]
    ) -> Declaration {
        let type = plan.types[index]
        var operation: Int?
        if case .operation(let number) = type.place.root.step { operation = firstMethods[number] }
        if case .alias(let host) = placement.forms[index] {
            return Declaration(path: path, documentation: [], kind: .alias(.declared(host)), operation: operation)
        }
        return Declaration(
            path: path, documentation: type.documentation, isDeprecated: type.isDeprecated, kind: type.kind, operation: operation,
            component: component(at: type.place))
    }
}
