/// A struct with a JSON or multipart form.
public struct Structure: Hashable, Sendable {
    public var properties: [Property]
    /// The property of the members that are not named, where the schema says of which
    /// type they are, or where all are kept.
    public var additional: Additional?
    /// Whether it is written as a multipart form and not as JSON.
    public var isMultipart: Bool
    /// What its members have to satisfy; nil where nothing is checked.
    public var constraints: Constraints?

    /// The property of the members that the description does not name.
    public struct Additional: Hashable, Sendable {
        public var name: String
        /// The type of one member's value.
        public var type: TypeReference
        /// Whether the description speaks of such members; others are only kept.
        public var isDescribed: Bool

        /// Creates a property.
        public init(name: String, type: TypeReference, isDescribed: Bool = true) {
            self.name = name
            self.type = type
            self.isDescribed = isDescribed
        }
    }

    /// Creates a struct.
    public init(properties: [Property], additional: Additional? = nil, isMultipart: Bool = false, constraints: Constraints? = nil) {
        self.properties = properties
        self.additional = additional
        self.isMultipart = isMultipart
        self.constraints = constraints
    }
}

/// A stored property.
public struct Property: Hashable, Sendable {
    public var name: String
    /// The member's name in JSON.
    public var key: String
    /// The type of a value that is there, see ``type``.
    public var valueType: TypeReference
    public var presence: Presence
    /// The initializer's default argument, where there is one besides nil.
    public var defaultValue: Literal?
    public var documentation: [String]
    public var isDeprecated: Bool
    /// Whether the value is boxed, because the type contains itself or is large.
    public var isIndirect: Bool
    /// Whether it is read and never sent.
    public var isReadOnly: Bool
    /// The content type of a multipart part, where the description names one.
    public var contentType: String?
    /// What stands between the elements of a list that is one part of a form.
    public var separator: String?
    /// The part's header fields, which are properties of their own.
    public var partHeaders: [PartHeader]

    /// Whether a member has to be there, and may be null.
    public enum Presence: Hashable, Sendable {
        case required
        /// Always there in what is sent, and never in what is received.
        case requiredWhenSent
        /// Always there, and null where there is no value.
        case requiredNullable
        case optional
        /// Absent, null or a value.
        case optionalNullable
    }

    /// A header field of a part of a form.
    public struct PartHeader: Hashable, Sendable {
        /// The property's name.
        public var name: String
        /// The field's name.
        public var key: String
        public var type: TypeReference
        public var isRequired: Bool
        public var documentation: [String]

        /// Creates a header field.
        public init(name: String, key: String, type: TypeReference, isRequired: Bool, documentation: [String]) {
            self.name = name
            self.key = key
            self.type = type
            self.isRequired = isRequired
            self.documentation = documentation
        }

        /// The property's type.
        public var propertyType: TypeReference { isRequired ? type : .optional(type) }
    }

    /// Creates a property.
    public init(
        name: String, key: String, valueType: TypeReference, presence: Presence, defaultValue: Literal? = nil,
        documentation: [String] = [], isDeprecated: Bool = false, isIndirect: Bool = false, isReadOnly: Bool = false,
        contentType: String? = nil, separator: String? = nil, partHeaders: [PartHeader] = []
    ) {
        self.name = name
        self.key = key
        self.valueType = valueType
        self.presence = presence
        self.defaultValue = defaultValue
        self.documentation = documentation
        self.isDeprecated = isDeprecated
        self.isIndirect = isIndirect
        self.isReadOnly = isReadOnly
        self.contentType = contentType
        self.separator = separator
        self.partHeaders = partHeaders
    }

    /// The property's type, with what ``presence`` adds.
    public var type: TypeReference {
        switch presence {
        case .required: valueType
        case .requiredWhenSent, .requiredNullable, .optional: valueType.asOptional
        case .optionalNullable: .optional(.nullable(valueType.withoutOptional))
        }
    }

    /// Whether the initializer's argument can be left out.
    public var hasDefault: Bool { mayBeAbsent || defaultValue != nil }

    /// Whether the member need not be there. One that may be null and has to be there is
    /// never null by default, but where only the server has a say.
    public var mayBeAbsent: Bool {
        presence == .optional || presence == .optionalNullable || presence == .requiredNullable && isReadOnly
    }
}

/// A value of the description, to be written as a Swift literal.
public enum Literal: Hashable, Sendable {
    case string(String)
    /// An integer or a number, as JSON writes it.
    case number(String)
    case bool(Bool)
    /// A case of an enumeration: `.name`.
    case enumCase(String)
    case array([Literal])
    case emptyDictionary
    case null
    /// A text, or the JSON text of a number, that the runtime makes a value of: a date, a UUID.
    case described(String)
    /// A case of a union, and the value in it.
    indirect case unionCase(String, Literal)
}
