import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

private typealias Pets = AnsweringTransport

extension AnsweringTransport {
    fileprivate var fields: HTTPFields { request?.headerFields ?? [:] }
    fileprivate var fullLine: String { exchanges.last.map { "\($0.request.method.rawValue) \($0.url)" } ?? "" }
}

@Suite("The checked-in client of the petstore, at work")
struct PetstoreClientTests {
    private let server = PetstoreAPI.Server(url: "https://pets.test/v1")
    private let pet = PetstoreAPI.Pet(name: "Rex", status: .available)

    private func client(_ transport: Pets, _ authorization: PetstoreAPI.Authorization = .none) -> PetstoreAPI.Client {
        PetstoreAPI.Client(server: server, authorization: authorization, transport: transport)
    }

    @Test("Servers")
    func servers() {
        #expect(PetstoreAPI.Client().core.serverURL == "https://eu.pets.example/v1")
        #expect(PetstoreAPI.Server.production(region: .us).url == "https://us.pets.example/v1")
        #expect(PetstoreAPI.Server.sandbox.url == "https://sandbox.pets.example/v1")
    }

    @Test("Parameters of every kind")
    func parameters() async throws {
        let transport = Pets(200, #"[{"name":"Rex","status":"asleep"}]"#)
        let pets = try await client(transport).listPets(
            limit: 5, tags: ["a b", "c"], ids: [1, 2], colours: ["red", "blue"], breeds: ["x", "y"],
            filter: .init(minimumAge: 2, name: "R&B"), where: .init(id: 1), redirect: "/a?b", status: .onHold,
            bornAfter: CalendarDate(year: 2020, month: 2, day: 29), seenAfter: Date(timeIntervalSince1970: 0),
            xTraceID: UUID(uuidString: "00000000-0000-0000-0000-000000000001"), session: "s 1")
        #expect(
            transport.fullLine
                == "GET https://pets.test/v1/pets?limit=5&tags=a%20b&tags=c&ids=1%7C2&colours=red%20blue&breeds=x,y"
                + "&filter%5BminimumAge%5D=2&filter%5Bname%5D=R%26B&where=%7B%22id%22%3A1%7D&redirect=/a?b&status=on-hold"
                + "&bornAfter=2020-02-29&seenAfter=1970-01-01T00%3A00%3A00Z")
        #expect(transport.fields[HTTPField.Name("X-Trace-ID")!]?.lowercased() == "00000000-0000-0000-0000-000000000001")
        #expect(transport.fields[.cookie]?.hasPrefix("session=") == true)
        // A status that the description does not know is kept.
        #expect(pets.first?.status == .unknown("asleep"))
    }

    @Test("What only the server sets is read, and not sent")
    func readOnly() async throws {
        let transport = Pets(201, #"{"id":7,"name":"Rex","status":"sold","nickname":null,"born":"2020-02-29","friends":[{"name":"Tom","status":"no"}]}"#)
        var pet = try await client(transport).addPet(pet)
        #expect(transport.body == #"{"name":"Rex","status":"available"}"#)
        #expect(pet.id == 7)
        #expect(pet.nickname == .null)
        #expect(pet.friends?.first?.status == .no)
        pet.password = "secret"
        _ = try await client(transport).addPet(pet)
        #expect(transport.body == #"{"name":"Rex","nickname":null,"status":"sold","born":"2020-02-29","friends":[{"name":"Tom","status":"no"}],"password":"secret"}"#)
    }

    @Test("In a PATCH absent and null differ")
    func patch() async throws {
        let transport = Pets(200, #"{"name":"Rex","status":"sold"}"#)
        _ = try await client(transport).updatePet(petID: 1, .init(name: "Max"))
        #expect(transport.body == #"{"name":"Max"}"#)
        #expect(transport.fields[.contentType] == "application/merge-patch+json")
        _ = try await client(transport).updatePet(petID: 1, .init(nickname: .null, priority: ._2))
        #expect(transport.body == #"{"nickname":null,"priority":2}"#)
    }

    @Test("Nothing where the description allows it")
    func nothing() async throws {
        #expect(try await client(Pets(204)).petsGet(petID: 1) == nil)
        #expect(try await client(Pets(200, #"{"name":"Rex","status":"sold"}"#)).petsGet(petID: 1)?.name == "Rex")
    }

    @Test("Errors are of the type the description gives them", arguments: [409, 422, 500])
    func errors(status: Int) async {
        let transport = Pets(status, status == 409 ? #"{"name":"Rex"}"# : #"{"title":"No","status":422}"#)
        do throws(APIError<PetstoreAPI.Client.AddPet.Failure>) {
            _ = try await client(transport).addPet(pet)
            Issue.record("there was no error")
        } catch {
            switch error {
            case .documented(.conflict(let conflict), _): #expect(status == 409 && conflict.name == "Rex")
            case .documented(.problem(let problem), _): #expect(status == 422 && problem.title == "No")
            case .undocumented(let response): #expect(status == 500 && response.status.code == 500)
            default: Issue.record("\(error)")
            }
        }
    }

    @Test("Path styles, forms and several kinds of success", arguments: [
        (200, #"{"garden":true}"#, "house"), (200, #"{"floor":3}"#, "flat"), (200, #""a box""#, "string"), (202, #"{"id":1}"#, "category"),
        (200, "[1]", "unknown"),
    ])
    func homes(status: Int, answer: String, kind: String) async throws {
        let transport = Pets(status, answer)
        let result = try await client(transport).setHome(
            petID: 7, color: "re/d", shape: ["round", "flat"], .init(street: "A & B", number: 3))
        #expect(transport.fullLine == "PUT https://pets.test/v1/pets/7/home.re%2Fd;shape=round;shape=flat")
        #expect(transport.body == "street=A+%26+B&number=3")
        let actual =
            switch result {
            case .category: "category"
            case .home(.house): "house"
            case .home(.flat): "flat"
            case .home(.string): "string"
            case .home(.unknown): "unknown"
            }
        #expect(actual == kind)
    }

    @Test("Bytes, files and text")
    func bytes() async throws {
        let transport = Pets(200, "42")
        let photo = try await client(transport).getPhoto(petID: 1)
        #expect(try await photo.collect(upTo: 10) == Data("42".utf8))
        #expect(transport.fields[.accept] == "image/jpeg")
        try await client(transport).putPhoto(petID: 1, HTTPBody("jpeg"))
        #expect(transport.body == "jpeg")
        #expect(transport.fields[.contentType] == "image/jpeg")
        let size = try await client(transport).uploadPhotos(
            petID: 1, .init(photo: FilePart(Data("x".utf8), filename: "p.jpg"), title: "Rex", about: .init(name: "dogs")))
        #expect(size == "42")
        #expect(transport.body.contains("Content-Disposition: form-data; name=\"photo\"; filename=\"p.jpg\"\r\nContent-Type: image/jpeg\r\n\r\nx\r\n"))
        #expect(transport.body.contains("name=\"about\"\r\nContent-Type: application/json\r\n\r\n{\"name\":\"dogs\"}\r\n"))
    }

    @Test("An operation's own server, body and security")
    func ownServer() async throws {
        let transport = Pets(200, #"{"outcome":"unknown","next":"2024-02-29","notes":{"a":"b"}}"#)
        let visit = try await client(transport, .basic(username: "u", password: "p"))
            .with(\.credentialOrigins, ["https://visits.example"]).postVisits("well")
        #expect(transport.fullLine == "POST https://visits.example/visits")
        #expect(transport.body == "well")
        #expect(transport.fields[.authorization] == "Basic dTpw")
        #expect(visit.outcome == .unknownValue)
        #expect(visit.notes == ["a": "b"])
    }

    @Test("An enumeration lists the values that the description does, and finds each by its raw value")
    func allCases() {
        typealias Outcome = PetstoreAPI.Client.PostVisits.Response.Outcome
        let rawValues = ["healthy", "ill", "unknown", "all_cases", "under observation", "referred to a specialist"]
        #expect(Outcome.allCases.map(\.rawValue) == rawValues)
        #expect(rawValues.map(Outcome.init(rawValue:)) == Outcome.allCases)
        #expect(Outcome(rawValue: "healthy") == .healthy)
        if case .unknown = Outcome(rawValue: "unknown") { Issue.record("`unknown` is a value of the description here") }
        #expect(Outcome(rawValue: "lost") == .unknown("lost"))
    }

    @Test("Credentials of every kind")
    func credentials() async throws {
        let transport = Pets(200, "[]")
        _ = try await client(transport, .apiKey("k").and(.petstoreAuth(accessToken: "t"))).listPets()
        #expect(transport.fields[HTTPField.Name("X-API-Key")!] == "k")
        #expect(transport.fields[.authorization] == nil)
        _ = try await client(transport, .petstoreAuth(accessToken: "t")).listPets()
        #expect(transport.fields[.authorization] == "Bearer t")
    }

    @Test("Unions, trees and members that are not named")
    func models() throws {
        let animal = try JSON.decode(PetstoreAPI.Animal.self, from: Data(#"{"kind":"cat","lives":9}"#.utf8))
        guard case .catAnimal(let cat) = animal else { throw Wrong() }
        #expect(cat.lives == 9)
        let bird = try JSON.decode(PetstoreAPI.Animal.self, from: Data(#"{"kind":"bird"}"#.utf8))
        #expect(try JSON.encode(bird) == Data(#"{"kind":"bird"}"#.utf8))

        let text = Data(#"{"value":"a","children":[{"value":"b"}],"next":{"value":"c"}}"#.utf8)
        let tree = try JSON.decode(PetstoreAPI.Tree.self, from: text)
        #expect(tree.next?.value == "c")
        #expect(try JSON.encode(tree) == text)

        let inventory = try JSON.decode(PetstoreAPI.Inventory.self, from: Data(#"{"dogs":2,"total":3,"cats":1}"#.utf8))
        #expect(inventory.additionalProperties == ["dogs": 2, "cats": 1])

        // With any other coder, too.
        let copy = try JSONDecoder().decode(PetstoreAPI.Tree.self, from: JSONEncoder().encode(tree))
        #expect(copy.children?.first?.value == "b")
    }

    private struct Wrong: Error {}
}

@Suite("Secrets in models")
struct SecretModelTests {
    @Test("A password is sent, read, and shown nowhere")
    func password() throws {
        let pet = PetstoreAPI.Pet(name: "Rex", status: .sold, password: "hunter2")
        let text = String(decoding: try JSON.encode(pet), as: UTF8.self)
        #expect(text.contains(#""password":"hunter2""#))
        #expect(try JSON.decode(PetstoreAPI.Pet.self, from: Data(text.utf8)).password?.exposed == "hunter2")
        var shown = "\(pet) \(String(reflecting: pet))"
        dump(pet, to: &shown)
        #expect(!shown.contains("hunter2"))
    }
}
