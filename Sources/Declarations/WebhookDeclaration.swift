/// The events that an API sends by itself, as one type.
public struct WebhookEvents: Hashable, Sendable {
    /// The name of the type, which is among the declarations.
    public var typeName: String
    public var kinds: [WebhookDeclaration]

    /// Creates the events.
    public init(typeName: String, kinds: [WebhookDeclaration]) {
        self.typeName = typeName
        self.kinds = kinds
    }
}

/// One event that an API sends: a webhook or a callback.
public struct WebhookDeclaration: Hashable, Sendable {
    /// What something of a request must be for it to be this event.
    public struct Mark: Hashable, Sendable {
        /// Of a header field, or of a member of the body.
        public var name: String
        public var values: [String]

        /// Creates a mark.
        public init(name: String, values: [String]) {
            self.name = name
            self.values = values
        }
    }

    /// All that a request must have for it to be this event.
    public struct Demands: Hashable, Sendable {
        var fields: [Mark]
        var members: [Mark]
        var required: [String]
    }

    /// What the description calls it.
    public var key: String
    /// The case.
    public var name: String
    public var documentation: [String]
    public var type: TypeReference
    public var fields: [Mark]
    public var members: [Mark]
    /// The members that the body must have, but for those in ``members``.
    public var required: [String]

    /// Creates an event.
    public init(
        key: String, name: String, documentation: [String], type: TypeReference, fields: [Mark], members: [Mark], required: [String]
    ) {
        self.key = key
        self.name = name
        self.documentation = documentation
        self.type = type
        self.fields = fields
        self.members = members
        self.required = required
    }

    /// All that a request must have for it to be this event.
    public var demands: Demands { Demands(fields: fields, members: members, required: required) }
}
