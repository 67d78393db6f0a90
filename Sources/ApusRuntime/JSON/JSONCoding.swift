/// A type with a JSON form (RFC 8259).
///
/// Reading never throws: a mismatch is recorded in the reader, with the path
/// and the byte offset, and the initialiser returns a placeholder that is
/// thrown away. Generated initialisers therefore need no clean-up code, which
/// is most of what the compiler charges for a throwing one.
///
/// `Codable` comes with it: the extension on this protocol carries a value
/// through any other encoder or decoder.
public protocol JSONCoding: Codable, Sendable {
    /// Reads the next JSON value.
    init(from value: inout ValueReader)

    /// Writes this value as one JSON value.
    func encode(to value: inout ValueWriter)
}

/// A type whose JSON form is an object.
public protocol JSONCodable: JSONCoding {
    /// Reads the members of one JSON object.
    init(from object: inout ObjectReader)

    /// Writes the members of one JSON object.
    func encode(to object: inout ObjectWriter)
}
