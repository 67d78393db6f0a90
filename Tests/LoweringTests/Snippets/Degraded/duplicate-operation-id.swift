// 2:27: the operation ID `getThing` is taken; the method is called `getB`

extension SnippetAPI.Client {
    /// `GET /a`
    public func getThing() async throws(APIError<Never>) {
        let request = Request(.get, "/a", operation: "getThing")
        try await send(request, as: .empty, errors: .none)
    }

    /// `GET /b`
    public func getB() async throws(APIError<Never>) {
        let request = Request(.get, "/b", operation: "getThing")
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias GetThing = APIError<Never>
    public typealias GetB = APIError<Never>
}
