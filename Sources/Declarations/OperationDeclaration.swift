/// One method of the client.
public struct OperationDeclaration: Hashable, Sendable {
    public var name: String
    /// The description's `operationId`, or the method and path.
    public var identifier: String
    public var method: String
    /// The path as the description has it: `/users/{id}`.
    public var template: String
    public var path: [PathPart]
    public var parameters: [ParameterDeclaration]
    public var body: BodyDeclaration?
    public var success: SuccessDeclaration
    public var failure: FailureDeclaration
    /// The header fields of its responses; nil where none are described.
    public var headers: TypeReference?
    public var documentation: [String]
    public var isDeprecated: Bool
    /// The tags; the first one decides on the file and the group.
    public var tags: [String]
    /// Nil where the client's own requirement holds.
    public var security: [[SecurityUse]]?
    /// Another server, where the operation has a single one of its own.
    public var serverURL: String?
    /// The servers the caller chooses from.
    public var serverChoice: ServerParameter?
    /// The `Accept` field, where it is not what the format implies.
    public var accept: String?
    /// Whether this is another way to call an operation that has a method
    /// already: for a response of another media type.
    public var isVariant: Bool
    /// The index of its group in ``Module/groups``.
    public var group: Int?
    /// Whether its responses are pages.
    public var pagination = PaginationDecision.none
    /// Whether it can be repeated, where that is not what its method says.
    public var isIdempotent: Bool?
    /// What middleware is to know of it: members `x-…` of the description, as texts.
    public var extensions: [Extension] = []
    /// What the name of its error's type is, in `Errors`; empty for variants, which
    /// throw what the operation throws.
    public var errorName = ""

    /// A member `x-…` of the description.
    public struct Extension: Hashable, Sendable {
        public var name: String
        public var value: String

        /// Creates a member.
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The argument by which the caller says where the operation is.
    public struct ServerParameter: Hashable, Sendable {
        public var localName: String
        public var type: TypeReference
        public var choice: ServerChoice

        /// Creates an argument.
        public init(localName: String, type: TypeReference, choice: ServerChoice) {
            self.localName = localName
            self.type = type
            self.choice = choice
        }
    }

    public enum PathPart: Hashable, Sendable {
        case literal(String)
        /// The parameter at this index of ``parameters``.
        case parameter(Int)
    }

    /// Creates a method.
    public init(
        name: String, identifier: String, method: String, template: String, path: [PathPart],
        parameters: [ParameterDeclaration], body: BodyDeclaration?, success: SuccessDeclaration,
        failure: FailureDeclaration, headers: TypeReference?, documentation: [String], isDeprecated: Bool, tags: [String],
        security: [[SecurityUse]]?, serverURL: String?, serverChoice: ServerParameter?, accept: String?,
        isVariant: Bool = false, group: Int? = nil
    ) {
        self.name = name
        self.identifier = identifier
        self.method = method
        self.template = template
        self.path = path
        self.parameters = parameters
        self.body = body
        self.success = success
        self.failure = failure
        self.headers = headers
        self.documentation = documentation
        self.isDeprecated = isDeprecated
        self.tags = tags
        self.security = security
        self.serverURL = serverURL
        self.serverChoice = serverChoice
        self.accept = accept
        self.isVariant = isVariant
        self.group = group
    }

    /// The first tag, or the empty string.
    public var tag: String { tags.first ?? "" }

    /// Changes all of its types by `transform`. The only place that knows where in an
    /// operation types are.
    public mutating func updateTypes(_ transform: (TypeReference) -> TypeReference) {
        for index in parameters.indices { parameters[index].type = transform(parameters[index].type) }
        if var body {
            body.type = transform(body.type)
            if let argument = body.mediaType { body.mediaType?.type = transform(argument.type) }
            for index in body.contents.indices { body.contents[index].type = transform(body.contents[index].type) }
            self.body = body
        }
        success.type = transform(success.type)
        for index in success.responses.indices { success.responses[index].type = transform(success.responses[index].type) }
        for index in failure.responses.indices { failure.responses[index].type = transform(failure.responses[index].type) }
        for index in success.cases.indices { success.cases[index].type = transform(success.cases[index].type) }
        failure.type = transform(failure.type)
        for index in failure.cases.indices { failure.cases[index].type = transform(failure.cases[index].type) }
        headers = headers.map(transform)
        if case .paginated(var pages) = pagination {
            pages.itemType = transform(pages.itemType)
            pagination = .paginated(pages)
        }
        if let choice = serverChoice { serverChoice?.type = transform(choice.type) }
    }

    /// The types in it.
    public var types: [TypeReference] {
        var types: [TypeReference] = []
        var copy = self
        copy.updateTypes {
            types.append($0)
            return $0
        }
        return types
    }
}

/// The statuses that a response is for.
public enum ResponseStatus: Hashable, Sendable {
    case code(Int)
    /// `4XX` is `range(4)`.
    case range(Int)
    /// All that no other response is for.
    case `default`
}

/// The last argument of a method: what is sent.
public struct BodyDeclaration: Hashable, Sendable {
    public enum Encoding: Hashable, Sendable {
        case json, form, multipart, text, stream
        /// Text that is a number, a date or another scalar.
        case scalarText
        /// Values one after the other.
        case items
    }

    /// How one property of a form is written (OpenAPI Encoding Object).
    public struct FormStyle: Hashable, Sendable {
        public var key: String
        public var style: String
        public var explode: Bool
        public var allowReserved: Bool

        /// Creates a style.
        public init(key: String, style: String, explode: Bool, allowReserved: Bool) {
            self.key = key
            self.style = style
            self.explode = explode
            self.allowReserved = allowReserved
        }
    }

    /// One way to send the body.
    public struct Content: Hashable, Sendable {
        public var encoding: Encoding
        public var type: TypeReference
        public var contentType: String
        /// How properties of a form are written that are not written as
        /// their type implies.
        public var styles: [FormStyle]
        /// Whether the caller may say the media type.
        public var takesMediaType: Bool
        /// The case of the body's type; nil where there is only one way.
        public var caseName: String?
        /// What the value has to satisfy besides what its type checks itself.
        public var constraints: Constraints?

        /// Creates a way to send.
        public init(
            encoding: Encoding, type: TypeReference, contentType: String, styles: [FormStyle] = [], takesMediaType: Bool = false,
            caseName: String? = nil, constraints: Constraints? = nil
        ) {
            self.encoding = encoding
            self.type = type
            self.contentType = contentType
            self.styles = styles
            self.takesMediaType = takesMediaType
            self.caseName = caseName
            self.constraints = constraints
        }
    }

    /// The argument by which the caller says the media type of bytes or text.
    public struct MediaTypeArgument: Hashable, Sendable {
        public var name: String
        public var localName: String
        /// A string, or an enumeration of strings.
        public var type: TypeReference
        public var isEnumeration: Bool
        /// Whether nothing stands for what is left out.
        public var isRequired: Bool
        public var documentation: [String]

        /// Creates an argument.
        public init(
            name: String, localName: String, type: TypeReference, isEnumeration: Bool, isRequired: Bool, documentation: [String]
        ) {
            self.name = name
            self.localName = localName
            self.type = type
            self.isEnumeration = isEnumeration
            self.isRequired = isRequired
            self.documentation = documentation
        }

        /// The argument's type.
        public var argumentType: TypeReference { isRequired ? type : type.asOptional }
    }

    public var type: TypeReference
    public var contents: [Content]
    /// Nil where the description says all of the media type.
    public var mediaType: MediaTypeArgument?
    public var isRequired: Bool
    /// The parameter's name inside the method.
    public var localName: String
    public var documentation: [String]

    /// Creates a body.
    public init(
        type: TypeReference, contents: [Content], mediaType: MediaTypeArgument? = nil, isRequired: Bool, localName: String,
        documentation: [String]
    ) {
        self.type = type
        self.contents = contents
        self.mediaType = mediaType
        self.isRequired = isRequired
        self.localName = localName
        self.documentation = documentation
    }

    /// The argument's type.
    public var argumentType: TypeReference { isRequired ? type : type.asOptional }
}

/// How the content of a response is read.
public enum ResponseFormat: Hashable, Sendable {
    case empty, json, text, data, stream, items
    /// Text that is a number, a date or another scalar.
    case scalarText
    /// A scalar, as JSON or as text: as the response's content type says.
    case textOrJSON
    /// One of several, by the status.
    case cases

    /// Whether a body that is not there is told from one that is.
    public var canBeAbsent: Bool { [.json, .text, .scalarText, .textOrJSON].contains(self) }
}

/// What a method returns.
public struct SuccessDeclaration: Hashable, Sendable {
    public var format: ResponseFormat
    public var type: TypeReference
    public var cases: [OutcomeCase]
    /// What the value has to satisfy besides what its type checks itself.
    public var constraints: Constraints?
    /// Whether it is nothing that the description speaks of.
    public var isDiscardable: Bool
    /// The responses that it stands for, as stubs answer with them, the usual one first.
    public var responses: [DescribedResponse] = []
    /// JSON texts of the first of them, where tests are generated.
    public var examples: [ExampleText] = []

    /// Creates a success.
    public init(
        format: ResponseFormat, type: TypeReference, cases: [OutcomeCase] = [], constraints: Constraints? = nil,
        isDiscardable: Bool = false
    ) {
        self.format = format
        self.type = type
        self.cases = cases
        self.constraints = constraints
        self.isDiscardable = isDiscardable
    }
}

/// What a method throws in `APIError.documented`.
public struct FailureDeclaration: Hashable, Sendable {
    /// `Never` where no error is described.
    public var type: TypeReference
    /// The only case, without a name, or one for each case of the type.
    public var cases: [OutcomeCase]
    /// The responses that it stands for, as stubs answer with them.
    public var responses: [DescribedResponse] = []

    /// Creates a failure.
    public init(type: TypeReference, cases: [OutcomeCase]) {
        self.type = type
        self.cases = cases
    }
}

/// Responses that are written alike.
public struct DescribedResponse: Hashable, Sendable {
    public var statuses: [ResponseStatus]
    public var format: ResponseFormat
    public var contentType: String?
    /// The type of the content.
    public var type: TypeReference
    /// The case of the outcome's enum; nil where there is only one type.
    public var caseName: String?

    /// Creates a response.
    public init(statuses: [ResponseStatus], format: ResponseFormat, contentType: String?, type: TypeReference, caseName: String? = nil) {
        self.statuses = statuses
        self.format = format
        self.contentType = contentType
        self.type = type
        self.caseName = caseName
    }
}

/// A value in JSON, and what the description calls it; nothing where it has no name.
public struct ExampleText: Hashable, Sendable {
    public var name: String
    public var text: String

    /// Creates an example.
    public init(name: String, text: String) {
        self.name = name
        self.text = text
    }
}

/// The responses that become one case of a success or a failure.
public struct OutcomeCase: Hashable, Sendable {
    public var statuses: [ResponseStatus]
    public var format: ResponseFormat
    /// The type in this case.
    public var type: TypeReference
    /// The case of the outcome's enum; nil where there is only one type.
    public var caseName: String?
    /// What the value has to satisfy besides what its type checks itself.
    public var constraints: Constraints?

    /// Creates a case.
    public init(
        statuses: [ResponseStatus], format: ResponseFormat, type: TypeReference, caseName: String? = nil,
        constraints: Constraints? = nil
    ) {
        self.statuses = statuses
        self.format = format
        self.type = type
        self.caseName = caseName
        self.constraints = constraints
    }
}
