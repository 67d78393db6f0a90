import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Pages = AnsweringTransport

extension AnsweringTransport {
    /// Answers one after the other.
    fileprivate convenience init(_ answers: String..., links: [String] = []) {
        self.init { exchange in
            let index = exchange.index
            var response = HTTPResponse(status: .ok, headerFields: [.contentType: "application/json"])
            if index < links.count { response.headerFields[HTTPField.Name("Link")!] = links[index] }
            return (response, HTTPBody(index < answers.count ? answers[index] : "{}"))
        }
    }

    fileprivate var requests: [String] { exchanges.map { ($0.request.path ?? "") + $0.body } }
}

@Suite("The method for all pages")
struct PagesClientTests {
    @Test("by a cursor within an object")
    func cursor() async throws {
        let transport = Pages(#"{"data":[{"id":1},{"id":2}],"meta":{"next_after":"b"}}"#, #"{"data":[{"id":3}],"meta":{"next_after":null}}"#)
        var ids: [Int] = []
        for try await pet in PagesAPI.Client(transport: transport).listPets(.all, limit: 2) { ids.append(pet.id) }
        #expect(ids == [1, 2, 3])
        #expect(transport.requests == ["/v1/pets?limit=2", "/v1/pets?limit=2&after=b"])
    }

    @Test("by a cursor in the body, with a list that may be absent")
    func body() async throws {
        let transport = Pages(
            #"{"result":{"pets":[{"id":1}]},"next_cursor":"b","has_more":true}"#, #"{"result":null,"next_cursor":"c","has_more":true}"#,
            #"{"result":{"pets":[{"id":2}]},"next_cursor":"d","has_more":false}"#)
        var ids: [Int] = []
        for try await pet in PagesAPI.Client(transport: transport).searchPets(.all, .init(name: "x")) { ids.append(pet.id) }
        #expect(ids == [1, 2])
        #expect(transport.requests == [#"/v1/pets{"name":"x"}"#, #"/v1/pets{"cursor":"b","name":"x"}"#, #"/v1/pets{"cursor":"c","name":"x"}"#])
    }

    @Test("by Link, of a list without an object around it")
    func link() async throws {
        let transport = Pages(#"["a"]"#, #"["b"]"#, links: [#"<https://api.example.com/v1/tags?page=2>; rel="next""#])
        var tags: [String] = []
        for try await tag in PagesAPI.Client(transport: transport).listTags(.all) { tags.append(tag) }
        #expect(tags == ["a", "b"])
        #expect(transport.requests == ["/v1/tags", "/v1/tags?page=2"])
    }

    @Test("by number, of a response that may be empty")
    func number() async throws {
        let transport = Pages(
            #"{"visits":["2030-01-01"],"totals":{"pages":2}}"#, #"{"visits":["2030-01-02"],"totals":{"pages":2}}"#)
        var count = 0
        for try await page in PagesAPI.Client(transport: transport).listVisits(.all, id: 7).pages {
            #expect(page.body?.totals.pages == 2)
            count += page.items.count
        }
        #expect(count == 2)
        #expect(transport.requests == ["/v1/stores/7/visits", "/v1/stores/7/visits?nr=1"])
    }
}
