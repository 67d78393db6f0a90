/// An enumeration whose undocumented values are kept, not refused: an API may
/// add one at any time.
///
///     enum Status: OpenEnum {
///         case active, retired
///         case unknown(String)
///         static let allCases: [Self] = [.active, .retired]
///         var rawValue: String { … }
///     }
///
/// Two values are equal when their raw values are.
public protocol OpenEnum: JSONCoding, Codable, Hashable, RawRepresentable, CaseIterable
where RawValue: JSONCoding & Codable & Hashable, AllCases == [Self] {
    /// A value that the description does not list.
    static func unknown(_ rawValue: RawValue) -> Self

    /// The value that the description lists with this raw value; else `.unknown`.
    init(rawValue: RawValue)
}

extension OpenEnum {
    /// A linear search: a form of it for each enumeration is small, and as fast as a `switch`.
    @inlinable
    public init(rawValue: RawValue) {
        for value in Self.allCases where value.rawValue == rawValue {
            self = value
            return
        }
        self = .unknown(rawValue)
    }

    public init(from value: inout ValueReader) {
        self.init(rawValue: RawValue(from: &value))
        // Of several enumerations one that lists the value is meant.
        if value.state.pointee.isTrying { value.state.pointee.trials.score += Self.allCases.contains(self) ? 1 : 0 }
    }

    public func encode(to value: inout ValueWriter) {
        rawValue.encode(to: &value)
    }

    /// The raw value, as a parameter is sent.
    public func parameterForm() -> ParameterForm {
        rawValue.parameterForm()
    }

    public static func == (left: Self, right: Self) -> Bool {
        left.rawValue == right.rawValue
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(rawValue)
    }

    /// Reads a raw value from any decoder.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        self.init(rawValue: try decoder.singleValueContainer().decode(RawValue.self))
    }

    /// Writes the raw value to any encoder.
    ///
    /// - Throws: `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }
}

// Texts are compared code point by code point, as JSON Schema's `enum` demands.
// Swift's comparison takes equivalent texts for equal, and takes long for those of
// many combining marks.
extension OpenEnum where RawValue == String {
    /// The case of a raw value, or ``unknown(_:)``.
    @inlinable
    public init(rawValue: String) {
        for value in Self.allCases where ExactText.isEqual(value.rawValue, rawValue) {
            self = value
            return
        }
        self = .unknown(rawValue)
    }

    public static func == (left: Self, right: Self) -> Bool {
        ExactText.isEqual(left.rawValue, right.rawValue)
    }

    public func hash(into hasher: inout Hasher) {
        ExactText.hash(rawValue, into: &hasher)
    }
}
