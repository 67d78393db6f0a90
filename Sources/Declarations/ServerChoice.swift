/// A list of `servers`.
public struct ServerChoice: Hashable, Sendable {
    /// An enumeration of the values that a variable may have.
    public struct VariableType: Hashable, Sendable {
        public var name: String
        /// The variable's name in the description.
        public var key: String
        public var cases: [Enumeration.Case]
        public var documentation: [String]

        /// Creates an enumeration.
        public init(name: String, key: String, cases: [Enumeration.Case], documentation: [String]) {
            self.name = name
            self.key = key
            self.cases = cases
            self.documentation = documentation
        }
    }

    public var servers: [ServerDeclaration]
    public var enumerations: [VariableType]

    /// Creates a choice.
    public init(servers: [ServerDeclaration], enumerations: [VariableType]) {
        self.servers = servers
        self.enumerations = enumerations
    }

    /// The same with no comments.
    var withoutDocumentation: Self {
        var choice = self
        for index in choice.servers.indices {
            choice.servers[index].documentation = []
            for variable in choice.servers[index].variables.indices { choice.servers[index].variables[variable].documentation = [] }
        }
        for index in choice.enumerations.indices {
            choice.enumerations[index].documentation = []
            for value in choice.enumerations[index].cases.indices { choice.enumerations[index].cases[value].documentation = [] }
        }
        return choice
    }
}

/// One entry of `servers`.
public struct ServerDeclaration: Hashable, Sendable {
    public struct Variable: Hashable, Sendable {
        public var name: String
        public var key: String
        /// The enumeration of its values; nil where it is any string.
        public var typeName: String?
        /// The value where the caller gives none; nil where the caller has to.
        public var defaultValue: Literal?
        public var documentation: [String]

        /// Creates a variable.
        public init(name: String, key: String, typeName: String?, defaultValue: Literal?, documentation: [String]) {
            self.name = name
            self.key = key
            self.typeName = typeName
            self.defaultValue = defaultValue
            self.documentation = documentation
        }
    }

    /// Its name among the servers.
    public var name: String
    /// The URL template, with `{variables}`.
    public var url: String
    public var variables: [Variable]
    public var documentation: [String]

    /// Creates a server.
    public init(name: String, url: String, variables: [Variable], documentation: [String]) {
        self.name = name
        self.url = url
        self.variables = variables
        self.documentation = documentation
    }
}
