import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@Suite("The examples of the documentation")
struct DocumentationTests {
    @Test("The examples run")
    func run() async throws {
        let transport = RecordingTransport(.json(#"{"id":1}"#))
        let client = ShopAPI.Client(transport: transport)
        try await DocumentationExamples.deadlines(client)
        try await DocumentationExamples.keys(client, .init(id: 1))
        try await DocumentationExamples.options(client)
        try await DocumentationExamples.metadata(client)
        try await DocumentationExamples.send(client)
        try await DocumentationExamples.layers(client)
        try await DocumentationExamples.logger(client)
        await DocumentationExamples.closures(client)
        #expect(transport.exchanges.count == 11)
        await #expect(throws: APIError<Never>.self) { try await ShopAPI.Client(transport: Offline()).getUser(id: 1) }
    }

    @Test("Errors of whichever operation are told apart by their status", arguments: [
        (401, "Please sign in."), (503, "Please try again later."), (204, "Deleted."),
    ])
    func errors(status: Int, text: String) async throws {
        let client = ShopAPI.Client(transport: RecordingTransport { _, _ in .empty(status) }).with(\.retries, .never)
        #expect(try await DocumentationExamples.anyError(client) == text)
    }

    @Test("The examples of pages run")
    func pages() async throws {
        let transport = RecordingTransport { exchange, _ in
            if exchange.request.path?.contains("things") == true { return .json(#"{"items":[1],"meta":{"next":null}}"#) }
            if exchange.request.path?.contains("after=b") == true { return .json(#"{"data":[{"id":5}]}"#) }
            return .json(#"{"data":[{"id":3},{"id":4}],"next":"b"}"#)
        }
        let client = ShopAPI.Client(transport: transport)
        try await PaginationExamples.items(client)
        try await PaginationExamples.pages(client)
        try await PaginationExamples.continuation(client)
        try await PaginationExamples.again(client)
        try await PaginationExamples.byHand(client)
        #expect(transport.exchanges.count == 9)
    }

    @Test("The examples of streams run")
    func streams() async throws {
        let transport = RecordingTransport { _, index in
            index < 3 ? .text("data: 1\n\ndata: 3\n\n", contentType: "text/event-stream") : .empty(204)
        }
        try await DocumentationExamples.streams(ShopAPI.Client(security: [], transport: transport))
        #expect(transport.exchanges.map { $0.header("Last-Event-ID") } == [nil, nil, "42", "42"])
    }

    @Test("The examples of files run")
    func files() async throws {
        let folder = try TemporaryFolder()
        let url = folder.url.appendingPathComponent("f")
        let client = ShopAPI.Client(security: [], transport: RecordingTransport(.text("content"), .text("more"), .empty(204)))
        try await DocumentationExamples.download(client, url)
        try await DocumentationExamples.folder(client, folder.url)
        try await DocumentationExamples.upload(client, url)
        try await DocumentationExamples.parts(HTTPBody("--X\r\n\r\na\r\n--X--"), "multipart/mixed; boundary=X")
        #expect(folder.names == ["f", "report.pdf"])
        #expect(folder.text("f") == "content")
    }
}
