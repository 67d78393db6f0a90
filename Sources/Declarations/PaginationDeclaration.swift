/// Whether an operation answers with pages.
public enum PaginationDecision: Hashable, Sendable {
    /// Nothing says so.
    case none
    /// Something looks like pages, and this is why they are not taken for pages.
    case undecided(String)
    case paginated(PaginationDeclaration)

    /// The pages, where it does.
    public var declaration: PaginationDeclaration? {
        if case .paginated(let declaration) = self { declaration } else { nil }
    }
}

/// How the pages of an operation follow each other, and what their items are.
public struct PaginationDeclaration: Hashable, Sendable {
    public enum Style: Hashable, Sendable {
        case cursor(Parameter, next: Place)
        case url(Place)
        case page(Parameter, first: Int)
        case offset(Parameter, first: Int)
    }

    /// What says which page is asked for.
    public enum Parameter: Hashable, Sendable {
        case query(String)
        case header(String)
        /// A JSON Pointer (RFC 6901).
        case body(String)
    }

    /// Where a response says what comes next.
    public enum Place: Hashable, Sendable {
        /// A JSON Pointer (RFC 6901).
        case body(String)
        case header(String)
        /// The `Link` field's relation `next` (RFC 8288).
        case link
    }

    /// One step from a page to its items.
    public struct Step: Hashable, Sendable {
        /// The property's Swift name.
        public var name: String
        public var isOptional: Bool
        /// Whether it tells absent from null.
        public var isNullable: Bool

        /// Creates a step.
        public init(name: String, isOptional: Bool, isNullable: Bool) {
            self.name = name
            self.isOptional = isOptional
            self.isNullable = isNullable
        }
    }

    public var style: Style
    /// JSON Pointers to what else says where the end is.
    public var hasMore: String?
    public var isLast: String?
    public var total: String?
    public var totalPages: String?
    /// The way from a page to the list of its items.
    public var items: [Step]
    public var itemType: TypeReference
    /// What says so.
    public var reason: String

    /// Creates pages.
    public init(
        style: Style, hasMore: String? = nil, isLast: String? = nil, total: String? = nil, totalPages: String? = nil, items: [Step], itemType: TypeReference,
        reason: String
    ) {
        self.style = style
        self.hasMore = hasMore
        self.isLast = isLast
        self.total = total
        self.totalPages = totalPages
        self.items = items
        self.itemType = itemType
        self.reason = reason
    }
}

extension PaginationDeclaration.Style {
    /// What it is called in reports.
    public var name: String {
        switch self {
        case .cursor: "cursor"
        case .url(.link): "link"
        case .url(.body): "url"
        case .url(.header): "header"
        case .page: "page"
        case .offset: "offset"
        }
    }

    /// Where a response says what comes next, for reports; empty where it does not.
    public var next: String {
        switch self {
        case .cursor(_, .body(let pointer)), .url(.body(let pointer)): pointer
        case .cursor(_, .header(let name)), .url(.header(let name)): name
        case .cursor(_, .link), .url(.link): "Link"
        case .page, .offset: ""
        }
    }
}
