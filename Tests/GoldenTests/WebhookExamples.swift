import ApusRuntime
import ApusWebhooks
import Foundation
import HTTPTypes
import Testing

/// The example of the documentation, so that it compiles and runs. It stands between its
/// name and `end`, as the page has it.
private struct WebhookExample {
    let newSecret: String
    let oldSecret: String

    func run(_ headers: HTTPFields, _ body: Data) async throws -> HTTPResponse.Status {
        // receive
        let receiver = WebhookReceiver<LibraryAPI.WebhookEvent>(
            verifiedBy: try .standard(secrets: [newSecret, oldSecret]),
            replayGuard: ReplayGuard()
        )

        func handle(_ headers: HTTPFields, _ body: Data) async throws -> HTTPResponse.Status {
            do {
                try await receiver.process(headers: headers, body: body) { event in
                    switch event {
                    case .bookAdded(let book): print("a new book:", book.id)
                    case .lendBookReturned(let loan): print("returned:", loan.id)
                    }
                }
                return .noContent
            } catch let error as WebhookError {
                print("refused:", error)
                return .badRequest
            }
        }
        // end
        return try await handle(headers, body)
    }
}

@Suite("The checked-in events of the library, received")
struct WebhookExampleTests {
    @Test("A forged request is refused")
    func forged() async throws {
        let example = WebhookExample(newSecret: "whsec_AAAA", oldSecret: "whsec_BBBB")
        #expect(try await example.run([:], Data(#"{"id":"1"}"#.utf8)) == .badRequest)
    }

    @Test("An event that only the caller can tell is named by the caller")
    func named() throws {
        let body = Data(#"{"id":"7"}"#.utf8)
        #expect(throws: WebhookError.ambiguousEvent(["bookAdded", "lendBook.returned"])) {
            _ = try WebhookReceiver<LibraryAPI.WebhookEvent>.unverified(headers: [:], body: body)
        }
        guard case .lendBookReturned(let loan) = try WebhookReceiver<LibraryAPI.WebhookEvent>.unverified(
            headers: [:], body: body, as: "lendBook.returned")
        else {
            Issue.record("another event")
            return
        }
        #expect(loan.id == "7")
    }
}
