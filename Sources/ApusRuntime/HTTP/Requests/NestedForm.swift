/// A value taken apart to the bottom, members in the description's order and `null` left out.
///
/// ``ParameterForm`` goes one level deep, which is all that most styles can
/// write; `deepObject` and forms go further.
enum NestedForm: Sendable {
    case text(String)
    /// With its JSON text.
    case list([NestedForm], json: String)
    /// With its JSON text.
    case object([(name: String, value: NestedForm)], json: String)
    case none

    /// Takes a value's JSON form apart.
    ///
    /// - Throws: If it has none.
    init<Value: JSONCoding>(_ value: Value) throws(JSONError) {
        self = try JSON.decode(NestedFormReading.self, from: JSON.encode(value, omittingReadOnly: true)).form
    }
}

/// Reads a ``NestedForm`` from JSON text.
private struct NestedFormReading: JSONCoding {
    let form: NestedForm

    init(from value: inout ValueReader) {
        let start = value.state.pointee.cursor
        switch value.kind {
        case .object:
            var members: [(name: String, value: NestedForm)] = []
            var names = MemberNames(entering: value.state)
            while let name = names.next() {
                members.append((name, NestedFormReading(from: &value).form))
            }
            form = .object(members, json: Self.text(from: start, in: value))
        case .array:
            let elements = value.read([NestedFormReading].self).map(\.form)
            form = .list(elements, json: Self.text(from: start, in: value))
        case .string:
            form = .text(value.read())
        case .number, .bool:
            value.state.pointee.skipValue()
            form = .text(Self.text(from: start, in: value))
        case .null:
            value.null()
            form = .none
        }
    }

    private static func text(from start: UnsafePointer<UInt8>, in value: borrowing ValueReader) -> String {
        let count = value.state.pointee.cursor - start
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    // It is only ever read; the protocol wants both.
    func encode(to value: inout ValueWriter) {
        switch form {
        case .text(let text): value.string(text)
        case .list(_, let json), .object(_, let json): value.string(json)
        case .none: value.null()
        }
    }
}
