// 2:22: the path parameter `id` is not declared; it is taken for a string

extension SnippetAPI.Client {
    /// `GET /users/{id}`
    public func getUser(id: String) async throws(APIError<Never>) {
        let request = Request(.get, "/users/\(id)", operation: "getUser", template: "/users/{id}")
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias GetUser = APIError<Never>
}
