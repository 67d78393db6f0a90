extension SnippetAPI.Client {
    /// `GET /items/{item_id}`
    public func readItem(itemID: String) async throws(APIError<Never>) {
        let request = Request(
            .get,
            "/items/\(itemID)",
            operation: "read_item_items__item_id__get",
            template: "/items/{item_id}"
        )
        try await send(request, as: .empty, errors: .none)
    }

    /// `GET /things`
    public func getThings() async throws(APIError<Never>) {
        let request = Request(.get, "/things", operation: "GET /things")
        try await send(request, as: .empty, errors: .none)
    }

    /// `POST /things`
    public func thingsCreate() async throws(APIError<Never>) {
        let request = Request(.post, "/things", operation: "things/create")
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias ReadItem = APIError<Never>
    public typealias GetThings = APIError<Never>
    public typealias ThingsCreate = APIError<Never>
}
