/// How a parameter stands in a request (OpenAPI Parameter Object).
public enum ParameterPlace: Sendable {
    case path(ParameterStyle = .simple, explode: Bool = false)
    /// - Parameter besides: The names of the other parameters, which are no members of an
    ///   object that is written apart.
    case query(ParameterStyle = .form, explode: Bool = true, besides: [String] = [])
    /// The whole query (OpenAPI 3.2).
    case queryString(ParameterStyle = .form)
    case header(ParameterStyle = .simple, explode: Bool = false)
    case cookie(ParameterStyle = .form, explode: Bool = true)
}

/// OpenAPI's `style`, and `json` for a parameter with `content`.
public enum ParameterStyle: Sendable {
    case simple, label, matrix, form, spaceDelimited, pipeDelimited, tabDelimited, deepObject, cookie, json

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
