import Source

/// What somebody says of how the pages of an operation follow each other. Whether it
/// fits the operation is another question.
public struct PaginationRule: Hashable, Sendable {
    public enum Style: String, Hashable, Sendable, CaseIterable {
        case cursor, page, offset, url, link
    }

    /// Where the parameter is.
    public enum ParameterPlace: String, Hashable, Sendable, CaseIterable {
        case query, header, body
    }

    public var style: Style
    /// The parameter's name, or the way to it in a body.
    public var parameter: String?
    public var parameterPlace = ParameterPlace.query
    /// The way to the next value in the response's body: names with dots between
    /// them, or a JSON Pointer (RFC 6901).
    public var next: String?
    /// The response's header field that has the next value.
    public var nextHeader: String?
    /// The way to the list; an empty one where the body is the list, `nil` where it is to be found.
    public var items: String?
    public var hasMore: String?
    public var isLast: String?
    public var total: String?
    public var totalPages: String?
    /// What asks for the first page: its number, or how many items come before it.
    public var first: Int?

    /// Creates a rule.
    public init(style: Style) {
        self.style = style
    }
}

/// What a description, or the configuration, says of one operation's pages.
public struct PaginationStatement: Hashable, Sendable {
    public enum Content: Hashable, Sendable {
        case rule(PaginationRule)
        /// That there are none.
        case off
        /// Something that cannot be followed, and why.
        case unusable(String)
    }

    /// Who says it: `x-ms-pageable`.
    public var source: String
    public var content: Content
    public var location: SourceLocation

    /// Creates a statement.
    public init(source: String, content: Content, location: SourceLocation) {
        self.source = source
        self.content = content
        self.location = location
    }
}
