// 2:15: the path `/invite ` has spaces around it or a fragment; read as `/invite`

extension SnippetAPI.Client {
    /// `POST /invite`
    public func invite() async throws(APIError<Never>) {
        let request = Request(.post, "/invite", operation: "invite")
        try await send(request, as: .empty, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias Invite = APIError<Never>
}
