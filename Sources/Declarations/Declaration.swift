/// A type to be declared, and where.
public struct Declaration: Hashable, Sendable {
    /// The names from the namespace down to the type: `["User", "Role"]`.
    public var path: [String]
    public var documentation: [String]
    public var isDeprecated: Bool
    public var kind: Kind
    /// The operation that the type belongs to, by its index in
    /// ``Module/operations``; nil for types of the whole API.
    public var operation: Int?
    /// What the description calls the component that the type is of; nil for types
    /// of schemas that stand within others.
    public var component: String?
    /// Values of it in JSON, where tests are generated, the shortest one last.
    public var examples: [ExampleText] = []

    /// What is declared.
    public enum Kind: Hashable, Sendable {
        case structure(Structure)
        case enumeration(Enumeration)
        case union(Union)
        /// Another name for a type.
        case alias(TypeReference)
        /// The bodies that a request or a response can have.
        case outcomes([Outcome])
        /// The header fields of responses.
        case headers([HeaderField])
        /// Where some operations are that are elsewhere than the rest.
        case servers(ServerChoice)
        /// A caseless enum that holds the types of an operation.
        case scope
    }

    public var name: String { path.last ?? "" }

    /// Creates a declaration.
    public init(path: [String], documentation: [String], isDeprecated: Bool = false, kind: Kind, operation: Int? = nil, component: String? = nil) {
        self.path = path
        self.documentation = documentation
        self.isDeprecated = isDeprecated
        self.kind = kind
        self.operation = operation
        self.component = component
    }
}

/// One of the bodies that a request or a response can have.
public struct Outcome: Hashable, Sendable {
    public var name: String
    /// `Void` where there is no body.
    public var type: TypeReference
    public var documentation: [String]

    /// Creates an outcome.
    public init(name: String, type: TypeReference, documentation: [String]) {
        self.name = name
        self.type = type
        self.documentation = documentation
    }
}

/// A header field of a response.
public struct HeaderField: Hashable, Sendable {
    /// The property's name.
    public var name: String
    /// The field's name.
    public var key: String
    public var type: TypeReference
    public var documentation: [String]

    /// Creates a field.
    public init(name: String, key: String, type: TypeReference, documentation: [String]) {
        self.name = name
        self.key = key
        self.type = type
        self.documentation = documentation
    }
}

extension Declaration.Kind {
    /// The types in it, in their order, changed by `transform`. The only place
    /// that knows where in a declaration types are.
    public func mapTypes(_ transform: (TypeReference) -> TypeReference) -> Self {
        switch self {
        case .structure(var structure):
            for index in structure.properties.indices {
                structure.properties[index].valueType = transform(structure.properties[index].valueType)
                for header in structure.properties[index].partHeaders.indices {
                    let type = structure.properties[index].partHeaders[header].type
                    structure.properties[index].partHeaders[header].type = transform(type)
                }
            }
            if let additional = structure.additional { structure.additional?.type = transform(additional.type) }
            return .structure(structure)
        case .union(var union):
            for index in union.cases.indices { union.cases[index].type = transform(union.cases[index].type) }
            return .union(union)
        case .alias(let type):
            return .alias(transform(type))
        case .outcomes(var outcomes):
            for index in outcomes.indices { outcomes[index].type = transform(outcomes[index].type) }
            return .outcomes(outcomes)
        case .headers(var fields):
            for index in fields.indices { fields[index].type = transform(fields[index].type) }
            return .headers(fields)
        case .enumeration, .servers, .scope:
            return self
        }
    }

    /// The types in it, in their order.
    public var types: [TypeReference] {
        var types: [TypeReference] = []
        _ = mapTypes {
            types.append($0)
            return $0
        }
        return types
    }

    /// The same with no order where order says nothing, and with no comments: what
    /// makes two declarations equal.
    public var canonical: Self {
        switch withoutDocumentation {
        case .enumeration(var enumeration):
            enumeration.cases.sort { ($0.rawValue, $0.name) < ($1.rawValue, $1.name) }
            return .enumeration(enumeration)
        case .union(let union):
            return .union(union.sorted)
        case let kind:
            return kind
        }
    }

    /// The same with no comments.
    public var withoutDocumentation: Self {
        switch self {
        case .structure(var structure):
            for index in structure.properties.indices {
                structure.properties[index].documentation = []
                for header in structure.properties[index].partHeaders.indices {
                    structure.properties[index].partHeaders[header].documentation = []
                }
            }
            return .structure(structure)
        case .enumeration(var enumeration):
            for index in enumeration.cases.indices { enumeration.cases[index].documentation = [] }
            return .enumeration(enumeration)
        case .union(var union):
            for index in union.cases.indices { union.cases[index].documentation = [] }
            return .union(union)
        case .outcomes(var outcomes):
            for index in outcomes.indices { outcomes[index].documentation = [] }
            return .outcomes(outcomes)
        case .headers(var fields):
            for index in fields.indices { fields[index].documentation = [] }
            return .headers(fields)
        case .servers(let choice):
            return .servers(choice.withoutDocumentation)
        case .alias, .scope:
            return self
        }
    }
}

extension [Declaration] {
    /// What a type is behind other names for it, as far as names lead to a declaration
    /// or to a type around one.
    public func unaliased(_ type: TypeReference) -> TypeReference {
        var type = type
        // A name that leads back to itself is looked at no longer than any other.
        var steps = 0
        while steps <= count, case .declared(let index) = type, case .alias(let target) = self[index].kind {
            type = target
            steps += 1
        }
        return type
    }
}
