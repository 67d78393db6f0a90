/// A value as OpenAPI's parameter styles take it apart (OpenAPI 3.1, "Style Values").
///
/// `null` has no form in a URL, so elements and members that are `null` are
/// left out. A list or an object inside a list or an object has none either
/// and becomes its JSON text.
public enum ParameterForm: Sendable {
    /// One string.
    case text(String)
    /// Several strings, which the parameter's style joins.
    case list([String])
    /// Members in the order of the description.
    case object([(String, String)])
    /// Nothing to send: `null`.
    case none
}

extension ParameterForm: Equatable {
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.text(let left), .text(let right)): left == right
        case (.list(let left), .list(let right)): left == right
        case (.object(let left), .object(let right)): left.elementsEqual(right, by: ==)
        case (.none, .none): true
        case (.text, _), (.list, _), (.object, _), (.none, _): false
        }
    }
}

extension JSONCoding {
    /// Takes apart the JSON form; `.none` if there is none because a number in it is not finite.
    public func parameterForm() -> ParameterForm {
        guard let bytes = try? JSON.bytes(of: self), let form = try? JSON.decode(FormOfText.self, from: bytes) else {
            return .none
        }
        return form.form
    }

    /// This value within a list or an object; `nil` for `null`.
    func nestedParameterText() -> String? {
        switch parameterForm() {
        case .text(let text): text
        case .none: nil
        case .list, .object: (try? JSON.bytes(of: self)).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}

/// Reads the parameter form from JSON text, which keeps the order of members.
private struct FormOfText: JSONCoding {
    let form: ParameterForm

    init(from value: inout ValueReader) {
        switch value.kind {
        case .object:
            var members: [(String, String)] = []
            var names = MemberNames(entering: value.state)
            while let name = names.next() {
                if let text = NestedText(from: &value).text { members.append((name, text)) }
            }
            form = .object(members)
        case .array:
            form = .list(value.read([NestedText].self).compactMap(\.text))
        case .string, .number, .bool, .null:
            form = NestedText(from: &value).text.map { .text($0) } ?? .none
        }
    }

    func encode(to value: inout ValueWriter) { value.null() }
}

/// A string's content, or the text of any other value as it stands; `nil` for `null`.
private struct NestedText: JSONCoding {
    let text: String?

    init(from value: inout ValueReader) {
        switch value.kind {
        case .string:
            text = value.read()
        case .null:
            value.null()
            text = nil
        case .object, .array, .number, .bool:
            let start = value.state.pointee.cursor
            value.state.pointee.skipValue()
            let bytes = UnsafeBufferPointer(start: start, count: value.state.pointee.cursor - start)
            text = String(decoding: bytes, as: UTF8.self)
        }
    }

    func encode(to value: inout ValueWriter) { value.null() }
}
