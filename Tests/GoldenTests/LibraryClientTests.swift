import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Desk = AnsweringTransport

@Suite("The checked-in client of the library, at work")
struct LibraryClientTests {
    private func client(_ desk: Desk) -> LibraryAPI.Client { LibraryAPI.Client(transport: desk) }

    @Test("The QUERY method, and one with a name of its own")
    func methods() async throws {
        let desk = Desk("[]")
        _ = try await client(desk).searchBooks(.init(text: "x", sort: .stringValue(.year), range: [.int(1), .string("z")]))
        #expect(desk.request?.method.rawValue == "QUERY")
        #expect(desk.body == #"{"text":"x","sort":"year","range":[1,"z"]}"#)
        try await client(desk).copyBooks()
        #expect(desk.request?.method.rawValue == "COPY")
    }

    @Test("A parameter that is the whole query")
    func queryString() async throws {
        let desk = Desk("[]")
        _ = try await client(desk).findBooks(filter: .init(author: "A & B", year: 1999))
        #expect(desk.request?.path == "/books?author=A%20%26%20B&year=1999")
    }

    @Test("Cookies of the style `cookie` are written as they are, or not at all")
    func cookies() async throws {
        let desk = Desk()
        try await client(desk).listShelves(floors: ["1/2", "3%"], near: ["a", "b+c"])
        #expect(desk.request?.headerFields[.cookie] == "floors=1/2; floors=3%; near=a,b+c")
        await #expect(throws: APIError<Never>.self) { try await client(desk).listShelves(near: ["a; admin=1"]) }
    }

    @Test("The caller chooses how the body is sent")
    func bodies() async throws {
        let desk = Desk(#"{"until":"2030-01-02"}"#)
        let until = try #require(CalendarDate(year: 2030, month: 1, day: 2))
        let loan = LibraryAPI.Loan(until: until, extended: .null)
        _ = try await client(desk).lendBook(id: "1", .json(loan))
        #expect(desk.request?.headerFields[.contentType] == "application/json")
        #expect(desk.body == #"{"until":"2030-01-02","extended":null}"#)
        _ = try await client(desk).lendBook(
            id: "1", .form(.init(reader: .init(name: "Mia", city: "A&B"), shelves: ["a", "b c"], notes: ["x", "y"])))
        #expect(desk.request?.headerFields[.contentType] == "application/x-www-form-urlencoded")
        #expect(desk.body == "reader%5Bname%5D=Mia&reader%5Bcity%5D=A%26B&shelves=a%7Cb+c&notes=x&notes=y")
        _ = try await client(desk).lendBook(id: "1", .png(HTTPBody("PNG")))
        #expect(desk.request?.headerFields[.contentType] == "image/png")
        #expect(desk.body == "PNG")
    }

    @Test("The header fields of a response are typed")
    func headers() async throws {
        let fields: HTTPFields = [
            HTTPField.Name("X-Total-Count")!: "12", HTTPField.Name("X-Shelves")!: "a, b",
            HTTPField.Name("Last-Modified-On")!: "2024-02-29",
        ]
        let (_, response) = try await client(Desk("[]", fields: fields)).withResponse { client throws(APIError<Never>) in
            try await client.searchBooks(.init())
        }
        let headers = response.headers(LibraryAPI.Client.SearchBooks.Headers.self)
        #expect(headers.totalCount == 12)
        #expect(headers.shelves == ["a", "b"])
        #expect(headers.lastModifiedOn == CalendarDate(year: 2024, month: 2, day: 29))
        let none = Response(status: .ok, operation: "").headers(LibraryAPI.Client.SearchBooks.Headers.self)
        #expect(none.totalCount == nil && none.shelves == nil)
    }

    @Test("The same operation as another media type")
    func mediaTypes() async throws {
        let desk = Desk("{\"id\":\"1\"}\n{\"id\":\"2\"}\n")
        #expect(try await client(desk).searchBooksAsCSV(.init()).hasPrefix("{"))
        #expect(desk.request?.headerFields[.accept] == "text/csv")
        var ids: [String] = []
        for try await book in try await client(desk).searchBooksAsJSONLines(.init()) { ids.append(book.id) }
        #expect(ids == ["1", "2"])
        #expect(desk.request?.headerFields[.accept] == "application/jsonl")
    }

    @Test("Events carry the content of their data; a kind that is not mapped is the default one")
    func events() async throws {
        let desk = Desk("event: a\ndata: {\"kind\":\"lent\",\"book\":{\"id\":\"7\"}}\n\ndata: {\"kind\":\"fire\",\"reason\":\"smoke\"}\n\n")
        var seen: [String] = []
        for try await event in try await client(desk).watchDesk() {
            switch event.content {
            case .lent(let lent): seen.append("\(event.event ?? "-") lent \(lent.book?.id ?? "")")
            case .closed(let closed): seen.append("\(event.event ?? "-") closed \(closed.reason ?? "")")
            case .unknown: seen.append("unknown")
            }
        }
        #expect(seen == ["a lent 7", "- closed smoke"])
        #expect(desk.request?.headerFields[.accept] == "text/event-stream")
    }

    @Test("Conditions, dependencies and patterns lose nothing")
    func conditions() throws {
        let text = #"{"id":"1","medium":"audio","minutes":9,"pages":3,"reader":"R","x-a":"b"}"#
        let book = try JSON.decode(LibraryAPI.BookAddedWebhook.self, from: Data(text.utf8))
        #expect(book.minutes == 9 && book.pages == 3 && book.reader == "R" && book.additionalProperties == ["x-a": "b"])
        #expect(String(decoding: try JSON.encode(book), as: UTF8.self).contains(#""x-a":"b""#))
        let returned = try JSON.decode(LibraryAPI.Client.LendBook.ReturnedCallback.self, from: Data(#"{"id":"1","damaged":true}"#.utf8))
        #expect(returned.damaged == true)
    }

    @Test("Values of an enumeration of several types", arguments: [
        (#""title""#, LibraryAPI.Search.Sort.stringValue(.title)), ("2", .intValue(._2)), (#""size""#, .stringValue(.unknown("size"))),
    ])
    func mixed(text: String, value: LibraryAPI.Search.Sort) throws {
        #expect(String(decoding: try JSON.encode(value), as: UTF8.self) == text)
        let read = try JSON.decode(LibraryAPI.Search.Sort.self, from: Data(text.utf8))
        #expect(String(decoding: try JSON.encode(read), as: UTF8.self) == text)
    }
}
