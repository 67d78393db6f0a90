/// How a value is written into a path (OpenAPI Parameter Object, "Style Values").
public enum PathStyle: Sendable, Hashable {
    /// `blue` or `blue,black` (RFC 6570 section 3.2.2).
    case simple
    /// `.blue` (RFC 6570 section 3.2.5).
    case label
    /// `;color=blue` (RFC 6570 section 3.2.7).
    case matrix
    /// `blue%20black` (`collectionFormat: ssv` of Swagger 2.0).
    case spaceDelimited
    /// `blue%7Cblack` (`collectionFormat: pipes`).
    case pipeDelimited
    /// `blue%09black` (`collectionFormat: tsv`).
    case tabDelimited
    /// The value's JSON text, for a parameter with `content: application/json`.
    case json
}

/// How a value is written into a query (OpenAPI Parameter Object, "Style Values").
public enum QueryStyle: Sendable, Hashable {
    /// `color=blue&color=black`, or `color=blue,black` if not exploded (RFC 6570 section 3.2.8).
    case form
    /// `color=blue%20black`.
    case spaceDelimited
    /// `color=blue%7Cblack`.
    case pipeDelimited
    /// `color=blue%09black` (`collectionFormat: tsv` of Swagger 2.0).
    case tabDelimited
    /// `color[R]=100&color[G]=200`, with the brackets encoded as RFC 3986
    /// section 3.4 requires. OpenAPI says nothing of what is deeper: members
    /// of members are written `color[R][low]=1`, elements of lists `color[]=1`,
    /// which is what most servers read.
    case deepObject
}

/// How a value is written into a header field.
public enum HeaderStyle: Sendable, Hashable {
    /// `blue,black` (OpenAPI Parameter Object, "Style Values").
    case simple
    /// `blue black` (`collectionFormat: ssv` of Swagger 2.0).
    case spaceDelimited
    /// `blue|black` (`collectionFormat: pipes`).
    case pipeDelimited
    /// `blue<tab>black` (`collectionFormat: tsv`).
    case tabDelimited

    var separator: String {
        switch self {
        case .simple: ","
        case .spaceDelimited: " "
        case .pipeDelimited: "|"
        case .tabDelimited: "\t"
        }
    }
}

/// How a value is written into the `Cookie` field (OpenAPI Parameter Object, "Style Values").
public enum CookieStyle: Sendable, Hashable {
    /// As in a query: percent-encoded.
    case form
    /// As it is (RFC 6265 section 4.2.1).
    case cookie
}
