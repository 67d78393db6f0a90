/// How a member of a form is written (OpenAPI Encoding Object, `style`,
/// `explode` and `allowReserved`): as a query parameter of that style.
public struct FormStyle: Sendable {
    private let style: QueryStyle
    private let explode: Bool
    private let allowReserved: Bool

    /// Creates a style.
    public init(_ style: QueryStyle, explode: Bool, allowReserved: Bool = false) {
        self.style = style
        self.explode = explode
        self.allowReserved = allowReserved
    }

    func append(_ name: String, _ value: NestedForm, to text: inout String) {
        switch value {
        case .none: break
        case .text(let value): pair(name, value, to: &text)
        case .list(let elements, _):
            if style == .deepObject {
                for element in elements { append("\(name)[]", element, to: &text) }
            } else if explode {
                for element in elements { pair(name, Self.flat(element), to: &text) }
            } else if !elements.isEmpty {
                pair(name, elements.map(Self.flat).joined(separator: separator), to: &text)
            }
        case .object(let members, _):
            if style == .deepObject {
                for member in members { append("\(name)[\(member.name)]", member.value, to: &text) }
            } else if explode {
                for member in members { pair(member.name, Self.flat(member.value), to: &text) }
            } else if !members.isEmpty {
                pair(name, members.flatMap { [$0.name, Self.flat($0.value)] }.joined(separator: separator), to: &text)
            }
        }
    }

    private var separator: String {
        switch style {
        case .form, .deepObject: ","
        case .spaceDelimited: " "
        case .pipeDelimited: "|"
        case .tabDelimited: "\t"
        }
    }

    /// What has no form inside a list or an object is its JSON text.
    private static func flat(_ value: NestedForm) -> String {
        switch value {
        case .none: ""
        case .text(let text): text
        case .list(_, let json), .object(_, let json): json
        }
    }

    private func pair(_ name: String, _ value: String, to text: inout String) {
        if !text.isEmpty { text += "&" }
        PercentEncoding.append(name, to: &text, keeping: .form, spaceAsPlus: true)
        text += "="
        if allowReserved {
            PercentEncoding.append(value, to: &text, keeping: .reservedQueryValue, keepsTriplets: true)
        } else {
            PercentEncoding.append(value, to: &text, keeping: .form, spaceAsPlus: true)
        }
    }
}
