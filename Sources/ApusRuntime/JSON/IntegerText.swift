/// A 64-bit integer that is sent as a string: `"9007199254740993"`, as the JSON form of
/// Protocol Buffers has it, and many APIs for JavaScript's sake.
///
/// In reading a number will do, too, as it does there.
public typealias StringInt64 = IntegerText<Int64>

/// As ``StringInt64``, without a sign.
public typealias StringUInt64 = IntegerText<UInt64>

/// An integer that is sent as a string of its digits.
public struct IntegerText<Value: FixedWidthInteger & JSONCoding & Codable>: Sendable, Hashable {
    /// The integer.
    public var value: Value

    /// Wraps an integer.
    public init(_ value: Value) {
        self.value = value
    }
}

extension IntegerText: JSONCoding, Codable {
    public init(from value: inout ValueReader) {
        if value.kind == .number {
            self.value = Value(from: &value)
        } else {
            self.value = value.readText("an integer in a string") { Self.integer($0) } ?? 0
        }
    }

    public func encode(to value: inout ValueWriter) {
        value.string(String(self.value))
    }

    public func parameterForm() -> ParameterForm { .text(String(value)) }

    private static func integer(_ text: UnsafeBufferPointer<UInt8>) -> Value? {
        // Swift's reading takes a plus sign, which JSON's numbers do not have.
        guard let first = text.first, first != UInt8(ascii: "+") else { return nil }
        return Value(String(decoding: text, as: UTF8.self))
    }
}

extension IntegerText: Comparable {
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

extension IntegerText: ExpressibleByIntegerLiteral {
    public init(integerLiteral value: Value.IntegerLiteralType) {
        self.value = Value(integerLiteral: value)
    }
}

extension IntegerText: CustomStringConvertible {
    public var description: String { String(value) }
}
