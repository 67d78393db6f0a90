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
    /// Reads the next JSON value: exactly one.
    init(from value: inout ValueReader)

    /// Writes this value as one JSON value: exactly one.
    func encode(to value: inout ValueWriter)

    /// This value as OpenAPI's parameter styles take it apart.
    ///
    /// The default goes through the JSON form.
    func parameterForm() -> ParameterForm

    // Arrays and dictionaries of a type go through the type itself, so that an
    // optimised build has them in a form made for it. The defaults will do.

    /// Reads a JSON array of such values.
    static func readArray(from value: inout ValueReader) -> [Self]

    /// Reads a JSON object whose members are all such values.
    static func readDictionary(from value: inout ValueReader) -> [String: Self]

    /// Writes a JSON array of such values.
    static func writeArray(_ elements: [Self], to value: inout ValueWriter)

    /// Writes a JSON object whose members are all such values, sorted by name.
    static func writeDictionary(_ members: [String: Self], to value: inout ValueWriter)
}

/// A type whose JSON form is an object.
public protocol JSONCodable: JSONCoding {
    /// Reads the members of one JSON object.
    init(from object: inout ObjectReader)

    /// Writes the members of one JSON object.
    func encode(to object: inout ObjectWriter)
}

extension JSONCodable {
    public init(from value: inout ValueReader) {
        var object = ObjectReader(entering: value.state)
        self.init(from: &object)
        object.finish()
    }

    public func encode(to value: inout ValueWriter) {
        var object = ObjectWriter(entering: value.state)
        encode(to: &object)
        object.finish()
    }
}

/// One of several types, told apart in the JSON text.
///
/// The conforming type implements both requirements of ``JSONCoding`` itself,
/// with ``ValueReader/kind``, ``ValueReader/string(at:)``,
/// ``ValueReader/has(_:)`` and ``ValueReader/score(of:)``.
public protocol JSONUnion: JSONCoding {}
