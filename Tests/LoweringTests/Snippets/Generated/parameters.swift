extension SnippetAPI.Client {
    public enum ListPosts {}
}

extension SnippetAPI.Client.ListPosts {
    public struct Filter: JSONCodable {
        public var by: String?

        public init(by: String? = nil) {
            self.by = by
        }

        public init(from object: inout ObjectReader) {
            self.by = object.optional("by")
        }

        public func encode(to object: inout ObjectWriter) {
            object.optional("by", by)
        }
    }

    public enum Sort: OpenEnum {
        case new
        case old
        /// A value that the description does not list.
        case unknown(String)

        /// The values that the description lists.
        public static let allCases: [Self] = [.new, .old]

        public var rawValue: String {
            switch self {
            case .new: "new"
            case .old: "old"
            case .unknown(let value): value
            }
        }
    }
}

extension SnippetAPI.Client {
    /// `GET /users/{id}/posts/{slug}`
    public func listPosts(
        id: Int,
        slug: [String],
        sort: ListPosts.Sort? = nil,
        tags: [String]? = nil,
        filter: ListPosts.Filter? = nil,
        xTrace: String? = nil,
        session: String? = nil
    ) async throws(APIError<Never>) -> [String] {
        var request = Request(
            .get,
            "/users/\(id)/posts/\(slug, .matrix, name: "slug", explode: true)",
            operation: "listPosts",
            template: "/users/{id}/posts/{slug}"
        )
        request.query("sort", sort)
        request.query("tags", tags, explode: false)
        request.query("filter", filter, .deepObject)
        request.header("X-Trace", xTrace)
        request.cookie("session", session)
        return try await send(request, as: .json, errors: .none)
    }
}

extension SnippetAPI.Client.Errors {
    public typealias ListPosts = APIError<Never>
}
