/// How a path parameter's value is written (OpenAPI Parameter Object, `style`).
public enum PathStyle: Sendable, Hashable {
    /// `blue,black`: RFC 6570's simple expansion.
    case simple
    /// `.blue.black`: RFC 6570's label expansion.
    case label
    /// `;color=blue,black`: RFC 6570's path-style parameters.
    case matrix
    /// The value's JSON text: the parameter has `content` in place of a schema.
    case json
}

/// How a query parameter's value is written (OpenAPI Parameter Object, `style`).
public enum QueryStyle: Sendable, Hashable {
    /// `color=blue&color=black`, or `color=blue,black` when it does not explode.
    case form
    /// `color=blue%20black`.
    case spaceDelimited
    /// `color=blue%7Cblack`.
    case pipeDelimited
    /// `color[R]=100&color[G]=200`.
    case deepObject
}

/// Puts a value's parts together by its parameter's style.
///
/// The delimiters stay as they are; what is in the parts is encoded, so that a
/// part can contain a delimiter.
enum ParameterText {
    /// Lists and objects in one text: `a,b` or `k,a,l,b`, or `k=a,l=b` when objects explode.
    static func joined(
        _ form: ParameterForm, separator: String, explode: Bool, encode: (String) -> String
    ) -> String? {
        switch form {
        case .none: nil
        case .text(let text): encode(text)
        case .list(let parts): parts.map(encode).joined(separator: separator)
        case .object(let members):
            members.map { name, value in "\(encode(name))\(explode ? "=" : separator)\(encode(value))" }
                .joined(separator: separator)
        }
    }

    /// The pairs of a query or a form.
    static func pairs(
        _ key: String, _ form: ParameterForm, _ style: QueryStyle, explode: Bool, encode: (String) -> String
    ) -> [(name: String, value: String)] {
        let name = PercentEncoding.encode(key, .unreserved)
        switch (form, style, explode) {
        case (.none, _, _):
            return []
        case (.list(let parts), _, _) where parts.isEmpty:
            return []
        case (.object(let members), _, _) where members.isEmpty:
            return []
        case (.text(let text), _, _):
            return [(name, encode(text))]
        case (.list(let parts), .deepObject, _):
            return parts.map { (name + "%5B%5D", encode($0)) }
        case (.object(let members), .deepObject, _):
            return members.map { ("\(name)%5B\(PercentEncoding.encode($0.0, .unreserved))%5D", encode($0.1)) }
        case (.list(let parts), _, true):
            return parts.map { (name, encode($0)) }
        case (.object(let members), .form, true):
            return members.map { (PercentEncoding.encode($0.0, .unreserved), encode($0.1)) }
        case (_, _, _):
            let separator =
                switch style {
                case .spaceDelimited: "%20"
                case .pipeDelimited: "%7C"
                case .form, .deepObject: ","
                }
            return joined(form, separator: separator, explode: false, encode: encode).map { [(name, $0)] } ?? []
        }
    }
}
