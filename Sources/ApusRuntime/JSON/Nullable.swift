/// A value that a description allows to be `null`.
///
/// As the optional type of a property it tells three things apart: `nil`
/// leaves the member out, `.null` sends `null`, `.value(…)` sends a value. A
/// partial update (PATCH) needs all of them.
public enum Nullable<Value> {
    /// `null` is sent.
    case null
    /// The value is sent.
    case value(Value)

    /// The value, or `nil` for `null`.
    public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }

    /// Makes `.null` of `nil`.
    public init(_ value: Value?) {
        self = value.map { .value($0) } ?? .null
    }
}

extension Nullable: Sendable where Value: Sendable {}
extension Nullable: Equatable where Value: Equatable {}
extension Nullable: Hashable where Value: Hashable {}

extension Nullable: Encodable where Value: Encodable {
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .value(let value): try container.encode(value)
        }
    }
}

extension Nullable: Decodable where Value: Decodable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        self = container.decodeNil() ? .null : .value(try container.decode(Value.self))
    }
}

extension Nullable: JSONCoding where Value: JSONCoding {
    public init(from value: inout ValueReader) {
        if value.kind == .null {
            value.null()
            self = .null
        } else {
            self = .value(Value(from: &value))
        }
    }

    public func encode(to value: inout ValueWriter) {
        switch self {
        case .null: value.null()
        case .value(let content): content.encode(to: &value)
        }
    }

    public func parameterForm() -> ParameterForm {
        value?.parameterForm() ?? .none
    }
}

extension Nullable: ExpressibleByUnicodeScalarLiteral where Value: ExpressibleByUnicodeScalarLiteral {
    public init(unicodeScalarLiteral value: Value.UnicodeScalarLiteralType) {
        self = .value(Value(unicodeScalarLiteral: value))
    }
}

extension Nullable: ExpressibleByExtendedGraphemeClusterLiteral where Value: ExpressibleByExtendedGraphemeClusterLiteral {
    public init(extendedGraphemeClusterLiteral value: Value.ExtendedGraphemeClusterLiteralType) {
        self = .value(Value(extendedGraphemeClusterLiteral: value))
    }
}

extension Nullable: ExpressibleByStringLiteral where Value: ExpressibleByStringLiteral {
    public init(stringLiteral value: Value.StringLiteralType) {
        self = .value(Value(stringLiteral: value))
    }
}

extension Nullable: ExpressibleByIntegerLiteral where Value: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Value.IntegerLiteralType) {
        self = .value(Value(integerLiteral: value))
    }
}

extension Nullable: ExpressibleByFloatLiteral where Value: ExpressibleByFloatLiteral {
    public init(floatLiteral value: Value.FloatLiteralType) {
        self = .value(Value(floatLiteral: value))
    }
}

extension Nullable: ExpressibleByBooleanLiteral where Value: ExpressibleByBooleanLiteral {
    public init(booleanLiteral value: Value.BooleanLiteralType) {
        self = .value(Value(booleanLiteral: value))
    }
}
