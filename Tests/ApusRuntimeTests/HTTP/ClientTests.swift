import ApusRuntime
import Foundation
import HTTPTypes
import Testing

private typealias Answer = RecordingTransport.Answer

private final class Journal: @unchecked Sendable {
    private let lock = NSLock()
    private var written: [String] = []

    func write(_ line: String) { lock.withLock { written.append(line) } }
    var lines: [String] { lock.withLock { written } }
}

private struct Noting: Middleware {
    let name: String
    let journal: Journal

    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        let token = request.headerFields[.authorization] ?? "none"
        journal.write("\(name) > \(operation.operation) token \(token)")
        var request = request
        if let field = HTTPField.Name("X-" + name) { request.headerFields[field] = "1" }
        let (response, body) = try await next(request, body)
        journal.write("\(name) < \(response.status.code)")
        return (response, body)
    }
}

private struct Again: Middleware {
    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        let (response, content) = try await next(request, body)
        return response.status.code == 503 ? try await next(request, body) : (response, content)
    }
}

private struct Elsewhere: Middleware {
    let scheme: String
    let authority: String

    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        var request = request
        request.scheme = scheme
        request.authority = authority
        return try await next(request, body)
    }
}

private struct Refusing: Middleware {
    struct Refusal: Error {
        let secret = "hunter2"
    }

    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        throw Refusal()
    }
}

@Suite struct MiddlewareTests {
    @Test func firstIsOutermost() async throws {
        let journal = Journal()
        let transport = RecordingTransport(.empty(204))
        let client = ShopAPI.Client(
            credentials: ["oauth2": BearerToken("secret")], transport: transport,
            middleware: [Noting(name: "a", journal: journal), Noting(name: "b", journal: journal)])
        try await client.delete(id: "1")
        #expect(journal.lines == ["a > delete token none", "b > delete token none", "b < 204", "a < 204"])
        let sent = transport.exchanges[0]
        #expect(sent.header("X-a") == "1")
        #expect(sent.header("X-b") == "1")
        #expect(sent.header("Authorization") == "Bearer secret")
    }

    @Test func sendsAgain() async throws {
        let transport = RecordingTransport(.empty(503), .empty(204))
        try await ShopAPI.Client(transport: transport, middleware: [Again()]).upload(HTTPBody("x"))
        #expect(transport.exchanges.map(\.body) == ["x", "x"])
    }

    @Test(arguments: [("https", "evil.example"), ("http", "api.example.com"), ("https", "api.example.com:8443")])
    func credentialsStay(scheme: String, authority: String) async throws {
        let transport = RecordingTransport(.empty(401))
        let client = ShopAPI.Client(
            credentials: ["oauth2": BearerToken("secret")], transport: transport,
            middleware: [Elsewhere(scheme: scheme, authority: authority)])
        await #expect(throws: APIError<ShopAPI.Problem>.self) { try await client.delete(id: "1") }
        #expect(transport.exchanges.map(\.url) == ["\(scheme)://\(authority)/v1/users/1"])
        #expect(transport.exchanges[0].header("Authorization") == nil)
    }

    @Test func itsErrors() async throws {
        let transport = RecordingTransport(.empty(204))
        do {
            try await ShopAPI.Client(transport: transport, middleware: [Refusing()]).delete(id: "1")
            Issue.record("sent")
        } catch {
            guard case .transport(let cause) = error else { throw error }
            #expect(cause.underlying is Refusing.Refusal)
            #expect(!"\(error) \(String(reflecting: error))".contains("hunter2"))
            #expect(!error.isRetryable)
        }
        #expect(transport.exchanges.isEmpty)
    }

    /// What the core finds below a middleware is not taken for a fault of the network.
    @Test func errorsFromBelow() async throws {
        let client = ShopAPI.Client(
            credentials: ["other": BearerToken("t")], transport: RecordingTransport(.empty(204)), middleware: [Again()])
        do {
            try await client.delete(id: "1")
            Issue.record("sent")
        } catch {
            guard case .authorization(.missingCredential) = error else { throw error }
        }
    }
}

@Suite struct WithResponseTests {
    @Test func success() async throws {
        let transport = RecordingTransport(
            Answer(status: 201, body: HTTPBody(#"{"id":1}"#), headerFields: [.eTag: "\"x\""]))
        let client = ShopAPI.Client(transport: transport)
        let (user, response) = try await client.withResponse { try await $0.createUser(.init(id: 1)) }
        #expect(user == .init(id: 1))
        #expect(response.status.code == 201)
        #expect(response.headerFields[.eTag] == "\"x\"")
        #expect(response.body == Data(#"{"id":1}"#.utf8))
        #expect(response.operation == "createUser")
    }

    @Test func typedErrors() async throws {
        let client = ShopAPI.Client(transport: RecordingTransport(.json(#"{"message":"no"}"#, status: 422)))
        do {
            _ = try await client.withResponse { client throws(APIError<ShopAPI.Problem>) in
                try await client.createUser(.init(id: 1))
            }
            Issue.record("a success")
        } catch .documented(let problem, _) {
            #expect(problem.message == "no")
        } catch {
            throw error
        }
    }

    @Test func streams() async throws {
        let client = ShopAPI.Client(transport: RecordingTransport(.text("abc", status: 206)))
        let (body, response) = try await client.withResponse { try await $0.stream() }
        #expect(response.status.code == 206)
        #expect(!response.isBodyComplete)
        #expect(try await body.collect(upTo: 3) == Data("abc".utf8))
    }

    @Test func noCall() async throws {
        let client = ShopAPI.Client(transport: RecordingTransport(.empty(204)))
        let (value, response) = await client.withResponse { _ in 1 }
        #expect(value == 1)
        #expect(response.status.code == 0)
    }

    @Test func nested() async throws {
        let transport = RecordingTransport { exchange, _ in
            .json(#"{"id":1}"#, status: exchange.request.path == "/v1/api/v1/users/1" ? 201 : 202)
        }
        let client = ShopAPI.Client(transport: transport)
        let ((_, inner), outer) = try await client.withResponse { client in
            _ = try await client.getUser(id: 2)
            return try await client.withResponse { try await $0.getUser(id: 1) }
        }
        #expect(inner.status.code == 201)
        #expect(outer.status.code == 201)
    }

    /// Each call gets its own response.
    @Test func concurrently() async throws {
        let transport = RecordingTransport { exchange, _ in
            let number = exchange.request.path?.split(separator: "/").last.flatMap { Int($0) } ?? 0
            for _ in 0..<number % 7 { await Task.yield() }
            return Answer(
                status: 200 + number % 90, body: HTTPBody(#"{"id":\#(number)}"#), headerFields: [.eTag: "\(number)"])
        }
        let client = ShopAPI.Client(transport: transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    let (user, response) = try await client.withResponse { try await $0.getUser(id: number) }
                    #expect(user.id == number)
                    #expect(response.headerFields[.eTag] == "\(number)")
                    #expect(response.status.code == 200 + number % 90)
                }
            }
            try await group.waitForAll()
        }
        #expect(transport.exchanges.count == 200)
    }
}

@Suite struct CancellationTests {
    @Test func beforeTheCall() async throws {
        let transport = RecordingTransport(.json(#"{"id":1}"#))
        let client = ShopAPI.Client(transport: transport)
        let task = Task { () async -> APIError<Never>? in
            while !Task.isCancelled { await Task.yield() }
            do throws(APIError<Never>) {
                _ = try await client.getUser(id: 1)
                return nil
            } catch {
                return error
            }
        }
        task.cancel()
        let error = await task.value
        guard case .cancelled? = error else { throw error ?? .cancelled }
        #expect(transport.exchanges.isEmpty)
    }

    @Test func duringTheCall() async throws {
        let transport = RecordingTransport { _, _ in
            while true { try await Task.sleep(nanoseconds: 1_000_000) }
        }
        let client = ShopAPI.Client(transport: transport)
        let task = Task { () async -> APIError<Never>? in
            do throws(APIError<Never>) {
                _ = try await client.getUser(id: 1)
                return nil
            } catch {
                return error
            }
        }
        while transport.exchanges.isEmpty { await Task.yield() }
        task.cancel()
        let error = await task.value
        guard case .cancelled? = error else { throw error ?? .cancelled }
        #expect(error?.isRetryable == false)
    }

    @Test(arguments: [true, false]) func reportedBelow(isURLError: Bool) async throws {
        let transport = RecordingTransport { _, _ in
            throw isURLError ? URLError(.cancelled) as any Error : CancellationError()
        }
        do {
            _ = try await ShopAPI.Client(transport: transport).getUser(id: 1)
            Issue.record("a success")
        } catch {
            guard case .cancelled = error else { throw error }
        }
    }

    private struct Cancelled: Credential {
        func authorize(
            _ request: inout HTTPRequest, scopes: [String], context: CredentialContext
        ) async throws(AuthorizationError) {
            throw .failed(scheme: "test", CancellationError())
        }
    }

    @Test func inACredential() async throws {
        let client = ShopAPI.Client(
            credentials: ["oauth2": Cancelled()], transport: RecordingTransport(.json(#"{"id":1}"#)))
        do {
            _ = try await client.getUser(id: 1)
            Issue.record("a success")
        } catch {
            guard case .cancelled = error else { throw error }
        }
    }
}

/// Everything that is printed, dumped or reflected.
private func shown(_ value: Any) -> String {
    var text = "\(value)\n\(String(reflecting: value))\n"
    dump(value, to: &text)
    if let error = value as? any Error { text += error.localizedDescription }
    return text
}

@Suite struct DescriptionTests {
    private let secret = "hunter2"

    @Test func errors() async throws {
        let url = URL(string: "https://h/x?token=hunter2")
        let faults: [any Error] = [
            URLError(.timedOut, userInfo: [NSURLErrorFailingURLErrorKey: url as Any]),
            NSError(domain: "test", code: 1, userInfo: [NSLocalizedDescriptionKey: secret]), Refusing.Refusal(),
        ]
        for fault in faults {
            #expect(!shown(APIError<Never>.transport(TransportFailure(fault))).contains(secret))
            #expect(!shown(APIError<Never>.authorization(.failed(scheme: "s", fault))).contains(secret))
            #expect(!shown(AuthorizationError.failed(scheme: "s", fault)).contains(secret))
        }
        let response = Response(
            status: 422, headerFields: [.setCookie: secret], body: Data(secret.utf8), operation: "createUser")
        #expect(!shown(response).contains(secret))
        let documented = APIError.documented(ShopAPI.Problem(message: secret), response)
        #expect(!shown(documented).contains(secret))
        #expect("\(documented)" == "documented error Problem, status 422 of createUser")
        #expect(!shown(APIError<Never>.undocumented(response)).contains(secret))
        let fault = JSONError(path: "$.id", offset: 3, message: "expected Int, found string", excerpt: "")
        #expect(!shown(APIError<Never>.decoding(fault, response)).contains(secret))
        #expect("\(APIError<Never>.cancelled)" == "cancelled")
        #expect(
            "\(APIError<Never>.authorization(.missingCredential(schemes: ["a", "b"])))"
                == "not authorized: there is no credential for a or b")
        #expect(
            "\(APIError<Never>.transport(TransportFailure(URLError(.timedOut))))"
                == "no response: the server did not respond in time (URLError \(URLError.Code.timedOut.rawValue))")
        #expect(
            "\(APIError<Never>.transport(TransportFailure(URLError(.cannotFindHost, userInfo: [NSLocalizedDescriptionKey: secret]))))"
                == "no response: the host was not found (URLError \(URLError.Code.cannotFindHost.rawValue))")
        #expect("\(APIError<Never>.transport(TransportFailure(URLError(.badURL))))" == "no response: URLError \(URLError.Code.badURL.rawValue)")
    }

    @Test func everythingThatHoldsASecret() {
        let token = Secret(secret)
        var request = Request(.post, "/\(secret)", operation: "test")
        request.query("q", secret)
        request.header("X-A", secret)
        request.cookie("c", secret)
        request.json(secret)
        let client = ShopAPI.Client(
            credentials: ["s": APIKey(token, in: .query, name: "key")], transport: RecordingTransport(.empty(204)))
        for value: Any in [
            token, BearerToken(token), BasicCredential(username: "me", password: token),
            APIKey(token, in: .header, name: "X-Key"), request, client, client.core,
        ] {
            #expect(!shown(value).contains(secret))
        }
    }
}
