/// A parameter of an operation.
public struct ParameterDeclaration: Hashable, Sendable {
    /// OpenAPI's `in`.
    public enum Location: String, Hashable, Sendable {
        case path, query, header, cookie
        /// The whole query string.
        case queryString = "querystring"
    }

    /// The argument label.
    public var name: String
    /// The name inside the method.
    public var localName: String
    /// The name in the request.
    public var key: String
    public var location: Location
    /// The type of a value that is there, see ``argumentType``.
    public var type: TypeReference
    public var isRequired: Bool
    public var style: String
    public var explode: Bool
    public var allowReserved: Bool
    /// Whether the value is written as JSON (`content`).
    public var isJSON: Bool
    /// Whether the description says that a segment of the path may be empty.
    public var allowsEmpty: Bool
    /// The default argument of a parameter that has to be sent.
    public var defaultValue: Literal?
    public var documentation: [String]
    /// What the value has to satisfy; nil where nothing is checked.
    public var constraints: Constraints?

    /// Creates a parameter.
    public init(
        name: String, localName: String, key: String, location: Location, type: TypeReference, isRequired: Bool,
        style: String, explode: Bool, allowReserved: Bool, isJSON: Bool, allowsEmpty: Bool = false, defaultValue: Literal? = nil, documentation: [String],
        constraints: Constraints?
    ) {
        self.name = name
        self.localName = localName
        self.key = key
        self.location = location
        self.type = type
        self.isRequired = isRequired
        self.style = style
        self.explode = explode
        self.allowReserved = allowReserved
        self.isJSON = isJSON
        self.allowsEmpty = allowsEmpty
        self.defaultValue = defaultValue
        self.documentation = documentation
        self.constraints = constraints
    }

    /// Whether a call has to give it.
    public var hasToBeGiven: Bool { isRequired && defaultValue == nil }

    /// The argument's type.
    public var argumentType: TypeReference { isRequired ? type : type.asOptional }
}
