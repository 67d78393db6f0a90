/// The items of all pages of an operation, one after the other.
///
///     for try await pet in client.listPets(.all, limit: 50) { … }
///
/// Nothing is asked for before it is needed: a page is requested when the items before
/// it have been used up. An error leaves the iterator where it is, so that the next
/// call of `next()` asks for the same page again. Each page is a call of its own for
/// the client's options: retries, limits of time, middleware.
public struct PagedItems<Page: Sendable, Item: Sendable, Documented: Sendable>: AsyncSequence, Sendable {
    public typealias Element = Item

    /// The pages, with what is around their items.
    public let pages: PageSequence<Page, Item, Documented>

    /// Lets an operation page of which the description does not say how it does.
    ///
    ///     let items = PagedItems(of: client, by: .cursor("after", next: "/next"), items: { $0.data }) {
    ///         client throws(APIError<Problem>) in try await client.listThings(limit: 50)
    ///     }
    ///
    /// - Parameters:
    ///   - range: Where the pages begin.
    ///   - client: The client that asks for them.
    ///   - pagination: How the pages follow each other.
    ///   - items: The items of a page.
    ///   - call: Asks for one page: calls one operation of the client it is given, always with the
    ///     same parameters. Those that ask for a page are for the first one.
    public init<Client: APIClient>(
        _ range: PageRange = .all, of client: Client, by pagination: Pagination, items: @escaping @Sendable (Page) -> [Item],
        call: @escaping @Sendable (Client) async throws(APIError<Documented>) -> Page
    ) {
        pages = PageSequence(range, of: client, by: pagination, items: items, call: call)
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(pages.makeAsyncIterator())
    }

    /// Goes through the items.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private var pages: PageSequence<Page, Item, Documented>.AsyncIterator
        private var items: [Item] = []
        private var position = 0

        fileprivate init(_ pages: PageSequence<Page, Item, Documented>.AsyncIterator) {
            self.pages = pages
        }

        /// Where the page after the current one begins; `nil` after the last page, and before the first.
        public var continuation: PageContinuation? { pages.continuation }

        /// - Throws: What the operation throws, and an ``APIError`` with a ``PaginationError``.
        public mutating func next() async throws(APIError<Documented>) -> Item? {
            while position == items.count {
                guard let page = try await pages.next() else { return nil }
                items = page.items
                position = 0
            }
            position += 1
            return items[position - 1]
        }
    }
}

/// The pages of an operation, one after the other.
public struct PageSequence<Page: Sendable, Item: Sendable, Documented: Sendable>: AsyncSequence, Sendable {
    public typealias Element = PageResponse<Page, Item>

    private let walk: PageWalk
    private let maximumPages: Int
    private let items: @Sendable (Page) -> [Item]
    private let call: @Sendable (PageContinuation?) async throws(APIError<Documented>) -> (Page, PageTurn)

    init<Client: APIClient>(
        _ range: PageRange, of client: Client, by pagination: Pagination, items: @escaping @Sendable (Page) -> [Item],
        call: @escaping @Sendable (Client) async throws(APIError<Documented>) -> Page
    ) {
        walk = PageWalk(pagination, from: range)
        maximumPages = client.core.options.maximumPages
        self.items = items
        self.call = { continuation throws(APIError<Documented>) in
            let turn = PageTurn(pagination, continuation, within: client.core.recorder)
            var client = client
            client.core.recorder = turn.responses
            client.core.pageTurn = turn
            // A key is for one call, and each page is one.
            if continuation != nil, client.core.options.idempotencyKey != nil { client.core.options.idempotencyKey = nil }
            return (try await call(client), turn)
        }
    }

    public func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(self)
    }

    /// Goes through the pages.
    public struct AsyncIterator: AsyncIteratorProtocol {
        private let sequence: PageSequence
        private var walk: PageWalk

        fileprivate init(_ sequence: PageSequence) {
            self.sequence = sequence
            walk = sequence.walk
        }

        /// Where the next page begins; `nil` after the last page, and before the first.
        public var continuation: PageContinuation? { walk.continuation }

        /// - Throws: What the operation throws, and an ``APIError`` with a ``PaginationError``.
        public mutating func next() async throws(APIError<Documented>) -> PageResponse<Page, Item>? {
            if walk.isFinished { return nil }
            if let fault = walk.fault { throw APIError(fault) }
            guard walk.pageCount < sequence.maximumPages else {
                throw APIError(PaginationError.tooManyPages(limit: sequence.maximumPages))
            }
            let (page, turn) = try await sequence.call(walk.continuation)
            let response = turn.responses.last ?? Response(status: .init(code: 0), operation: "")
            let items = sequence.items(page)
            walk.pass(response, start: turn.start, count: items.count)
            return PageResponse(body: page, items: items, response: response, continuation: walk.continuation)
        }
    }
}

/// One page of an operation.
public struct PageResponse<Page: Sendable, Item: Sendable>: Sendable {
    /// What the operation's method returns.
    public let body: Page

    /// The items in it.
    public let items: [Item]

    /// The response: status, header fields.
    public let response: Response

    /// Where the next page begins; `nil` where this is the last one.
    public let continuation: PageContinuation?
}
