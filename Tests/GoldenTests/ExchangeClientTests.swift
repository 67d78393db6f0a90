import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Answering = AnsweringTransport

extension AnsweringTransport {
    fileprivate convenience init(_ status: Int, _ contentType: String, _ body: String) {
        self.init(status, body, fields: [.contentType: contentType])
    }

    fileprivate var bytes: Data { exchanges.last?.data ?? Data() }
    fileprivate var contentType: String? { request?.headerFields[.contentType] }
}

@Suite("The checked-in client of exchanges that need care, at work")
struct ExchangeClientTests {
    private func client(_ transport: Answering) -> ExchangeAPI.Client { ExchangeAPI.Client(transport: transport) }

    // MARK: - Defaults and constants

    @Test("What need not be given is what the description says, and null only what is said to be")
    func defaults() async throws {
        let transport = Answering(204)
        try await client(transport).putDefaults(.init(empty: nil))
        let text = #"{"at":"2024-02-29T12:00:00Z","day":"2024-02-29","id":"00000000-0000-0000-0000-00000000000a","tags":["x","y"],"price":1.1,"mode":"fast","size":1.5,"note":"hello","empty":null,"token":"t","object":"settings"}"#
        #expect(transport.body == text)
        let read = try await client(Answering(200, "application/json", text)).readDefaults()
        let received = text.replacing(#""token":"t","#, with: "")
        let withoutToken = try await client(Answering(200, "application/json", received)).readDefaults()
        #expect(withoutToken.token == nil)
        #expect(try String(decoding: JSON.encode(withoutToken), as: UTF8.self) == received)
        #expect(read.size == ._1point5 && read.note == "hello" && read.object == "settings" && read.empty == nil)
        #expect(try String(decoding: JSON.encode(read), as: UTF8.self) == text)
    }

    @Test("Parameters that can have one value, or have a default, need not be given")
    func parameters() async throws {
        let transport = Answering(404)
        _ = try? await client(transport).readDefaults()
        #expect(transport.request?.path == "/defaults?version=v2&kind=plain&since=2024-02-29&sort=a&sort=b")
    }

    @Test("A number of an enumeration is its case, and any other is kept")
    func numericEnumeration() throws {
        let sizes = try JSON.decode([ExchangeAPI.Settings.Size].self, from: Data("[1, 1.0, 1.5, 2e0, 2.25]".utf8))
        #expect(sizes == [._1, ._1, ._1point5, ._2, .unknown(2.25)])
        #expect(try String(decoding: JSON.encode(sizes), as: UTF8.self) == "[1,1,1.5,2,2.25]")
    }

    // MARK: - Unknown members

    @Test("What was read and is not known is sent back")
    func unknownMembers() async throws {
        let text = #"{"title":"a","added":{"deep":[1,null]},"later":9007199254740993}"#
        let problem = try JSON.decode(ExchangeAPI.Problem.self, from: Data(text.utf8))
        #expect(problem.unknownMembers.keys.sorted() == ["added", "later"])
        #expect(try String(decoding: JSON.encode(problem), as: UTF8.self) == text)
        let coded = try JSONDecoder().decode(ExchangeAPI.Problem.self, from: JSONEncoder().encode(problem))
        #expect(coded.unknownMembers == problem.unknownMembers)
    }

    @Test("What only the server sets is written as it was read, and never sent", arguments: [
        #"{"title":"a"}"#, #"{"title":"a","closed":null}"#, #"{"title":"a","closed":"2024-02-29"}"#,
    ])
    func readOnlyNull(text: String) throws {
        let ticket = try JSON.decode(ExchangeAPI.Ticket.self, from: Data(text.utf8))
        #expect(try String(decoding: JSON.encode(ticket), as: UTF8.self) == text)
        #expect(try String(decoding: JSON.encode(ticket, omittingReadOnly: true), as: UTF8.self) == #"{"title":"a"}"#)
    }

    @Test("Whether they are kept can be said for one text", arguments: [JSONReading.strict, .tolerant])
    func droppedMembers(reading: JSONReading) throws {
        let text = Data(#"{"title":"a","added":1}"#.utf8)
        let problem = try JSON.decode(ExchangeAPI.Problem.self, from: text, reading: reading, unknownMembers: .drop)
        #expect(problem.unknownMembers.isEmpty && problem.title == "a")
        #expect(try JSON.decode(ExchangeAPI.Problem.self, from: text, reading: reading, unknownMembers: .keep).unknownMembers == ["added": 1])
    }

    @Test("Alternatives are weighed as if unknown members were not kept")
    func alternativesWithUnknownMembers() throws {
        let text = #"{"color":"red","more":true}"#
        guard case .circle(let circle) = try JSON.decode(ExchangeAPI.Shape.self, from: Data(text.utf8)) else {
            Issue.record("no circle")
            return
        }
        #expect(circle.color == "red" && circle.unknownMembers == ["more": true])
        guard case .square = try JSON.decode(ExchangeAPI.Shape.self, from: Data(#"{"side":2,"name":"s"}"#.utf8)) else {
            Issue.record("no square")
            return
        }
    }

    @Test("A property tells an alternative only where the rest fits it")
    func alternativesThatDoNotFit() throws {
        let text = #"{"side":2,"radius":"wide"}"#
        let shape = try JSON.decode(ExchangeAPI.Shape.self, from: Data(text.utf8))
        guard case .square = shape else {
            Issue.record("no square")
            return
        }
        #expect(try String(decoding: JSON.encode(shape), as: UTF8.self) == text)
        let other = #"{"radius":"wide"}"#
        guard case .unknown = try JSON.decode(ExchangeAPI.Shape.self, from: Data(other.utf8)) else {
            Issue.record("read as one that it does not fit")
            return
        }
    }

    @Test("Alternatives within alternatives that do not fit are not read again for each", arguments: [JSONReading.strict, .tolerant])
    func nestedAlternativesThatDoNotFit(reading: JSONReading) throws {
        let text = (0..<200).reduce(#"{"left":"no","right":0}"#) { inner, _ in #"{"child":\#(inner),"left":"no","right":1}"# }
        var depth = 0
        var nest: ExchangeAPI.Nest? = try JSON.decode(ExchangeAPI.Nest.self, from: Data(text.utf8), reading: reading)
        while case .right(let right) = nest {
            depth += 1
            nest = right.child
        }
        #expect(depth == 201)
    }

    // MARK: - Errors

    @Test("An error without content is documented: nil beside those that have one", arguments: [404, 400, 503])
    func errorsOfOneType(status: Int) async throws {
        do throws(APIError<ExchangeAPI.Problem?>) {
            try await client(Answering(status, "application/json", #"{"title":"no"}"#)).putDefaults(.init(empty: nil))
            Issue.record("a success")
        } catch {
            guard case .documented(let problem, let response) = error else { throw error }
            #expect(response.status.code == status)
            #expect(problem?.title == (status == 404 ? nil : "no"))
        }
    }

    @Test("Errors of several types, and each without content, are cases", arguments: [302, 400, 409, 410])
    func errorsOfSeveralTypes(status: Int) async throws {
        do throws(APIError<ExchangeAPI.Client.ReadText.Failure>) {
            _ = try await client(Answering(status, "text/plain", "b\n")).readText(kind: "k")
            Issue.record("a success")
        } catch {
            guard case .documented(let failure, _) = error else { throw error }
            switch (status, failure) {
            case (302, .found), (400, .badRequest(.b)), (410, .gone): break
            case (409, .data(let data)): #expect(data == Data("b\n".utf8))
            default: Issue.record("another error")
            }
        }
    }

    @Test("A default that is all there is describes errors too, and an undescribed status stays one")
    func defaultAlone() async throws {
        do throws(APIError<Void>) {
            try await client(Answering(500)).putText(kind: "k", JSON.described("2024-02-29"))
            Issue.record("a success")
        } catch {
            guard case .documented((), let response) = error else { throw error }
            #expect(response.status.code == 500)
        }
        do throws(APIError<Void>) {
            _ = try await client(Answering(500)).readDefaults()
            Issue.record("a success")
        } catch {
            guard case .undocumented(let response) = error else { throw error }
            #expect(response.status.code == 500)
        }
    }

    // MARK: - Media types

    @Test("Text that is a number or a date is one, in both directions")
    func scalarText() async throws {
        #expect(try await client(Answering(200, "text/plain", "42\n")).readText(kind: "k") == 42)
        #expect(try await client(Answering(204)).readText(kind: "k") == nil)
        let transport = Answering(204)
        try await client(transport).putText(kind: "k", JSON.described("2024-02-29"))
        #expect(transport.body == "2024-02-29" && transport.contentType == "text/plain")
    }

    @Test("A text is sent in the charset of its media type")
    func charset() async throws {
        let transport = Answering(204)
        try await client(transport).postLatin("Käse")
        #expect(transport.bytes == Data([0x4B, 0xE4, 0x73, 0x65]))
        #expect(transport.contentType == "text/plain; charset=iso-8859-1")
        do throws(APIError<Never>) {
            try await client(transport).postLatin("乾酪")
            Issue.record("sent")
        } catch {
            guard case .encoding(let fault) = error else { throw error }
            #expect(fault.message.contains("charset"))
        }
    }

    @Test("Content of any media type is read as the server's says", arguments: [
        ("text/plain", "\"a\""), ("application/json; charset=utf-8", #""\"a\"""#),
    ])
    func serversMediaType(contentType: String, answer: String) async throws {
        #expect(try await client(Answering(200, contentType, answer)).readAny() == "\"a\"")
    }

    @Test("Content of any media type is sent as the caller's")
    func callersMediaType() async throws {
        let transport = Answering(200, "image/webp", "bytes")
        let received = try await client(transport).postAny(contentType: "text/csv", HTTPBody("a,b"))
        #expect(transport.contentType == "text/csv" && transport.body == "a,b")
        #expect(try await received.collect(upTo: 100) == Data("bytes".utf8))
        _ = try await client(transport).postAny(HTTPBody("a,b"))
        #expect(transport.contentType == "application/octet-stream")
        try await client(transport).putImage(contentType: .imageGif, HTTPBody("GIF89a"))
        #expect(transport.contentType == "image/gif" && transport.body == "GIF89a")
    }

    @Test("Versions of a media type are asked for by their parameters")
    func parametersOfMediaTypes() async throws {
        let first = Answering(200, "application/json;version=1", #""one""#)
        #expect(try await client(first).readVersion() == "one")
        #expect(first.request?.headerFields[.accept] == "application/json;version=1")
        let second = Answering(200, "application/json;version=2", "2")
        #expect(try await client(second).readVersionAsJSONVersion2() == 2)
        #expect(second.request?.headerFields[.accept] == "application/json;version=2")
    }

    @Test("A body that has to be there and may be null is null where it is nil")
    func nullBody() async throws {
        let transport = Answering(204)
        try await client(transport).putNullable(nil)
        #expect(transport.body == "null" && transport.contentType == "application/json")
        try await client(transport).putNullable("a")
        #expect(transport.body == #""a""#)
    }

    @Test("A body that need not be there is left out where it is nil, and can be null")
    func optionalNullBody() async throws {
        let transport = Answering(204)
        try await client(transport).patchNullable()
        #expect(transport.body == "" && transport.contentType == nil)
        try await client(transport).patchNullable(.null)
        #expect(transport.body == "null" && transport.contentType == "application/json")
        try await client(transport).patchNullable("a")
        #expect(transport.body == #""a""#)
        try await client(transport).postNullable(.json(nil))
        #expect(transport.body == "null" && transport.contentType == "application/json")
    }

    @Test("Lines described as one string are sent as they are")
    func lines() async throws {
        let transport = Answering(204)
        try await client(transport).postBulk("{\"index\":{}}\n{\"a\":1}\n")
        #expect(transport.body == "{\"index\":{}}\n{\"a\":1}\n" && transport.contentType == "application/x-ndjson")
    }

    @Test("JSON that says that it is a stream is read value by value")
    func stream() async throws {
        let transport = Answering(200, "application/json", "{\"title\":\"a\"}\n{\"title\":\"b\"}\n")
        var titles: [String?] = []
        for try await problem in try await client(transport).watch() { titles.append(problem.title) }
        #expect(titles == ["a", "b"])
        #expect(transport.request?.headerFields[.accept] == "application/json")
    }

    // MARK: - Forms and parameters

    @Test("A form without named parts has those that the caller names")
    func freeForm() async throws {
        let transport = Answering(204)
        try await client(transport).postFree(["title": "Sunrise", "meta": .json(["a": 1]), "file": .file(FilePart(Data("x".utf8), filename: "x.txt"))])
        #expect(transport.contentType?.hasPrefix("multipart/form-data; boundary=") == true)
        let body = transport.body
        #expect(body.contains("name=\"title\"\r\n\r\nSunrise\r\n"))
        #expect(body.contains("name=\"meta\"\r\nContent-Type: application/json\r\n\r\n{\"a\":1}\r\n"))
        #expect(body.contains("name=\"file\"; filename=\"x.txt\"\r\nContent-Type: application/octet-stream\r\n\r\nx\r\n"))
    }

    @Test("Files of any name are parts of their own")
    func filesOfAnyName() async throws {
        let transport = Answering(204)
        try await client(transport).putFiles(.init(title: "t", additionalProperties: ["a": FilePart(Data("1".utf8)), "b": FilePart(Data("2".utf8))]))
        #expect(transport.body.contains("name=\"a\"; filename=\"a\"") && transport.body.contains("\r\n2\r\n"))
    }

    @Test("A list in a form that is the whole query is a pair for each element")
    func queryString() async throws {
        let transport = Answering(204)
        try await client(transport).search(q: .init(tag: ["a b", "c&d"], limit: 2))
        #expect(transport.request?.path == "/search?tag=a%20b&tag=c%26d&limit=2")
    }

    @Test("A setting allows an empty segment, and of another operation it is refused")
    func emptySegment() async throws {
        let transport = Answering(204)
        _ = try await client(transport).readText(kind: "")
        #expect(transport.request?.path == "/text/")
        do throws(APIError<Void>) {
            try await client(transport).putText(kind: "", JSON.described("2024-02-29"))
            Issue.record("sent")
        } catch {
            guard case .encoding(let fault) = error else { throw error }
            #expect(fault.message.contains("empty"))
        }
    }
}
