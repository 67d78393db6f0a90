/// How a parameter stands in a request (OpenAPI Parameter Object).
public enum ParameterPlace: Sendable {
    /// A part of the path.
    case path(ParameterStyle = .simple, explode: Bool = false)
    /// - Parameter besides: The names of the other parameters, which are no members of an
    ///   object that is written apart.
    case query(ParameterStyle = .form, explode: Bool = true, besides: [String] = [])
    /// The whole query (OpenAPI 3.2).
    case queryString(ParameterStyle = .form)
    /// A field of the header.
    case header(ParameterStyle = .simple, explode: Bool = false)
    /// A cookie.
    case cookie(ParameterStyle = .form, explode: Bool = true)
}

/// OpenAPI's `style`, and `json` for a parameter with `content`.
public enum ParameterStyle: Sendable {
    /// `1,2`.
    case simple
    /// `.1.2` (RFC 6570 section 3.2.5).
    case label
    /// `;ids=1,2` (RFC 6570 section 3.2.7).
    case matrix
    /// `ids=1,2`, or `ids=1&ids=2` where it is written apart.
    case form
    /// `ids=1%202`.
    case spaceDelimited
    /// `ids=1|2`.
    case pipeDelimited
    /// `ids=1%092`, of Swagger 2.0's `tsv`.
    case tabDelimited
    /// `filter[name]=x`.
    case deepObject
    /// As ``form``, with `; ` between cookies (OpenAPI 3.2).
    case cookie
    /// A JSON text.
    case json

    /// What stands between the elements of a list that is not written apart.
    var separator: String {
        switch self {
        case .spaceDelimited: " "
        case .pipeDelimited: "|"
        case .tabDelimited: "\t"
        case .simple, .label, .matrix, .form, .deepObject, .cookie, .json: ","
        }
    }
}
