import ApusRuntime
import Foundation

extension CallOptions {
    /// Without retries, which have tests of their own.
    static var oneAttempt: CallOptions {
        var options = CallOptions()
        options.retries = .never
        return options
    }
}

/// What the generator makes of a description, in small.
enum ShopAPI {}

extension ShopAPI {
    struct Client: APIClient {
        var core: ClientCore

        init(
            server: String = "https://api.example.com/v1", credentials: [String: any Credential] = [:],
            security: SecurityRequirements = [["oauth2": []]], transport: any Transport,
            middleware: [any Middleware] = [], limits: ClientLimits = ClientLimits(), options: CallOptions = .oneAttempt
        ) {
            core = ClientCore(
                serverURL: server, credentials: credentials, security: security, transport: transport,
                middleware: middleware, limits: limits, options: options)
        }
    }

    struct User: JSONCodable, Hashable {
        var id: Int
        var name: String?

        init(id: Int, name: String? = nil) {
            self.id = id
            self.name = name
        }

        init(from object: inout ObjectReader) {
            id = object.required("id")
            name = object.optional("name")
        }

        func encode(to object: inout ObjectWriter) {
            object.required("id", id)
            object.optional("name", name)
        }
    }

    struct Problem: JSONCodable, Hashable {
        var message: String

        init(message: String) {
            self.message = message
        }

        init(from object: inout ObjectReader) {
            message = object.required("message")
        }

        func encode(to object: inout ObjectWriter) {
            object.required("message", message)
        }
    }

    enum FoundOrNot: Sendable, Hashable {
        case user(User)
        case text(String)
        case bytes(Data)
        case none
    }

    enum UserOrBody: Sendable {
        case user(User)
        case body(HTTPBody)
    }

    enum NotFoundOrProblem: Sendable, Hashable {
        case notFound(Problem)
        case problem(Problem)
        case conflict(String)
        case gone
    }
}

extension ShopAPI.Client {
    typealias User = ShopAPI.User
    typealias Problem = ShopAPI.Problem
    typealias NotFoundOrProblem = ShopAPI.NotFoundOrProblem

    func getUser(id: Int) async throws(APIError<Never>) -> User {
        let request = Request(.get, "/api/v1/users/\(id)", operation: "getUser", template: "/api/v1/users/{id}", tags: ["users"])
        return try await send(request, as: .json, errors: .none)
    }

    func createUser(_ body: User?) async throws(APIError<Problem>) -> User {
        var request = Request(.post, "/users", operation: "createUser", security: [])
        request.json(body)
        return try await send(request, as: .json, errors: .json(Problem.self, on: 401, 404, 422))
    }

    func find(
        shop: String, color: [String], ids: [Int]? = nil, filter: User? = nil, trace: String? = nil,
        session: String? = nil
    ) async throws(APIError<NotFoundOrProblem>) -> [User]? {
        var request = Request(
            .get, "/shops/\(shop, .label)/pets\(color, .matrix, name: "color", explode: true)", operation: "find",
            security: [["apiKey": []], ["oauth2": ["read", "write"], "basic": []], [:]])
        request.query("ids", ids, .pipeDelimited)
        request.query("filter", filter, .deepObject)
        request.queryContent("where", filter)
        request.header("X-Trace", trace)
        request.cookie("session", session)
        return try await send(
            request, as: .json,
            errors: .cases([
                .json(404, NotFoundOrProblem.notFound), .text(409, NotFoundOrProblem.conflict),
                .empty(410, NotFoundOrProblem.gone), .json(500...599, NotFoundOrProblem.problem),
                .json(.default, NotFoundOrProblem.problem),
            ]))
    }

    func either() async throws(APIError<Problem>) -> ShopAPI.FoundOrNot {
        let request = Request(.named("QUERY"), "/either", operation: "either", accept: "application/json, text/plain")
        return try await send(
            request,
            as: .cases([
                .json(200, ShopAPI.FoundOrNot.user), .empty(204, ShopAPI.FoundOrNot.none),
                .text(201...203, ShopAPI.FoundOrNot.text), .data(404, ShopAPI.FoundOrNot.bytes),
                .json(.default, ShopAPI.FoundOrNot.user),
            ]), errors: .json(Problem.self, on: 400...499, .default))
    }

    func stream() async throws(APIError<String>) -> HTTPBody {
        let request = Request(.get, "/stream", operation: "stream", server: "https://files.example.com/")
        return try await send(request, as: .stream, errors: .text(on: 400...499))
    }

    func bytes() async throws(APIError<Never>) -> Data {
        try await send(Request(.get, "/bytes", operation: "bytes"), as: .data, errors: .none)
    }

    func text() async throws(APIError<Never>) -> String {
        try await send(Request(.get, "/text", operation: "text"), as: .text, errors: .none)
    }

    func streamOrUser() async throws(APIError<Never>) -> ShopAPI.UserOrBody {
        let request = Request(.get, "/mixed", operation: "streamOrUser")
        return try await send(
            request, as: .cases([.json(200, ShopAPI.UserOrBody.user), .stream(206, ShopAPI.UserOrBody.body)]),
            errors: .none)
    }

    func delete(id: String) async throws(APIError<Problem>) {
        let request = Request(.delete, "/users/\(id)", operation: "delete", template: "/users/{id}")
        return try await send(request, as: .empty, errors: .json(Problem.self, on: .default))
    }

    func maybe() async throws(APIError<Never>) -> Nullable<User> {
        try await send(Request(.get, "/maybe", operation: "maybe"), as: .json, errors: .none)
    }

    func upload(_ body: HTTPBody, type: String = "application/octet-stream") async throws(APIError<Problem>) {
        var request = Request(.put, "/upload", operation: "upload")
        request.body(body, contentType: type)
        return try await send(request, as: .empty, errors: .json(Problem.self, on: 401, 404, 400...499, .default))
    }

    func numbers() async throws(APIError<Never>) -> EventStream<Int> {
        try await send(Request(.get, "/numbers", operation: "numbers"), as: .items, errors: .none)
    }

    /// A request that the test puts together.
    func call(_ request: Request) async throws(APIError<Never>) {
        try await send(request, as: .empty, errors: .none)
    }
}
