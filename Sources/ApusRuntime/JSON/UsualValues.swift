/// Values of the types that most are, each in one call: the name, the value, and the comma
/// behind it. Where a client is optimized, which of these it is costs nothing.
extension WriterState {
    /// Writes a member, or an element if there is no name.
    ///
    /// - Returns: `false` for a value of another type, of which nothing is written.
    @inlinable
    @inline(__always)
    mutating func writeUsual<T>(_ value: T, named name: StaticString?) -> Bool {
        if T.self == String.self {
            write(unsafeBitCast(value, to: String.self), named: name)
        } else if T.self == Int.self {
            write(Int64(unsafeBitCast(value, to: Int.self)), named: name)
        } else if T.self == Int64.self {
            write(unsafeBitCast(value, to: Int64.self), named: name)
        } else if T.self == Int32.self {
            write(Int64(unsafeBitCast(value, to: Int32.self)), named: name)
        } else if T.self == Double.self {
            write(unsafeBitCast(value, to: Double.self), named: name)
        } else if T.self == Bool.self {
            write(unsafeBitCast(value, to: Bool.self), named: name)
        } else {
            return false
        }
        return true
    }

    @usableFromInline
    mutating func write(_ text: String, named name: StaticString?) {
        guard begin(name) else { return }
        append(quoted: text)
        append(UInt8(ascii: ","))
    }

    @usableFromInline
    mutating func write(_ integer: Int64, named name: StaticString?) {
        guard begin(name) else { return }
        append(integer: integer)
        append(UInt8(ascii: ","))
    }

    @usableFromInline
    mutating func write(_ number: Double, named name: StaticString?) {
        guard begin(name) else { return }
        append(number)
        append(UInt8(ascii: ","))
    }

    @usableFromInline
    mutating func write(_ value: Bool, named name: StaticString?) {
        guard begin(name) else { return }
        append(value ? "true," : "false,")
    }

    /// Writes the name of a member, unless nothing more is written.
    @inline(__always)
    private mutating func begin(_ name: StaticString?) -> Bool {
        if let name { beginMember(name) } else { remainingDepth >= 0 }
    }
}
