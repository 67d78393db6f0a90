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
        try await DocumentationExamples.logger(client)
        await DocumentationExamples.closures(client)
        #expect(transport.exchanges.count == 10)
        await #expect(throws: APIError<Never>.self) { try await ShopAPI.Client(transport: Offline()).getUser(id: 1) }
    }
}
