/// How the pages of an operation follow each other: where a page says what comes
/// after it, and where the next request says which page it is for.
///
/// Places in bodies are JSON Pointers (RFC 6901). Beyond that, `-1` stands for the
/// last element of an array: `/data/-1/id`.
public struct Pagination: Sendable {
    enum Style: Sendable {
        /// What the response says goes into a parameter.
        case value(PageParameter, PageValue)
        /// The response has the next page's URL.
        case url(PageValue)
        /// The parameter is counted up: by one, or by the items of each page.
        case number(PageParameter, first: Int, step: Step)
    }

    enum Step: Sendable {
        case page, item
    }

    let style: Style
    let hasMore: JSONPointer?
    let isLast: JSONPointer?
    let total: JSONPointer?
    let totalPages: JSONPointer?

    private init(
        _ style: Style, hasMore: String? = nil, isLast: String? = nil, total: String? = nil, totalPages: String? = nil
    ) {
        self.style = style
        self.hasMore = hasMore.map(JSONPointer.init)
        self.isLast = isLast.map(JSONPointer.init)
        self.total = total.map(JSONPointer.init)
        self.totalPages = totalPages.map(JSONPointer.init)
    }

    /// Each page has a value that asks for the next one. A page without it is the last.
    ///
    /// - Parameters:
    ///   - hasMore: Where a page says whether there is one after it.
    ///   - isLast: Where a page says whether it is the last.
    public static func cursor(
        _ parameter: PageParameter, next: PageValue, hasMore: String? = nil, isLast: String? = nil
    ) -> Pagination {
        Pagination(.value(parameter, next), hasMore: hasMore, isLast: isLast)
    }

    /// Each page has the next one's URL. A page without it is the last.
    public static func nextURL(_ next: PageValue, hasMore: String? = nil, isLast: String? = nil) -> Pagination {
        Pagination(.url(next), hasMore: hasMore, isLast: isLast)
    }

    /// Each response has a `Link` field with the relation `next` (RFC 8288).
    public static var link: Pagination { Pagination(.url(.link)) }

    /// Pages have numbers. The last one is the one that the response says is, or
    /// else the first without items.
    ///
    /// - Parameters:
    ///   - first: The number of the first page.
    ///   - total: Where a page says how many items there are.
    ///   - totalPages: Where a page says how many pages there are.
    public static func page(
        _ parameter: PageParameter, first: Int = 1, hasMore: String? = nil, isLast: String? = nil, total: String? = nil,
        totalPages: String? = nil
    ) -> Pagination {
        Pagination(
            .number(parameter, first: first, step: .page), hasMore: hasMore, isLast: isLast, total: total, totalPages: totalPages)
    }

    /// A page begins after so many items. The last one is the one that the response
    /// says is, or else the first without items.
    ///
    /// - Parameters:
    ///   - first: What asks for the first page: 1 where items are counted from 1.
    ///   - total: Where a page says how many items there are.
    public static func offset(
        _ parameter: PageParameter, first: Int = 0, hasMore: String? = nil, isLast: String? = nil, total: String? = nil
    ) -> Pagination {
        Pagination(.number(parameter, first: first, step: .item), hasMore: hasMore, isLast: isLast, total: total)
    }

    /// The parameter that says which page is asked for; `nil` where a URL does.
    var parameter: PageParameter? {
        switch style {
        case .value(let parameter, _), .number(let parameter, _, _): parameter
        case .url: nil
        }
    }
}

/// Where a request says which page it is for.
public struct PageParameter: Sendable, ExpressibleByStringLiteral {
    enum Place: Sendable {
        case query(String)
        case header(String)
        case body(JSONPointer)
    }

    let place: Place

    /// A parameter of the query.
    public init(stringLiteral name: String) { self = .query(name) }

    private init(_ place: Place) {
        self.place = place
    }

    /// A parameter of the query.
    public static func query(_ name: String) -> PageParameter { PageParameter(.query(name)) }

    /// A header field.
    public static func header(_ name: String) -> PageParameter { PageParameter(.header(name)) }

    /// A member of a JSON body, by its JSON Pointer.
    public static func body(_ pointer: String) -> PageParameter { PageParameter(.body(JSONPointer(pointer))) }
}

/// Where a response says what comes after it.
public struct PageValue: Sendable, ExpressibleByStringLiteral {
    enum Place: Sendable {
        case body(JSONPointer)
        case header(String)
        case link
    }

    let place: Place

    /// A member of the JSON body, by its JSON Pointer.
    public init(stringLiteral pointer: String) { self = .body(pointer) }

    private init(_ place: Place) {
        self.place = place
    }

    /// A member of the JSON body, by its JSON Pointer.
    public static func body(_ pointer: String) -> PageValue { PageValue(.body(JSONPointer(pointer))) }

    /// A header field.
    public static func header(_ name: String) -> PageValue { PageValue(.header(name)) }

    /// The target of the `Link` field's relation `next` (RFC 8288).
    public static var link: PageValue { PageValue(.link) }
}
