/// A description made of another by one round.
public struct Mutation: Sendable {
    public var description: Value
    /// What the whole description has and this one has not.
    public var elements: [Element]

    public init(description: Value, elements: [Element]) {
        self.description = description
        self.elements = elements
    }
}

/// Something that one round takes away and gives back.
public struct Element: Hashable, Sendable, CustomStringConvertible {
    public enum Kind: String, Sendable {
        case operation, component, property, enumValue = "enum value", response, tag
    }

    public var kind: Kind
    public var path: Path
    /// How the element is called in the description: a method and a path, a
    /// property's name, an enum's value, a status, a tag.
    public var name: String
    /// Names in the description that the types and methods around the element are called by.
    public var owners: [String]

    public init(kind: Kind, path: Path, name: String, owners: [String] = []) {
        self.kind = kind
        self.path = path
        self.name = name
        self.owners = owners
    }

    public var description: String { "\(kind.rawValue) \(name) at \(path)" }
}

/// What a round does to a description.
public enum Mode: String, CaseIterable, Sendable {
    /// Takes away operations and what only they reach.
    case operations
    /// Takes away optional properties, enum values, responses and tags.
    case elements
    /// Changes every order that says nothing.
    case order
}
