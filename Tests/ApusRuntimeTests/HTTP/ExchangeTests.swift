import ApusRuntime
import Foundation
import HTTPTypes
import Testing

private enum Outcome: Sendable, Equatable {
    case number(Int)
    case text(String)
    case nothing
}

@Suite("Responses, errors and authorisation")
struct ExchangeTests {
    private let get = Request(.get, "/x", operation: "getX")

    private func client(_ status: Int, _ body: String = "") -> TestClient {
        TestClient(RecordingTransport { _ in .status(status, body) })
    }

    @Test("Successful responses")
    func success() async throws {
        let number: Int = try await client(200, "7").send(get, as: .json, errors: ErrorResponses<Never>.none)
        #expect(number == 7)
        let absent: Int? = try await client(204).send(get, as: .json, errors: ErrorResponses<Never>.none)
        #expect(absent == nil)
        let text: String = try await client(299, "é").send(get, as: .text, errors: ErrorResponses<Never>.none)
        #expect(text == "é")
        let data: Data = try await client(200, "x").send(get, as: .data, errors: ErrorResponses<Never>.none)
        #expect(data == Data("x".utf8))
        let stream: HTTPBody = try await client(200, "xyz").send(get, as: .stream, errors: ErrorResponses<Never>.none)
        #expect(try await stream.collect(upTo: 3) == Data("xyz".utf8))
    }

    @Test("Several successful responses: the closest status counts", arguments: [
        (200, "7", Outcome.number(7)), (201, "x", .text("x")), (204, "", .nothing), (404, "gone", .text("gone")),
    ])
    private func cases(status: Int, body: String, outcome: Outcome) async throws {
        let result = try await client(status, body).send(
            get,
            as: .cases([
                .text(.default, Outcome.text), .json(200, Outcome.number), .text(.range(200...299), Outcome.text),
                .empty(204, Outcome.nothing),
            ]), errors: ErrorResponses<Never>.none)
        #expect(result == outcome)
    }

    @Test("Documented errors", arguments: [(401, true), (404, true), (450, true), (400, false), (500, false)])
    func documented(status: Int, isDocumented: Bool) async {
        do {
            try await client(status, "[1,2]").send(
                get, as: .empty, errors: .json([Int].self, on: 401, 404, .range(410...499)))
            Issue.record("no error")
        } catch .documented(let numbers, let response) {
            #expect(isDocumented)
            #expect(numbers == [1, 2])
            #expect(response.status.code == status)
        } catch .undocumented(let response) {
            #expect(!isDocumented)
            #expect(response.body == Data("[1,2]".utf8))
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("Error content that is not what was said is undocumented; success content is a decoding error")
    func malformed() async {
        do {
            try await client(404, "<html>").send(get, as: .empty, errors: .json([Int].self, on: 404))
        } catch .undocumented(let response) {
            #expect(response.status == .notFound)
        } catch {
            Issue.record("\(error)")
        }
        do {
            let _: Int = try await client(200, "\"x\"").send(get, as: .json, errors: .json([Int].self, on: 404))
        } catch .decoding(let error, let response) {
            #expect(error.path == "$")
            #expect(response.status == .ok)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("Which errors are worth a second try")
    func retryable() async {
        for (status, isRetryable) in [(408, true), (429, true), (503, true), (404, false), (501, false)] {
            do {
                try await client(status).send(get, as: .empty, errors: ErrorResponses<Never>.none)
            } catch {
                #expect(error.isRetryable == isRetryable)
            }
        }
    }

    @Test("withResponse gives each caller its own response")
    func withResponse() async throws {
        let transport = RecordingTransport { request in
            .status(200, request.path == "/v1/a" ? "1" : "2", [.eTag: request.path ?? ""])
        }
        let client = TestClient(transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for index in 0..<40 {
                group.addTask {
                    let name = index.isMultiple(of: 2) ? "a" : "b"
                    let (_, response) = try await client.withResponse { client async throws(APIError<Never>) -> Int in
                        try await client.send(Request(.get, "/\(name)", operation: "o"), as: .json, errors: .none)
                    }
                    #expect(response.headerFields[.eTag] == "/v1/\(name)")
                }
            }
            try await group.waitForAll()
        }
    }

    // MARK: Authorisation

    private func authorized(
        _ credentials: [String: any Credential], _ security: SecurityRequirements, server: String = "https://api.example"
    ) async throws -> HTTPRequest? {
        let transport = RecordingTransport()
        let client = TestClient(transport, server: server, credentials: credentials, security: security)
        try await client.send(get, as: .empty, errors: ErrorResponses<Never>.none)
        return transport.messages.first?.request
    }

    @Test("Credentials")
    func credentials() async throws {
        let bearer = try await authorized(["s": BearerToken("t")], [["s": []]])
        #expect(bearer?.headerFields[.authorization] == "Bearer t")
        let basic = try await authorized(["s": BasicCredential(username: "Aladdin", password: "open sesame")], [["s": []]])
        #expect(basic?.headerFields[.authorization] == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        let header = try await authorized(["s": APIKey("k", in: .header, name: "X-Key")], [["s": []]])
        #expect(header?.headerFields[HTTPField.Name("X-Key")!] == "k")
        let query = try await authorized(["s": APIKey("k&", in: .query, name: "key")], [["s": []]])
        #expect(query?.path == "/x?key=k%26")
        let cookie = try await authorized(["s": APIKey("k", in: .cookie, name: "c")], [["s": []]])
        #expect(cookie?.headerFields[.cookie] == "c=k")
    }

    @Test("The first alternative for which there are all credentials is used")
    func alternatives() async throws {
        let key = APIKey("k", in: .header, name: "X-Key")
        let token = BearerToken("t")
        let both: SecurityRequirements = [["token": [], "key": []], ["key": []]]
        let first = try await authorized(["key": key, "token": token], both)
        #expect(first?.headerFields[.authorization] == "Bearer t")
        let second = try await authorized(["key": key], both)
        #expect(second?.headerFields[.authorization] == nil)
        #expect(second?.headerFields[HTTPField.Name("X-Key")!] == "k")
        let open = try await authorized(["other": token], [["key": []], [:]])
        #expect(open?.headerFields[.authorization] == nil)
        let bare = try await authorized([:], both)
        #expect(bare?.headerFields[.authorization] == nil)
        await #expect {
            try await authorized(["other": token], both)
        } throws: { error in
            guard case APIError<Never>.authorization(.missingCredential(schemes: ["key", "token"])) = error else { return false }
            return true
        }
    }

    @Test("Credentials are not sent over plain http, except to this machine", arguments: [
        ("http://api.example", false), ("http://localhost:8080", true), ("http://127.0.0.1", true), ("http://[::1]:80", true),
        ("http://127.0.0.1.evil.example", false), ("http://localhost.evil.example", false),
    ])
    func plainHTTP(server: String, isSent: Bool) async {
        do {
            _ = try await authorized(["s": BearerToken("t")], [["s": []]], server: server)
            #expect(isSent)
        } catch APIError<Never>.authorization(.insecureConnection) {
            #expect(!isSent)
        } catch {
            Issue.record("\(error)")
        }
    }

    private actor Renewing: Credential {
        private(set) var recoveries = 0
        private var token = "old"

        func authorize(_ request: inout HTTPRequest, scopes: [String], context: CredentialContext) async throws(AuthorizationError) {
            request.headerFields[.authorization] = token
        }

        func recover(
            _ request: HTTPRequest, response: HTTPResponse, context: CredentialContext
        ) async throws(AuthorizationError) -> Bool {
            recoveries += 1
            token = "new"
            return true
        }
    }

    @Test("After 401 a credential is renewed once")
    func recovery() async throws {
        let credential = Renewing()
        let transport = RecordingTransport { request in
            .status(request.headerFields[.authorization] == "new" ? 200 : 401)
        }
        var request = Request(.post, "/x", operation: "o")
        request.json("body")
        try await TestClient(transport, credentials: ["s": credential], security: [["s": []]])
            .send(request, as: .empty, errors: ErrorResponses<Never>.none)
        #expect(transport.messages.map(\.body) == ["\"body\"", "\"body\""])
        #expect(await credential.recoveries == 1)

        let stubborn = RecordingTransport { _ in .status(401) }
        do {
            try await TestClient(stubborn, credentials: ["s": Renewing()], security: [["s": []]])
                .send(request, as: .empty, errors: ErrorResponses<Never>.none)
        } catch {
            #expect(error.status == .unauthorized)
        }
        #expect(stubborn.messages.count == 2)
    }

    // MARK: Middleware

    private struct Tagging: Middleware {
        let tag: String

        func intercept(
            _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
            next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
        ) async throws -> (HTTPResponse, HTTPBody) {
            #expect(request.headerFields[.authorization] == nil)
            var request = request
            let name = HTTPField.Name("X-Tags")!
            request.headerFields[name] = (request.headerFields[name] ?? "") + "\(tag)\(operation.id)"
            return try await next(request, body)
        }
    }

    private struct Diverting: Middleware {
        func intercept(
            _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
            next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
        ) async throws -> (HTTPResponse, HTTPBody) {
            var request = request
            request.authority = "elsewhere.example"
            return try await next(request, body)
        }
    }

    @Test("Middleware runs in order and sees no token; a diverted request carries none")
    func middleware() async throws {
        let transport = RecordingTransport()
        try await TestClient(
            transport, credentials: ["s": BearerToken("t")], security: [["s": []]],
            middleware: [Tagging(tag: "1"), Tagging(tag: "2")]
        ).send(get, as: .empty, errors: ErrorResponses<Never>.none)
        let request = try #require(transport.messages.first).request
        #expect(request.headerFields[HTTPField.Name("X-Tags")!] == "1getX2getX")
        #expect(request.headerFields[.authorization] == "Bearer t")

        let diverted = RecordingTransport()
        try await TestClient(
            diverted, credentials: ["s": BearerToken("t")], security: [["s": []]], middleware: [Diverting()]
        ).send(get, as: .empty, errors: ErrorResponses<Never>.none)
        #expect(diverted.messages.first?.request.headerFields[.authorization] == nil)
    }

    @Test("Secrets show in no description")
    func secrets() async {
        let transport = RecordingTransport { _ in .status(500, "s3cret-body", [.setCookie: "s3cret-cookie"]) }
        let client = TestClient(
            transport, credentials: ["s": APIKey("s3cret-key", in: .query, name: "key")], security: [["s": []]])
        do {
            try await client.send(get, as: .empty, errors: .text(on: 500))
        } catch {
            var text = "\(error) \(String(reflecting: error)) \(error.localizedDescription)"
            dump(error, to: &text)
            dump(client.core.credentials, to: &text)
            #expect(!text.contains("s3cret"))
        }
    }

    @Test("Cancellation")
    func cancellation() async {
        let transport = RecordingTransport { _ in
            try await Task.sleep(for: .seconds(60))
            return .status(200)
        }
        let task = Task {
            try await TestClient(transport).send(get, as: .empty, errors: ErrorResponses<Never>.none)
        }
        while transport.messages.isEmpty { await Task.yield() }
        task.cancel()
        await #expect {
            try await task.value
        } throws: { error in
            guard case APIError<Never>.cancelled = error else { return false }
            return true
        }
    }
}
