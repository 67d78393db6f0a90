extension SnippetAPI.Client {
    /// `POST /upload`
    public func upload() async throws(APIError<Never>) {
        let request = Request(
            .post,
            "/upload",
            operation: "upload",
            server: "https://uploads.example.com/v1"
        )
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias Upload = APIError<Never>
}
