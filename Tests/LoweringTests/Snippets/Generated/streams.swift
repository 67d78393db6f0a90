extension SnippetAPI.Client {
    public enum Rows {}
}

extension SnippetAPI.Client.Rows {
    public struct ResponseItem: JSONCodable {
        public var id: Int?

        public init(id: Int? = nil) {
            self.id = id
        }

        public init(from object: inout ObjectReader) {
            self.id = object.optional("id")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("id", id)
        }
    }
}

extension SnippetAPI.Client {
    /// `GET /events`
    public func watch() async throws(APIError<Never>) -> EventStream<String> {
        let request = Request(.get, "/events", operation: "watch")
        return try await send(request, as: .items, errors: .none)
    }

    /// `GET /picture`
    public func picture() async throws(APIError<Never>) -> HTTPBody {
        let request = Request(.get, "/picture", operation: "picture", accept: "image/png")
        return try await send(request, as: .stream, errors: .none)
    }

    /// `GET /rows`
    public func rows() async throws(APIError<Never>) -> ItemStream<Rows.ResponseItem> {
        let request = Request(.get, "/rows", operation: "rows", accept: "application/jsonl")
        return try await send(request, as: .items, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias Watch = APIError<Never>
    public typealias Picture = APIError<Never>
    public typealias Rows = APIError<Never>
}
