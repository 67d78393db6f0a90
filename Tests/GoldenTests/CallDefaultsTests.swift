import ApusRuntime
import Foundation
import HTTPTypes
import Testing

/// Answers in memory, and keeps what it was asked and told.
private final class Told: Transport, Middleware, @unchecked Sendable {
    private let lock = NSLock()
    private var contexts: [OperationContext] = []
    private var requests: [HTTPRequest] = []
    private let statuses: [Int]

    init(_ statuses: Int...) {
        self.statuses = statuses
    }

    var operations: [OperationContext] { lock.withLock { contexts } }
    var fields: [HTTPFields] { lock.withLock { requests }.map(\.headerFields) }

    func intercept(
        _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
        next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        lock.withLock { contexts.append(operation) }
        return try await next(request, body)
    }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let count = lock.withLock {
            requests.append(request)
            return requests.count
        }
        let status = statuses[min(count, statuses.count) - 1]
        return (HTTPResponse(status: .init(code: status), headerFields: [.retryAfter: "0"]), HTTPBody(status == 200 ? "[]" : ""))
    }
}

@Suite("What a generated client knows of its operations, and how it makes calls")
struct CallDefaultsTests {
    private func client(_ told: Told) -> WorkshopAPI.Client { WorkshopAPI.Client(transport: told, middleware: [told]) }

    /// Without limits of time, which a busy machine may reach.
    private func patient(_ told: Told) -> WorkshopAPI.Client {
        client(told).with {
            $0.deadline = nil
            $0.attemptTimeout = nil
        }
    }

    @Test("Middleware knows template, tags, whether it can be repeated, and the members that were chosen")
    func context() async throws {
        let told = Told(204)
        try await patient(told).setTags(code: "AB1234", ["new"])
        try await patient(told).addDrawing(.init(title: "plan", file: FilePart(HTTPBody("x"))))
        let first = try #require(told.operations.first)
        #expect(first.operation == "setTags")
        #expect(first.method == .put)
        #expect(first.pathTemplate == "/orders/{code}/tags")
        #expect(first.tags == ["orders", "labels"])
        #expect(first.extensions == ["x-audit": "level \"2\""])
        #expect(first.isIdempotent)
        let second = try #require(told.operations.last)
        #expect(second.method == .post)
        #expect(second.pathTemplate == "/drawings")
        #expect(second.isIdempotent, "the description says so")
        #expect(second.extensions.isEmpty)
    }

    @Test("An operation that is called idempotent is made again, as often as the configuration says")
    func retries() async throws {
        let told = Told(503)
        await #expect(throws: WorkshopAPI.Client.Errors.AddOrder.self) {
            try await patient(told).addOrder(.init(title: "Chair", code: "AB1234", parts: [.init(name: "leg")]))
        }
        #expect(told.operations.map(\.attempt) == [1, 2])
    }

    @Test("The configuration is below the client, and the client below its copy")
    func layers() async throws {
        let told = Told(200)
        var client = client(told)
        #expect(client.core.options.deadline == .seconds(30))
        #expect(client.core.options.attemptTimeout == .milliseconds(2_500))
        #expect(client.core.options.retries.longestRetryAfter == .seconds(120))
        #expect(client.core.options.idempotencyKeyHeader == HTTPField.Name("Idempotency-Key"))
        #expect(client.core.options.credentialOrigins == ["https://drawings.example"])
        client = patient(told)
        let tenant = HTTPField.Name("X-Tenant")!
        _ = try await client.listOrders()
        client.core.options.headerFields[tenant] = "green"
        _ = try await client.listOrders()
        _ = try await client.with { $0.headerFields[tenant] = "red" }.listOrders()
        _ = try await client.listOrders()
        #expect(told.fields.map { $0[tenant] } == ["blue", "green", "red", "green"])
        #expect(told.fields.allSatisfy { $0[.userAgent] == "Workshop/2" })
    }

    @Test("User-Agent names the API where nothing else is said")
    func userAgent() {
        let agent = BankAPI.Client(transport: Told(204)).core.options.userAgent ?? ""
        #expect(agent.contains(" Bank/1 Apus/"))
    }

    @Test("The type of an operation's error has a name")
    func errors() async {
        let client = patient(Told(404))
        let task = Task {
            do throws(WorkshopAPI.Client.Errors.ListOrders) {
                _ = try await client.listOrders()
                return nil as Int?
            } catch {
                return error.status?.code
            }
        }
        #expect(await task.value == 404)
    }
}
