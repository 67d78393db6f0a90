/// A use of a type.
public indirect enum TypeReference: Hashable, Sendable {
    case builtin(Builtin)
    /// A type that the user named.
    case external(ExternalType)
    /// The declaration at this index of ``Module/declarations``.
    case declared(Int)
    case optional(TypeReference)
    /// Null or a value.
    case nullable(TypeReference)
    case array(TypeReference)
    case dictionary(TypeReference)
    /// Values that arrive one after the other.
    case items(TypeReference)
    /// Server-sent events with such content.
    case events(TypeReference)
    /// A string whose content is such a value's JSON text.
    case text(TypeReference)

    /// The type that a wrapper holds; nil for a type that holds none.
    public var wrapped: TypeReference? {
        switch self {
        case .optional(let type), .nullable(let type), .array(let type), .dictionary(let type), .items(let type), .events(let type),
            .text(let type):
            type
        case .builtin, .external, .declared: nil
        }
    }

    /// The type at the bottom of all wrappers.
    public var innermost: TypeReference {
        var type = self
        while let next = type.wrapped { type = next }
        return type
    }

    /// The declaration that the type names, behind whatever wrappers.
    public var declaration: Int? {
        if case .declared(let index) = innermost { index } else { nil }
    }

    /// The same wrappers around another type.
    public func mapInnermost(_ transform: (TypeReference) -> TypeReference) -> TypeReference {
        switch self {
        case .optional(let type): .optional(type.mapInnermost(transform))
        case .nullable(let type): .nullable(type.mapInnermost(transform))
        case .array(let type): .array(type.mapInnermost(transform))
        case .dictionary(let type): .dictionary(type.mapInnermost(transform))
        case .items(let type): .items(type.mapInnermost(transform))
        case .events(let type): .events(type.mapInnermost(transform))
        case .text(let type): .text(type.mapInnermost(transform))
        case .builtin, .external, .declared: transform(self)
        }
    }

    /// The type with Optional around it, once.
    public var asOptional: TypeReference {
        if case .optional = self { self } else { .optional(self) }
    }

    /// The type without an Optional around it.
    public var withoutOptional: TypeReference {
        if case .optional(let type) = self { type } else { self }
    }
}

/// The types that JSON values have.
public enum JSONKind: String, Hashable, Sendable, CaseIterable {
    case string, number, bool, array, object
}

/// A type that the user named in place of one that a schema gives. It has a
/// JSON form of its own.
public struct ExternalType: Hashable, Sendable {
    /// As it is written in Swift.
    public var name: String
    /// The JSON types its values have, as the schema says.
    public var kinds: Set<JSONKind>

    /// Creates a type.
    public init(name: String, kinds: Set<JSONKind>) {
        self.name = name
        self.kinds = kinds
    }
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
    /// A multipart form whose parts the caller names.
    case form = "MultipartForm"
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
        case .base64URL, .calendarDate, .json, .secret, .body, .file, .form: "ApusRuntime"
        }
    }
}
