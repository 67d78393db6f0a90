extension SnippetAPI.Client {
    public enum GetJob {}
}

extension SnippetAPI.Client.GetJob {
    public struct ConflictError: JSONCodable {
        public var owner: String?

        public init(owner: String? = nil) {
            self.owner = owner
        }

        public init(from object: inout ObjectReader) {
            self.owner = object.optional("owner")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("owner", owner)
        }
    }

    public enum Failure: Sendable {
        case problem(SnippetAPI.Problem)
        case conflict(ConflictError)
    }

    public struct Response: JSONCodable {
        public var wait: Int?

        public init(wait: Int? = nil) {
            self.wait = wait
        }

        public init(from object: inout ObjectReader) {
            self.wait = object.optional("wait")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("wait", wait)
        }
    }

    public enum Result: Sendable {
        case job(SnippetAPI.Job)
        case accepted(Response)
    }
}

extension SnippetAPI.Client {
    /// `DELETE /jobs/{id}`
    public func deleteJob(id: String) async throws(APIError<SnippetAPI.Problem>) {
        let request = Request(
            .delete,
            "/jobs/\(id)",
            operation: "deleteJob",
            template: "/jobs/{id}"
        )
        try await send(request, as: .empty, errors: .json(SnippetAPI.Problem.self, on: 400...499))
    }

    /// `GET /jobs/{id}`
    public func getJob(id: String) async throws(APIError<GetJob.Failure>) -> GetJob.Result {
        let request = Request(.get, "/jobs/\(id)", operation: "getJob", template: "/jobs/{id}")
        return try await send(
            request,
            as: .cases([.json(200, GetJob.Result.job), .json(202, GetJob.Result.accepted)]),
            errors: .cases([
                .json(404, GetJob.Failure.problem),
                .json(409, GetJob.Failure.conflict)
            ])
        )
    }
}

extension SnippetAPI.Client.Errors {
    public typealias DeleteJob = APIError<SnippetAPI.Problem>
    public typealias GetJob = APIError<SnippetAPI.Client.GetJob.Failure>
}

extension SnippetAPI {
    public struct Job: JSONCodable {
        public var id: String

        public init(id: String) {
            self.id = id
        }

        public init(from object: inout ObjectReader) {
            self.id = object.required("id")
        }

        public func encode(to object: inout ObjectWriter) {
            object.required("id", id)
        }
    }
}

extension SnippetAPI {
    public struct Problem: JSONCodable {
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
