import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

@Suite("Pages and what is around them")
struct PaginationTests {
    private func things(
        _ range: PageRange = .all, of client: ShopAPI.Client, by pagination: Pagination = .cursor("after", next: "/next")
    ) -> PagedItems<ThingPage, Int, Never> {
        PagedItems(range, of: client, by: pagination, items: { $0.items }) { client throws(APIError<Never>) in
            try await client.listThings()
        }
    }

    @Test("Nothing is asked for before it is needed")
    func lazy() async throws {
        let transport = RecordingTransport(.json(#"{"items":[1,2],"next":"b"}"#), .json(#"{"items":[3]}"#))
        var iterator = things(of: ShopAPI.Client(transport: transport)).makeAsyncIterator()
        #expect(transport.exchanges.count == 0)
        #expect(iterator.continuation == nil)
        #expect(try await iterator.next() == 1)
        #expect(try await iterator.next() == 2)
        #expect(transport.exchanges.count == 1)
        #expect(iterator.continuation != nil)
        #expect(try await iterator.next() == 3)
        #expect(transport.exchanges.count == 2)
        #expect(try await iterator.next() == nil)
        #expect(try await iterator.next() == nil)
        #expect(transport.exchanges.count == 2)
    }

    @Test("Each walk begins anew")
    func walks() async throws {
        let transport = RecordingTransport(.json(#"{"items":[1]}"#))
        let items = things(of: ShopAPI.Client(transport: transport))
        for _ in 0..<3 { for try await item in items { #expect(item == 1) } }
        #expect(transport.exchanges.count == 3)
    }

    @Test("A failure in the loop is the operation's own type")
    func typed() async throws {
        let transport = RecordingTransport(.empty(404))
        do {
            for try await _ in things(of: ShopAPI.Client(transport: transport)) {}
            Issue.record("there was no error")
        } catch {
            let typed: APIError<Never> = error
            #expect(typed.status?.code == 404)
        }
    }

    @Test("Pages come with their responses")
    func pages() async throws {
        var answer = RecordingTransport.Answer.json(#"{"items":[1]}"#)
        answer.headerFields[HTTPField.Name("X-Total")!] = "1"
        let transport = RecordingTransport(answer)
        for try await page in things(of: ShopAPI.Client(transport: transport)).pages {
            #expect(page.response.headerFields[HTTPField.Name("X-Total")!] == "1")
            #expect(page.response.status == .ok)
            #expect(page.body.items == [1])
            #expect(page.continuation == nil)
        }
    }

    @Test("Retries are those of each page")
    func retries() async throws {
        let transport = RecordingTransport { exchange, index in
            switch index {
            case 0: .json(#"{"items":[1],"next":"b"}"#)
            case 1: .empty(503)
            default: .json(#"{"items":[2]}"#)
            }
        }
        var client = ShopAPI.Client(transport: transport, options: CallOptions())
        client.core.environment = CallEnvironment(clock: VirtualClock(), random: { 0.5 }, makeKey: { "made" })
        var items: [Int] = []
        for try await item in things(of: client) { items.append(item) }
        #expect(items == [1, 2])
        #expect(transport.exchanges.count == 3)
    }

    @Test("A continuation is for its operation alone")
    func otherOperation() async throws {
        let transport = RecordingTransport(.json(#"{"items":[1]}"#))
        let continuation = PageContinuation(operation: "listUsers", position: .value("b", isNumber: false), count: nil)
        await #expect(throws: APIError<Never>.self) {
            for try await _ in things(.from(continuation), of: ShopAPI.Client(transport: transport)) {}
        }
        let url = PageContinuation(operation: "listThings", position: .target("/v1/x"), count: nil)
        await #expect(throws: APIError<Never>.self) {
            for try await _ in things(.from(url), of: ShopAPI.Client(transport: transport)) {}
        }
        #expect(transport.exchanges.isEmpty)
    }

    @Test("No description shows where a continuation goes on")
    func secret() {
        let continuation = PageContinuation(operation: "listThings", position: .target("/v1/things?token=s3cret"), count: 7)
        #expect(!"\(continuation) \(String(reflecting: continuation))".contains("s3cret"))
        var text = ""
        dump(continuation, to: &text)
        #expect(!text.contains("s3cret"))
    }

    @Test("What the client adds to each request is added once to a URL that has it")
    func addedParameters() async throws {
        let transport = RecordingTransport(
            .json(#"{"items":[1],"next":"/v1/things?version=2&page=2"}"#), .json(#"{"items":[2],"next":"/v1/things?page=3"}"#),
            .json(#"{"items":[3]}"#))
        let client = ShopAPI.Client(transport: transport).with(\.query, [("version", "2")])
        for try await _ in things(of: client, by: .nextURL("/next")) {}
        #expect(transport.exchanges.map(\.request.path) == ["/v1/things?version=2", "/v1/things?version=2&page=2", "/v1/things?page=3&version=2"])
    }

    @Test("An idempotency key is for the first page")
    func idempotencyKey() async throws {
        let transport = RecordingTransport(.json(#"{"items":[1],"next":"b"}"#), .json(#"{"items":[2]}"#))
        for try await _ in things(of: ShopAPI.Client(transport: transport).with(\.idempotencyKey, "own")) {}
        #expect(transport.exchanges.map { $0.header("Idempotency-Key") } == ["own", nil])
    }

    @Test("The last of several members of a name counts, and what is beside them does not")
    func repeatedMembers() async throws {
        let transport = RecordingTransport(
            .json(#"{"next":"wrong","a":{"next":"wrong"},"items":[1],"ne\u0078t":"b"}"#), .json(#"{"items":[2]}"#))
        for try await _ in things(of: ShopAPI.Client(transport: transport)) {}
        #expect(transport.exchanges.last?.request.path == "/v1/things?after=b")
    }

    @Test("A cancelled task asks for no further page")
    func cancelled() async throws {
        let transport = RecordingTransport(.json(#"{"items":[1],"next":"b"}"#), .json(#"{"items":[2],"next":"c"}"#))
        let items = things(of: ShopAPI.Client(transport: transport))
        let task = Task {
            var count = 0
            do {
                for try await _ in items {
                    count += 1
                    withUnsafeCurrentTask { $0?.cancel() }
                }
                return -1
            } catch {
                return count
            }
        }
        #expect(await task.value == 1)
        #expect(transport.exchanges.count == 1)
    }
}
