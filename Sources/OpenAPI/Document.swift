import Source
import SpecSource
import SyntaxTree

/// One API description, whichever version it was written in.
///
/// Everything keeps the place it was read from, so that later stages can say
/// where a thing that puzzles them stands.
public final class Document {
    /// The specification version the author named, such as `3.1.0`.
    public var specificationVersion = ""

    /// The `info` object.
    public var info = Info()

    /// The document's servers (`servers`), in the author's order.
    public var servers: [Server] = []

    /// The operations of `paths`, in the author's order.
    public var operations: [Operation] = []

    /// What the API sends by itself (`webhooks`, OpenAPI 3.1), in the author's
    /// order; the path of each is its name.
    public var webhooks: [Operation] = []

    /// The component schemas, in the author's order.
    public var schemas: [(name: String, schema: Schema)] = []

    /// The schemas with a discriminator.
    public internal(set) var discriminated: [Schema] = []

    /// The keywords of schemas that ask something of values and that nothing checks.
    public internal(set) var unchecked: [(keyword: String, location: SourceLocation)] = []

    /// What inherits from them.
    var inheritance = Inheritance()

    /// Component security schemes, in the author's order.
    public var securitySchemes: [SecurityScheme] = []

    /// The requirement that holds where an operation names none
    /// (`security` of the document).
    public var security: [SecurityRequirement] = []

    /// Tags with their descriptions.
    public var tags: [Tag] = []

    /// Where the document begins.
    public let location: SourceLocation

    /// References to the schemas that have a name.
    var references: [ObjectIdentifier: Reference] = [:]

    /// Every schema a `$ref` leads to, by the reference's normal form.
    var schemasByReference: [String: Schema] = [:]

    init(location: SourceLocation) {
        self.location = location
    }

    /// The schema that a reference leads to, or nil where it dangles (reported
    /// when the document was read).
    public func schema(for reference: Reference) -> Schema? {
        schemasByReference[reference.key]
    }
}

/// OpenAPI Info Object.
public struct Info: Sendable {
    public var title = ""
    public var version = ""
    public var description: String?
}

/// OpenAPI Tag Object.
public struct Tag: Sendable {
    public var name: String
    public var description: String?
    /// A short text for lists of tags (OpenAPI 3.2).
    public var summary: String?
    /// The tag that this one is part of (OpenAPI 3.2).
    public var parent: String?
}

/// OpenAPI Server Object.
public struct Server: Sendable {
    /// The URL template, with `{variables}`.
    public var url: String
    /// The name by which it is spoken of (OpenAPI 3.2).
    public var name: String?
    public var description: String?
    public var variables: [ServerVariable]
    public var location: SourceLocation
}

/// OpenAPI Server Variable Object.
public struct ServerVariable: Sendable {
    public var name: String
    public var defaultValue: String?
    public var values: [String]
    public var description: String?
    public var location: SourceLocation?

    init(name: String, defaultValue: String?, values: [String], description: String?, location: SourceLocation?) {
        self.name = name
        self.defaultValue = defaultValue
        self.values = values
        self.description = description
        self.location = location
    }

    /// A variable that the URL names and nobody declares.
    public init(undeclared name: String) {
        self.init(name: name, defaultValue: nil, values: [], description: nil, location: nil)
    }
}

/// A `$ref`, made absolute: the file it leads to and the place in it.
public struct Reference: Hashable, Sendable {
    /// The normal form: the file's address, `#`, and the JSON Pointer.
    public var key: String

    /// What it leads to is called: the component's name where the reference
    /// leads to a component, the file's where it leads to a whole file.
    public var name: String

    let place: SourceSet.Place
}
