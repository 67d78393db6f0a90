import Source
import SyntaxTree

/// One method of one path (OpenAPI Operation Object), with what its path item
/// says folded in.
public struct Operation {
    /// The HTTP method in upper case.
    public var method: String
    /// The path template, such as `/users/{id}`.
    public var path: String
    public var operationID: String?
    public var tags: [String]
    public var summary: String?
    public var description: String?
    /// The operation's and the path item's parameters, overrides resolved.
    public var parameters: [Parameter]
    public var requestBody: RequestBody?
    /// Responses in the author's order.
    public var responses: [(status: StatusPattern, response: Response)]
    /// What the API sends in the course of the operation (`callbacks`); the
    /// path of each is the expression that gives its URL.
    public var callbacks: [(name: String, operation: Operation)]
    /// Nil where the document's requirement holds.
    public var security: [SecurityRequirement]?
    /// Servers of the operation or its path item, where they differ from the
    /// document's.
    public var servers: [Server]
    public var isDeprecated: Bool
    public var location: SourceLocation
    public var operationIDLocation: SourceLocation?
    /// What its extensions say of pages, the description's own for this tool first.
    public var pagination: [PaginationStatement] = []
    /// Whether it can be repeated, where an extension says so: `x-apus-idempotent`,
    /// `x-fern-idempotent`, `x-basecamp-idempotent`.
    public var isIdempotent: Bool?
    /// All of its `x-` members.
    public var extensions: [(name: String, value: Node)] = []
}

/// Which statuses an entry of `responses` is for.
public enum StatusPattern: Hashable, Sendable {
    case code(Int)
    /// `4XX` is `range(4)`.
    case range(Int)
    case `default`
}

/// OpenAPI Parameter Object.
public struct Parameter {
    public enum Place: String, Sendable {
        case path, query, header, cookie
        /// The whole query string (OpenAPI 3.2).
        case queryString = "querystring"

        /// The styles a parameter may have there, the usual one first.
        public var styles: [Style] {
            switch self {
            case .path: [.simple, .label, .matrix]
            case .header: [.simple]
            case .cookie: [.form, .cookie]
            case .query, .queryString: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
            }
        }
    }

    public enum Style: String, Sendable {
        case simple, label, matrix, form, spaceDelimited, pipeDelimited, deepObject, cookie
        /// Of Swagger 2.0 alone (`collectionFormat: tsv`).
        case tabDelimited

        /// What stands between the elements of a list that is not exploded.
        public var separator: String {
            switch self {
            case .spaceDelimited: " "
            case .pipeDelimited: "|"
            case .tabDelimited: "\t"
            case .simple, .label, .matrix, .form, .deepObject, .cookie: ","
            }
        }

        /// Whether a list is exploded where the description does not say.
        var explodes: Bool { self == .form || self == .cookie }
    }

    public var name: String
    public var place: Place
    public var description: String?
    public var isRequired: Bool
    public var isDeprecated: Bool
    public var style: Style
    public var explode: Bool
    public var allowReserved: Bool
    public var schema: Schema?
    /// The media type of `content`, where the parameter has that in place of a
    /// schema.
    public var contentType: String?
    /// What the last `$ref` led to, where the parameter was referred to.
    public var component: Reference?
    public var location: SourceLocation

    init(
        name: String, place: Place, description: String? = nil, isRequired: Bool, isDeprecated: Bool = false,
        style: Style, explode: Bool, allowReserved: Bool = false, schema: Schema?, contentType: String? = nil,
        component: Reference? = nil, location: SourceLocation
    ) {
        self.name = name
        self.place = place
        self.description = description
        self.isRequired = isRequired
        self.isDeprecated = isDeprecated
        self.style = style
        self.explode = explode
        self.allowReserved = allowReserved
        self.schema = schema
        self.contentType = contentType
        self.component = component
        self.location = location
    }

    /// A path parameter that the template names and nobody declares.
    public init(undeclared name: String, location: SourceLocation) {
        self.init(name: name, place: .path, isRequired: true, style: .simple, explode: false, schema: nil, location: location)
    }
}

/// OpenAPI Request Body Object.
public struct RequestBody {
    public var description: String?
    public var isRequired: Bool
    public var content: [MediaType]
    public var location: SourceLocation
    /// What the last `$ref` led to, where the body was referred to.
    public var component: Reference?
}

/// OpenAPI Response Object.
public struct Response {
    public var description: String?
    public var content: [MediaType]
    public var headers: [ResponseHeader]
    public var links: [Link]
    public var location: SourceLocation
    /// What the last `$ref` led to, where the response was referred to.
    public var component: Reference?
}

/// OpenAPI Encoding Object.
public struct PropertyEncoding {
    public var contentType: String?
    /// Nil where the object does not say; then the property is written by its type.
    public var style: Parameter.Style?
    public var explode: Bool?
    public var allowReserved: Bool
    public var headers: [ResponseHeader]
    public var location: SourceLocation
}

/// OpenAPI Header Object and its name.
public struct ResponseHeader {
    public var name: String
    public var description: String?
    public var isRequired: Bool
    public var isDeprecated: Bool
    public var schema: Schema?
    /// What the last `$ref` led to, where the header was referred to.
    public var component: Reference?
}

/// OpenAPI Link Object and its name.
public struct Link: Sendable {
    public var name: String
    public var description: String?
    /// The `operationId` or the `operationRef` it leads to.
    public var target: String
    /// The target's parameters and the expressions that give their values.
    public var parameters: [(name: String, expression: String)]
}

/// OpenAPI Media Type Object and its key.
public struct MediaType {
    /// The media type as written, with its parameters.
    public var name: String
    public var schema: Schema?
    /// The schema of each item of a streamed content (OpenAPI 3.2).
    public var itemSchema: Schema? = nil
    /// `encoding` of multipart and form bodies, in the author's order.
    public var encoding: [(property: String, encoding: PropertyEncoding)]
    public var location: SourceLocation
}
