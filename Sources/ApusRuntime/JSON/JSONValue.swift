#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Any JSON value.
///
///     let value: JSONValue = ["name": "Ada", "tags": ["a", "b"], "age": 36, "nickname": nil]
///     value["tags"]?[0]?.string   // "a"
public enum JSONValue: Hashable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number, with all of its digits.
    case number(JSONNumber)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONValue])
    /// An object. Its members have no order.
    case object([String: JSONValue])

    // MARK: Access

    /// Whether the value is `null`.
    public var isNull: Bool { self == .null }

    /// The Boolean, if the value is one.
    public var bool: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number, exactly as written.
    public var number: JSONNumber? {
        if case .number(let value) = self { value } else { nil }
    }

    /// The number as an `Int`, if it is one.
    public var int: Int? { number?.int }

    /// The number as the nearest `Double`, or `nil` beyond its range.
    public var double: Double? { number?.double }

    /// The string, if the value is one.
    public var string: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements, if the value is an array.
    public var array: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members, if the value is an object.
    public var object: [String: JSONValue]? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member of this name, if this is an object that has it.
    public subscript(name: String) -> JSONValue? {
        object?[name]
    }

    /// The element at this index, if this is an array that has it.
    public subscript(index: Int) -> JSONValue? {
        guard let array, array.indices.contains(index) else { return nil }
        return array[index]
    }
}

// Texts are equal when their code points are (RFC 8259, section 8.3).
extension JSONValue {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left == right
        case (.string(let left), .string(let right)): ExactText.isEqual(left, right)
        case (.array(let left), .array(let right)): left == right
        case (.object(let left), .object(let right)): left == right
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .null:
            hasher.combine(0)
        case .bool(let value):
            hasher.combine(1)
            hasher.combine(value)
        case .number(let value):
            hasher.combine(2)
            hasher.combine(value)
        case .string(let value):
            hasher.combine(3)
            ExactText.hash(value, into: &hasher)
        case .array(let elements):
            hasher.combine(4)
            hasher.combine(elements)
        case .object(let members):
            hasher.combine(5)
            hasher.combine(members)
        }
    }
}

extension JSONValue: JSONCoding, Codable {
    public init(from value: inout ValueReader) {
        if value.state.pointee.isTrying {
            // Any value fits.
            value.state.pointee.skipValue()
            self = .null
            return
        }
        switch value.kind {
        case .object: self = .object(.init(from: &value))
        case .array: self = .array(.init(from: &value))
        case .string: self = .string(.init(from: &value))
        case .number: self = .number(.init(from: &value))
        case .bool: self = .bool(.init(from: &value))
        case .null:
            value.null()
            self = .null
        }
    }

    public func encode(to value: inout ValueWriter) {
        switch self {
        case .null: value.null()
        case .bool(let content): value.bool(content)
        case .number(let content): value.number(content)
        case .string(let content): value.string(content)
        case .array(let content): content.encode(to: &value)
        case .object(let content): content.encode(to: &value)
        }
    }

    public init(from decoder: any Decoder) throws {
        // A number that only Decimal holds is an object to most coders.
        if let container = try? decoder.container(keyedBy: AnyName.self) {
            if DecimalMembers.areAll(container.allKeys), let number = (try? Decimal(from: decoder)).flatMap({ JSONNumber($0) }) {
                self = .number(number)
                return
            }
            var members: [String: JSONValue] = [:]
            for name in container.allKeys {
                members[name.stringValue] = try container.decode(JSONValue.self, forKey: name)
            }
            self = .object(members)
        } else if var container = try? decoder.unkeyedContainer() {
            var elements: [JSONValue] = []
            while !container.isAtEnd { elements.append(try container.decode(JSONValue.self)) }
            self = .array(elements)
        } else {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                self = .null
            } else if let value = try? container.decode(Bool.self) {
                self = .bool(value)
            } else if let value = try? container.decode(String.self) {
                self = .string(value)
            } else {
                self = .number(try JSONNumber(from: decoder))
            }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .null:
            var container = encoder.singleValueContainer()
            try container.encodeNil()
        case .bool(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .number(let value):
            try value.encode(to: encoder)
        case .string(let value):
            var container = encoder.singleValueContainer()
            try container.encode(value)
        case .array(let elements):
            var container = encoder.unkeyedContainer()
            for element in elements { try container.encode(element) }
        case .object(let members):
            var container = encoder.container(keyedBy: AnyName.self)
            for (name, value) in members { try container.encode(value, forKey: AnyName(name)) }
        }
    }
}

/// A member's name that is not known in advance.
private struct AnyName: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.init(stringValue) }
    init?(intValue: Int) { nil }
}

/// The form that Foundation's `Decimal` gives itself in coders that do not know it.
private enum DecimalMembers {
    private static let names: Set<String> = ["exponent", "length", "isNegative", "isCompact", "mantissa"]

    static func areAll(_ keys: [AnyName]) -> Bool {
        keys.count == names.count && keys.allSatisfy { names.contains($0.stringValue) }
    }
}

// MARK: Literals

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(nilLiteral: ()) { self = .null }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(integerLiteral value: Int) { self = .number(JSONNumber(value)) }
    public init(floatLiteral value: Double) { self = .number(JSONNumber(floatLiteral: value)) }
    public init(stringLiteral value: String) { self = .string(value) }
    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }

    /// Of members with the same name the last one counts.
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(Dictionary(members, uniquingKeysWith: { $1 }))
    }
}
