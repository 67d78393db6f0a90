/// What must not be in a recording, besides what everybody keeps secret: fields and
/// members whose names say that they hold tokens, keys, passwords or cookies.
public struct Scrubbing: Sendable {
    /// Header fields, in any case.
    public var headerFields: Set<String> = []

    /// Parameters of the query and of forms.
    public var parameters: Set<String> = []

    /// Members of JSON objects, wherever they stand.
    public var members: Set<String> = []

    /// Places in JSON bodies, such as `$.user.email` or `$.items[*].iban`.
    public var paths: Set<String> = []

    /// Values, wherever they stand.
    public var values: Set<String> = []

    /// Creates settings.
    public init() {}

    /// Settings that know which members the description gives `format: password`.
    public init<Client: StubbedClient>(of client: Client.Type) {
        members = Client.StubbedOperations().secretMembers
    }
}
