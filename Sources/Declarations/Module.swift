/// What is to be written: the Swift side of one API. Names are decided, every
/// declaration in it is written, and no trace of OpenAPI is left but its words.
public struct Module: Hashable, Sendable {
    /// The enum that everything is in.
    public var namespace: String
    /// `public`, `package` or `internal`.
    public var accessLevel: String
    /// Which values are checked against their constraints.
    public var validation: Validation
    /// The protocols of Swift's library that models conform to.
    public var conformances: Set<Conformance>
    /// Whether the client reads tolerantly what is not as described.
    public var readsTolerantly = false
    /// How calls are made where neither the client nor the caller says otherwise.
    public var calls = CallDefaults()
    /// What the API sends by itself, where one type of it is wanted.
    public var webhooks: WebhookEvents?
    /// `info.title` and `info.version`, for the files' first lines.
    public var title: String
    public var version: String
    public var description: [String]
    public var declarations: [Declaration]
    public var operations: [OperationDeclaration]
    /// What is said of tags, by their names.
    public var tags: [String: [String]]
    public var servers: ServerChoice
    public var security: SecurityDeclaration
    /// Methods that belong together, where they are not all the client's own.
    public var groups: [OperationGroup]
    /// The modules that ``TypeReference/external(_:)`` types come from.
    public var imports: [String]

    /// Creates a module.
    public init(
        namespace: String, accessLevel: String, validation: Validation, conformances: Set<Conformance>, title: String, version: String,
        description: [String], declarations: [Declaration], operations: [OperationDeclaration], tags: [String: [String]],
        servers: ServerChoice, security: SecurityDeclaration, groups: [OperationGroup], imports: [String]
    ) {
        self.namespace = namespace
        self.accessLevel = accessLevel
        self.validation = validation
        self.conformances = conformances
        self.title = title
        self.version = version
        self.description = description
        self.declarations = declarations
        self.operations = operations
        self.tags = tags
        self.servers = servers
        self.security = security
        self.groups = groups
        self.imports = imports
    }
}

/// Methods of the client under a name of their own: `client.users`.
public struct OperationGroup: Hashable, Sendable {
    /// The client's property.
    public var name: String
    /// The type that has the methods.
    public var typeName: String
    public var documentation: [String]

    /// Creates a group.
    public init(name: String, typeName: String, documentation: [String]) {
        self.name = name
        self.typeName = typeName
        self.documentation = documentation
    }
}

/// What models conform to besides what generated code needs.
public enum Conformance: String, Sendable, CaseIterable {
    case hashable = "Hashable"
    /// Structs with a required `id` that is a string, a number or a UUID.
    case identifiable = "Identifiable"
}

/// Which values are checked against the constraints that the description gives.
public enum Validation: String, Sendable, CaseIterable {
    case none, sent, received, all

    public var checksSent: Bool { self == .sent || self == .all }
    public var checksReceived: Bool { self == .received || self == .all }
}
