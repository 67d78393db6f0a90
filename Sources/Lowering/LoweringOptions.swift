import Declarations
import Source

/// What the user decides about the Swift side.
public struct LoweringOptions: Sendable {
    /// The enum everything lives in; nil for one named after the API's title.
    public var namespace: String?
    /// `public`, `package` or `internal`.
    public var accessLevel = "public"
    /// Which values generated code checks.
    public var validation = Validation.none
    /// The protocols of Swift's library that models conform to.
    public var conformances: Set<Conformance> = []
    /// Whether clients read tolerantly what is not as described.
    public var readsTolerantly = false
    /// Whether models keep the members that the description does not name.
    public var keepsUnknownMembers = false
    /// The path parameters whose value may be empty, by the `operationId` (or the method
    /// and path) and the parameter's name: `getState.stateKey`.
    public var emptyPathParameters: [String: Configured] = [:]
    public var renames = Renames()
    public var types = TypeOverrides()
    public var pagination = PaginationOptions()
    /// Whether the client has a group of methods for each tag.
    public var groupsByTag = false
    /// How calls are made.
    public var calls = CallDefaults()
    /// The operations that can be repeated, or not (`false`), whatever their method and
    /// the description say: by the `operationId`, or the method and path.
    public var idempotent: [String: Configured] = [:]
    /// The `x-` members of operations that middleware is told of.
    public var extensions: [String: Configured] = [:]

    /// Whether there is a type of all that the API sends by itself.
    public var hasWebhookEvents = false

    public init() {}

    /// What the enum is called that everything of an API lives in.
    ///
    /// - Parameter title: The description's `info.title`.
    public func namespace(ofTitle title: String) -> String {
        namespace ?? Namespace.name(of: title)
    }
}

/// A Swift name or type from the configuration, and its place there.
public struct Configured: Sendable, Hashable {
    public var text: String
    public var location: SourceLocation

    /// Creates an entry.
    public init(text: String, location: SourceLocation) {
        self.text = text
        self.location = location
    }
}

/// Swift names in place of those that the description's names give.
public struct Renames: Sendable {
    /// Types, by the schema's name.
    public var schemas: [String: Configured] = [:]
    /// Methods, by the `operationId`, or the method and path: `GET /users`.
    public var operations: [String: Configured] = [:]
    /// Properties, by the schema's and the property's name: `User.created_at`.
    public var properties: [String: Configured] = [:]
    /// Groups of methods, by the tag.
    public var tags: [String: Configured] = [:]

    /// Creates settings that rename nothing.
    public init() {}
}

/// Swift types in place of those that schemas give.
public struct TypeOverrides: Sendable {
    /// By `format`, or by the type and the format: `string/int64`.
    public var formats: [String: Configured] = [:]
    /// By the name of a component schema, which is not declared then.
    public var schemas: [String: Configured] = [:]
    /// The modules that these types come from.
    public var imports: [String] = []

    /// Creates settings that change nothing.
    public init() {}
}
