extension SnippetAPI.Client {
    public enum ListItems {}
}

extension SnippetAPI.Client.ListItems {
    /// The header fields of a response of `listItems`.
    public struct Headers: ResponseHeaders {
        public let next: String?

        /// How many there are.
        public let total: Int?

        public init(from response: Response) {
            next = response.header("X-Next")
            total = response.header("X-Total")
        }
    }
}

extension SnippetAPI.Client {
    /// `GET /items`
    ///
    /// The response's header fields: ``ListItems.Headers``.
    public func listItems() async throws(APIError<Never>) -> [String] {
        let request = Request(.get, "/items", operation: "listItems")
        return try await send(request, as: .json, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias ListItems = APIError<Never>
}
