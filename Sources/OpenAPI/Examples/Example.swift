import Source

/// OpenAPI Example Object and its name, or a value of `example` or `examples` of a schema.
public struct Example: Sendable {
    /// Its key; empty where it has none.
    public var name: String
    public var value: Sample
    public var location: SourceLocation

    /// Creates an example.
    public init(name: String, value: Sample, location: SourceLocation) {
        self.name = name
        self.value = value
        self.location = location
    }
}
