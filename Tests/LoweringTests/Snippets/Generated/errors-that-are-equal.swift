extension SnippetAPI.Client {
    public enum AddJob {}
}

extension SnippetAPI.Client.AddJob {
    public enum Failure: Sendable {
        case unauthorized(UnauthorizedError)
        case forbidden(ForbiddenError)
        case problem(SnippetAPI.Problem)
    }

    public typealias ForbiddenError = UnauthorizedError

    public struct UnauthorizedError: JSONCodable {
        public var message: String?

        public init(message: String? = nil) {
            self.message = message
        }

        public init(from object: inout ObjectReader) {
            self.message = object.optional("message")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("message", message)
        }
    }
}

extension SnippetAPI.Client {
    /// `POST /jobs`
    public func addJob() async throws(APIError<AddJob.Failure>) {
        let request = Request(.post, "/jobs", operation: "addJob")
        try await send(
            request,
            as: .empty,
            errors: .cases([
                .json(401, AddJob.Failure.unauthorized),
                .json(403, AddJob.Failure.forbidden),
                .json(409, AddJob.Failure.problem),
                .json(410, AddJob.Failure.problem)
            ])
        )
    }
}

extension SnippetAPI.Client.Errors {
    public typealias AddJob = APIError<SnippetAPI.Client.AddJob.Failure>
}

extension SnippetAPI {
    public struct Problem: JSONCodable {
        public var title: String?

        public init(title: String? = nil) {
            self.title = title
        }

        public init(from object: inout ObjectReader) {
            self.title = object.optional("title")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("title", title)
        }
    }
}
