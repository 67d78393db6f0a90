extension SnippetAPI.Client {
    /// `GET /both`
    public func getBoth() async throws(APIError<Never>) {
        let request = Request(
            .get,
            "/both",
            operation: "getBoth",
            security: [["key": [], "token": ["read"]]]
        )
        try await send(request, as: .empty, errors: .none)
    }

    /// `GET /either`
    public func getEither() async throws(APIError<Never>) {
        let request = Request(
            .get,
            "/either",
            operation: "getEither",
            security: [["key": []], ["token": ["read", "write"]], [:]]
        )
        try await send(request, as: .empty, errors: .none)
    }

    /// `GET /open`
    public func getOpen() async throws(APIError<Never>) {
        let request = Request(.get, "/open", operation: "getOpen", security: [])
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias GetBoth = APIError<Never>
    public typealias GetEither = APIError<Never>
    public typealias GetOpen = APIError<Never>
}
