/// A type with a JSON form (RFC 8259).
///
/// Reading never throws: a mismatch is recorded in the reader, with the path
/// and the byte offset, and the initializer returns a placeholder that is
/// thrown away. Generated initializers therefore need no clean-up code, which
/// is most of what the compiler charges for a throwing one.
///
/// A type that is `Codable`, too, needs nothing more for it: the extension on
/// this protocol carries a value through any other encoder or decoder. The
/// protocol does not demand it, because a conformance that comes with one of the
/// standard library's protocols is set up while the program runs, and the
/// compiler writes code for that in every file that uses the type.
public protocol JSONCoding: Sendable {
    /// Reads the next JSON value: exactly one.
    init(from value: inout ValueReader)

    /// Writes this value as one JSON value: exactly one.
    func encode(to value: inout ValueWriter)

    /// This value as OpenAPI's parameter styles take it apart.
    ///
    /// The default goes through the JSON form.
    func parameterForm() -> ParameterForm

    /// Reads a JSON array of such values.
    ///
    /// Arrays are read through the type itself, so that an optimized build has
    /// a form of it made for the type. The default will do.
    static func readArray(from value: inout ValueReader) -> [Self]
}

/// A type whose JSON form is an object, and which is `Codable`.
public typealias JSONCodable = JSONObjectCoding & Codable

/// A type whose JSON form is an object.
public protocol JSONObjectCoding: JSONCoding {
    /// Reads the members of one JSON object.
    init(from object: inout ObjectReader)

    /// Writes the members of one JSON object.
    func encode(to object: inout ObjectWriter)
}

extension JSONObjectCoding {
    public init(from value: inout ValueReader) {
        var object = ObjectReader(entering: value.state, for: MemoryLayout<Self>.size)
        self.init(from: &object)
        object.finish()
    }

    @inlinable
    public func encode(to value: inout ValueWriter) {
        var object = ObjectWriter(entering: value.state, for: MemoryLayout<Self>.size)
        encode(to: &object)
        object.finish()
    }
}

/// One of several types, told apart in the JSON text, and `Codable`.
///
/// The conforming type implements both requirements of ``JSONCoding`` itself,
/// with ``ValueReader/kind``, ``ValueReader/text(at:)``,
/// ``ValueReader/has(_:)`` and ``ValueReader/score(of:)``.
public typealias JSONUnion = JSONCoding & Codable
