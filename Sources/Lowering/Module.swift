/// What is to be written: the Swift side of one API, names decided, with no
/// trace of OpenAPI left but its words.
public struct Module: Sendable {
    /// The enum everything lives in.
    public var namespace: String
    /// `public`, `package` or `internal`.
    public var accessLevel: String
    /// Which values are checked against their constraints.
    public var validation: Validation
    /// The API's title and version, for the files' first lines.
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
}

/// Methods of the client under a name of their own: `client.users`.
public struct OperationGroup: Sendable {
    /// The client's property.
    public var name: String
    /// The type that has the methods.
    public var typeName: String
    public var documentation: [String]
}

/// A type to be declared, and where.
public struct Declaration: Sendable {
    /// The names from the namespace down to the type: `["User", "Role"]`.
    public var path: [String]
    public var documentation: [String]
    public var isDeprecated: Bool
    public var kind: Kind
    /// Whether an equal declaration stands for this one.
    public var isRemoved = false

    public enum Kind: Sendable {
        case structure(Structure)
        case enumeration(Enumeration)
        case union(Union)
        /// Another name for a type.
        case alias(TypeReference)
        /// The bodies a response can have, told apart by its status.
        case outcomes([Union.Case])
        /// The header fields of responses.
        case headers([HeaderField])
        /// Where some operations are that are elsewhere than the rest.
        case servers(ServerChoice)
    }

    public var name: String { path.last ?? "" }
}

/// A use of a type.
public indirect enum TypeReference: Hashable, Sendable {
    case builtin(Builtin)
    /// A type that the user named.
    case external(ExternalType)
    /// The declaration at this place of ``Module/declarations``.
    case declared(Int)
    case optional(TypeReference)
    /// Absent, null and a value are three things.
    case nullable(TypeReference)
    case array(TypeReference)
    case dictionary(TypeReference)
    /// Values that arrive one after the other.
    case items(TypeReference)
    /// Server-sent events with such content.
    case events(TypeReference)
    /// A string whose content is such a value's JSON text.
    case text(TypeReference)
}

/// A type that the user named in place of one that a schema gives. It has a
/// JSON form of its own.
public struct ExternalType: Hashable, Sendable {
    /// As it is written in Swift.
    public var name: String
    /// The JSON types its values have, as the schema says.
    public var kinds: Set<Union.JSONKind>
}

/// The types that need no declaration, by the name they have in Swift.
public enum Builtin: String, Hashable, Sendable {
    case string = "String"
    case bool = "Bool"
    case int = "Int"
    case int8 = "Int8"
    case int16 = "Int16"
    case int32 = "Int32"
    case int64 = "Int64"
    case uint8 = "UInt8"
    case uint16 = "UInt16"
    case uint32 = "UInt32"
    case uint64 = "UInt64"
    case double = "Double"
    case float = "Float"
    case decimal = "Decimal"
    case date = "Date"
    case calendarDate = "CalendarDate"
    case uuid = "UUID"
    case data = "Data"
    /// Bytes that are written with the alphabet for URLs.
    case base64URL = "Base64URLData"
    case json = "JSONValue"
    /// A password: no description shows it.
    case secret = "Secret"
    /// A streamed body.
    case body = "HTTPBody"
    /// A file in a multipart form.
    case file = "FilePart"
    case void = "Void"
    case never = "Never"

    /// Whether it is one of Swift's integers.
    public var isInteger: Bool {
        switch self {
        case .int, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: true
        default: false
        }
    }

    /// The module the type comes from.
    public var module: String {
        switch self {
        case .string, .bool, .double, .float, .void, .never: "Swift"
        case .int, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64: "Swift"
        case .decimal, .date, .uuid, .data: "Foundation"
        case .base64URL, .calendarDate, .json, .secret, .body, .file: "ApusRuntime"
        }
    }
}

/// A struct with a JSON or multipart form.
public struct Structure: Sendable {
    public var properties: [Property]
    /// The type of undeclared members, where the schema allows them by name.
    public var additional: Additional?
    /// Whether it is written as a multipart form and not as JSON.
    public var isMultipart: Bool
    /// What its members have to satisfy; nil where nothing is checked.
    public var constraints: Constraints?

    public struct Additional: Sendable {
        public var name: String
        public var type: TypeReference
    }
}

/// A header field of a response.
public struct HeaderField: Sendable {
    /// The property's name.
    public var name: String
    /// The field's name.
    public var key: String
    public var type: TypeReference
    public var documentation: [String]
}

/// A stored property.
public struct Property: Sendable {
    public var name: String
    /// The member's name in JSON.
    public var key: String
    /// The type without the Optional that ``presence`` adds.
    public var type: TypeReference
    public var presence: Presence
    /// A Swift expression for the initialiser's default, where there is one
    /// besides nil.
    public var initialValue: String?
    public var documentation: [String]
    public var isDeprecated: Bool
    /// Whether the value is boxed, because the type contains itself or is large.
    public var isIndirect: Bool
    public var isReadOnly: Bool
    /// The content type of a multipart part, where the description names one.
    public var contentType: String?
    /// What stands between the elements of a list that is one part of a form.
    public var separator: String?
    /// The part's header fields, which are properties of their own.
    public var partHeaders: [PartHeader] = []

    /// A header field of a part of a form.
    public struct PartHeader: Sendable {
        /// The property's name.
        public var name: String
        /// The field's name.
        public var key: String
        public var type: TypeReference
        public var isRequired: Bool
        public var documentation: [String]
    }

    public enum Presence: Sendable {
        case required
        /// Always there, and null where there is no value.
        case requiredNullable
        case optional
        /// Absent, null or a value.
        case optionalNullable
    }
}

/// An open enumeration of strings or integers.
public struct Enumeration: Sendable {
    public enum RawType: String, Sendable {
        case string = "String"
        case int = "Int"
    }

    public struct Case: Sendable {
        public var name: String
        public var rawValue: String
        public var documentation: [String]
    }

    public var rawType: RawType
    public var cases: [Case]
}

/// One of several types, told apart by what is in the JSON.
public struct Union: Sendable {
    public struct Case: Sendable {
        public var name: String
        public var type: TypeReference
        public var documentation: [String]
    }

    /// How values of one JSON type are told apart.
    public enum Choice: Sendable {
        case one(Int)
        /// By the value of a property. Others fall to the last choice.
        case discriminator(key: String, values: [(value: String, index: Int)], otherwise: [Int])
        /// By a property only one case has.
        case properties([(key: String, index: Int)], otherwise: [Int])
        /// Whichever fits best.
        case bestMatch([Int])
    }

    public enum JSONKind: String, Sendable, CaseIterable {
        case string, number, bool, array, object
    }

    public var cases: [Case]
    /// For each JSON type that some case has, how to choose.
    public var choices: [(kind: JSONKind, choice: Choice)]
    /// Whether a case holds the union itself.
    public var isIndirect = false
}

/// A list of `servers`.
public struct ServerChoice: Sendable {
    /// An enumeration of the values that a variable may have.
    public struct VariableType: Sendable {
        public var name: String
        /// The variable's name in the description.
        public var key: String
        public var cases: [Enumeration.Case]
        public var documentation: [String]
    }

    public var servers: [ServerDeclaration]
    public var enumerations: [VariableType]
}

/// One entry of `servers`.
public struct ServerDeclaration: Sendable {
    public struct Variable: Sendable {
        public var name: String
        public var key: String
        /// The enumeration of its values; nil where it is any text.
        public var typeName: String?
        /// The value where the caller gives none, or the case that stands for it.
        public var defaultValue: String?
        public var documentation: [String]
    }

    public var name: String
    public var url: String
    public var variables: [Variable]
    public var documentation: [String]
}

/// One scheme of a requirement and the scopes it needs.
public struct SecurityUse: Sendable {
    public var scheme: String
    public var scopes: [String]
}

/// The API's security schemes.
public struct SecurityDeclaration: Sendable {
    public var schemes: [SchemeDeclaration]
    /// The requirement that holds where an operation has none.
    public var requirement: [[SecurityUse]]

    /// Whether generated code needs the OAuth library.
    public var usesOAuth: Bool {
        schemes.contains { if case .oauth2 = $0.kind { true } else { false } }
    }
}

/// A security scheme.
public struct SchemeDeclaration: Sendable {
    public var name: String
    /// The type that holds an OAuth scheme's sign-in methods.
    public var typeName: String
    public var key: String
    public var documentation: [String]
    public var kind: Kind

    public enum Kind: Sendable {
        case basic
        case bearer
        case apiKey(place: String, name: String)
        case oauth2(OAuth2)
        /// What the transport proves.
        case mutualTLS
        /// A credential of the user's own.
        case custom
    }

    public struct OAuth2: Sendable {
        /// Where the endpoints are asked for (`openIdConnectUrl`).
        public var discoveryURL: String?
        public var authorizationURL: String?
        public var tokenURL: String?
        public var refreshURL: String?
        /// The implicit flow's, where it is another.
        public var implicitAuthorizationURL: String?
        /// Of flows that have others, by `grant_type`.
        public var tokenURLs: [(grantType: String, url: String)]
        /// Of flows that have others, by `grant_type`.
        public var refreshURLs: [(grantType: String, url: String)]
        public var deviceAuthorizationURL: String?
        public var revocationURL: String?
        public var introspectionURL: String?
        public var pushedAuthorizationRequestURL: String?
        public var issuer: String?
        public var resources: [String]
        public var tokenRequest: String?
        public var grantTypeIn: String?
        public var clientAuthentication: String?
        public var assertionAudience: String?
        public var dpop: String?
        public var pkce: String?
        public var redirectURISchemes: [String]
        public var scopeSeparator: String?
        public var extraParameters: [(name: String, value: String)]
        public var hasAuthorizationCode: Bool
        public var hasPassword: Bool
        public var hasClientCredentials: Bool
        public var hasDeviceAuthorization: Bool
        public var hasImplicit: Bool
        /// Whether no flow has a place for a client secret.
        public var hasPublicClientsOnly: Bool
        public var scopes: [Scope]
    }

    public struct Scope: Sendable {
        public var name: String
        public var value: String
        public var documentation: [String]
    }
}

extension Module {
    /// The types that the user named, each once.
    public var externalTypes: Set<ExternalType> {
        var found: Set<ExternalType> = []
        func add(_ type: TypeReference) {
            switch type {
            case .external(let type): found.insert(type)
            case .optional(let type), .nullable(let type), .array(let type), .dictionary(let type), .items(let type), .events(let type),
                .text(let type):
                add(type)
            case .builtin, .declared: break
            }
        }
        for declaration in declarations {
            switch declaration.kind {
            case .structure(let structure):
                structure.properties.forEach { add($0.type) }
                structure.additional.map { add($0.type) }
            case .union(let union): union.cases.forEach { add($0.type) }
            case .outcomes(let cases): cases.forEach { add($0.type) }
            case .headers(let fields): fields.forEach { add($0.type) }
            case .alias(let type): add(type)
            case .enumeration, .servers: break
            }
        }
        for operation in operations {
            operation.parameters.forEach { add($0.type) }
            operation.body.map { add($0.type) }
            add(operation.success.type)
            add(operation.failure.type)
        }
        return found
    }
}
