/// One method of the client.
public struct OperationDeclaration: Sendable {
    public var name: String
    /// The description's `operationId`, or the method and path.
    public var identifier: String
    public var method: String
    /// The path as the description has it: `/users/{id}`.
    public var template: String
    public var path: [PathPart]
    public var parameters: [ParameterDeclaration]
    public var body: Body?
    public var success: Success
    public var failure: Failure
    public var documentation: [String]
    public var isDeprecated: Bool
    /// The first tag, for the command line's one file per tag.
    public var tag: String
    /// Nil where the client's own requirement holds.
    public var security: [[SecurityUse]]?
    /// Another server, where the operation has a single one of its own.
    public var serverURL: String?
    /// The type of the servers the caller chooses from.
    public var serverChoice: ServerParameter?
    public var accept: String?
    /// Whether this is another way to call an operation that has a method
    /// already: for a response of another media type.
    public var isVariant = false
    /// The place of its group in ``Module/groups``.
    public var group: Int?

    /// The argument by which the caller says where the operation is.
    public struct ServerParameter: Sendable {
        public var localName: String
        public var type: TypeReference
        public var choice: ServerChoice
    }

    public enum PathPart: Sendable {
        case literal(String)
        /// The parameter at this place of ``parameters``.
        case parameter(Int)
    }

    public struct Body: Sendable {
        public enum Encoding: String, Sendable {
            case json, form, multipart, text, stream
            /// Values one after the other.
            case items
        }

        /// How one property of a form is written (OpenAPI Encoding Object).
        public struct FormStyle: Sendable {
            public var key: String
            public var style: String
            public var explode: Bool
            public var allowReserved: Bool
        }

        /// One way to send the body.
        public struct Content: Sendable {
            public var encoding: Encoding
            public var type: TypeReference
            public var contentType: String
            /// How properties of a form are written that are not written as
            /// their type implies.
            public var styles: [FormStyle] = []
            /// The case of the body's type; nil where there is only one way.
            public var caseName: String?
            /// What the value has to satisfy besides what its type checks itself.
            public var constraints: Constraints?
        }

        public var type: TypeReference
        public var contents: [Content]
        public var isRequired: Bool
        /// The parameter's name inside the method.
        public var localName: String
        public var documentation: [String]
    }

    /// What the method returns.
    public struct Success: Sendable {
        public enum Format: String, Sendable {
            case empty, json, text, data, stream, items, cases
        }

        public var format: Format
        public var type: TypeReference
        public var cases: [OutcomeCase]
        /// What the value has to satisfy besides what its type checks itself.
        public var constraints: Constraints?
        /// Whether it is nothing that the description speaks of.
        public var isDiscardable = false
    }

    /// What the method throws in ``APIError/documented``.
    public struct Failure: Sendable {
        public var type: TypeReference
        /// The format of the only case, or of each.
        public var cases: [OutcomeCase]
    }

    public struct OutcomeCase: Sendable {
        public var statuses: [String]
        public var format: Success.Format
        /// The type in this case.
        public var type: TypeReference
        /// The case of the outcome's enum; nil where there is only one type.
        public var caseName: String?
        /// What the value has to satisfy besides what its type checks itself.
        public var constraints: Constraints?
    }
}

/// A parameter of an operation.
public struct ParameterDeclaration: Sendable {
    public enum Place: String, Sendable {
        case path, query, header, cookie
        /// The whole query string.
        case queryString = "querystring"
    }

    /// The argument label, and the name inside the method.
    public var name: String
    public var localName: String
    public var key: String
    public var place: Place
    public var type: TypeReference
    public var isRequired: Bool
    public var style: String
    public var explode: Bool
    public var allowReserved: Bool
    /// Whether the value is written as JSON (`content`).
    public var isJSON: Bool
    public var documentation: [String]
    public var isUsualStyle: Bool
    /// What the value has to satisfy; nil where nothing is checked.
    public var constraints: Constraints?
}
