import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

@Suite("Stubs of generated clients")
struct StubTests {
    private static let stubLine = #line + 1
    private let stub = Stub<PetstoreAPI.Client>()
    private let rex = PetstoreAPI.Pet(name: "Rex", status: .available)

    @Test("A stub answers with the operation's own types, and sees its own parameters")
    func typed() async throws {
        stub.on(\.petsGet) { call in .ok(PetstoreAPI.Pet(name: "Pet \(call.petID)", status: .sold)) }
        #expect(try await stub.client.petsGet(petID: 7)?.name == "Pet 7")
        #expect(stub.calls(to: \.petsGet).map(\.petID) == [7])
        #expect(stub.calls(to: \.listPets).isEmpty)
    }

    @Test("Parameters of every kind are read back as they were")
    func parameters() async throws {
        stub.on(\.listPets) { _ in .ok([]) }
        let id = try #require(UUID(uuidString: "00000000-0000-0000-0000-000000000001"))
        _ = try await stub.client.listPets(
            limit: 5, tags: ["a b", "1"], ids: [1, 2], colours: ["red", "blue"], breeds: ["x", "y"],
            filter: .init(minimumAge: 2, name: "R&B"), where: .init(id: 1), redirect: "/a?b", status: .onHold,
            bornAfter: CalendarDate(year: 2020, month: 2, day: 29), seenAfter: Date(timeIntervalSince1970: 0),
            xTraceID: id, session: "s 1")
        let call = try #require(stub.calls(to: \.listPets).first)
        #expect(call.limit == 5)
        #expect(call.tags == ["a b", "1"])
        #expect(call.ids == [1, 2])
        #expect(call.colours == ["red", "blue"])
        #expect(call.breeds == ["x", "y"])
        #expect(call.filter?.minimumAge == 2 && call.filter?.name == "R&B")
        #expect(call.where?.id == 1)
        #expect(call.redirect == "/a?b")
        #expect(call.status == .onHold)
        #expect(call.bornAfter == CalendarDate(year: 2020, month: 2, day: 29))
        #expect(call.seenAfter == Date(timeIntervalSince1970: 0))
        #expect(call.xTraceID == id)
        #expect(call.session == "s 1")
        _ = try await stub.client.listPets()
        #expect(stub.calls(to: \.listPets).last?.limit == nil)
    }

    @Test("Bodies are read back: JSON, forms, text, bytes, parts")
    func bodies() async throws {
        stub.on(\.addPet) { call in .ok(call.body) }
        stub.on(\.setHome) { call in .ok(.home(.string(call.body.street))) }
        stub.on(\.uploadPhotos) { call in .ok(call.body.map { $0.filename ?? $0.text }.joined(separator: ",")) }
        stub.on(\.putPhoto) { _ in .ok() }
        stub.on(\.postVisits) { call in .ok(.init(outcome: .healthy, notes: ["said": call.body])) }
        let client = stub.client
        #expect(try await client.addPet(rex).name == "Rex")
        let home = try await client.setHome(petID: 1, color: "re/d", shape: ["round", "flat"], .init(street: "A & B", number: 3))
        guard case .home(.string("A & B")) = home else { return #expect(Bool(false), "\(home)") }
        #expect(stub.calls(to: \.setHome).first?.color == "re/d")
        #expect(stub.calls(to: \.setHome).first?.shape == ["round", "flat"])
        #expect(stub.calls(to: \.setHome).first?.body.number == 3)
        let names = try await client.uploadPhotos(petID: 1, .init(photo: FilePart(Data("x".utf8), filename: "p.jpg"), title: "Rex"))
        #expect(names == "p.jpg,Rex")
        try await client.putPhoto(petID: 1, HTTPBody("jpeg"))
        #expect(try await stub.calls(to: \.putPhoto).first?.body?.collect(upTo: 9) == Data("jpeg".utf8))
        #expect(try await client.postVisits("well").notes == ["said": "well"])
    }

    @Test("Errors that are described, those that are not, and those of the network")
    func errors() async throws {
        stub.on(\.addPet) { _ in .failure(409, .conflict(.init(name: "Rex"))) }
        await #expect { try await stub.client.addPet(rex) } throws: { error in
            if case .documented(.conflict(let conflict), _)? = error as? APIError<PetstoreAPI.Client.AddPet.Failure> { conflict.name == "Rex" } else { false }
        }
        stub.on(\.addPet) { _ in .status(418) }
        await #expect { try await stub.client.addPet(rex) } throws: { error in
            if case .undocumented(let response)? = error as? APIError<PetstoreAPI.Client.AddPet.Failure> { response.status.code == 418 } else { false }
        }
        stub.on(\.addPet) { _ in throw URLError(.cannotFindHost) }
        await #expect { try await stub.client.addPet(rex) } throws: { error in
            if case .transport? = error as? APIError<PetstoreAPI.Client.AddPet.Failure> { true } else { false }
        }
    }

    @Test("A status that the description does not have fails the test")
    func lies() async throws {
        stub.on(\.addPet) { _ in .failure(404, .conflict(.init(name: "Rex"))) }
        let found = await TestIssues.found { _ = try? await stub.client.addPet(rex) }
        #expect(found.map(\.message) == ["the description has no error of `add-pet` with the status 404; it has 409, 422"])
    }

    @Test("An operation that nobody stubbed fails the test, even if what it throws is caught")
    func unstubbed() async throws {
        let call = #line + 1
        let found = await TestIssues.found { _ = try? await stub.client.getPhoto(petID: 1) }
        #expect(found.count == 1)
        #expect(found.first?.message.hasPrefix("`get_photo` (GET /pets/{petId}/photo) was called and is not stubbed") == true)
        #expect(found.first?.location.fileID == "GoldenTests/StubTests.swift")
        #if DEBUG && os(Linux)
            #expect(found.first?.location.line == call)
        #endif
    }

    #if DEBUG && os(Linux)
        private struct PassesOn: Middleware {
            func intercept(
                _ request: HTTPRequest, body: HTTPBody?, operation: OperationContext,
                next: (HTTPRequest, HTTPBody?) async throws -> (HTTPResponse, HTTPBody)
            ) async throws -> (HTTPResponse, HTTPBody) {
                try await next(request, body)
            }
        }

        /// Code under test, between the test and the client.
        private struct Album {
            let client: PetstoreAPI.Client

            static let line = #line + 1
            func photos() async { for id in Int64(1)...2 { _ = try? await client.withResponse { try await $0.getPhoto(petID: id) } } }
        }

        @Test("What is wrong is at the line that called: in code under test, in closures, in tasks")
        func lines() async throws {
            let album = Album(client: stub.client)
            #expect(await TestIssues.found { await album.photos() }.map(\.location.line) == [Album.line, Album.line])
            let start = #line
            let found = await TestIssues.found {
                async let first: Void = album.client.putPhoto(petID: 1, HTTPBody("x"))
                _ = try? await first
                _ = await Task { try? await album.client.getPhoto(petID: 3) }.value
                _ = try? await album.client.with(\.retries, RetryPolicy(maximumRetries: 3)).listPets()
            }
            #expect(found.map { $0.location.line - start } == [2, 4, 5])
            // Middleware is on the way, and is not what called.
            let client = PetstoreAPI.Client(authorization: .petstoreAuth(accessToken: "t"), transport: stub, middleware: [PassesOn()])
            let line = #line + 1
            let passed = await TestIssues.found { _ = try? await client.listPets() }
            #expect(passed.map(\.location.line) == [line])
            // A deadline has put a task of the runtime's own in between.
            let late = await TestIssues.found { _ = try? await album.client.with(\.deadline, .seconds(600)).listPets() }
            #expect(late.map(\.location.line) == [Self.stubLine])
        }
    #endif

    @Test("Below retries: each attempt is a call")
    func attempts() async throws {
        stub.on(\.petsGet, .status(503), .status(503), .ok(rex))
        let client = stub.client.with(\.retries, RetryPolicy(baseDelay: .zero))
        #expect(try await client.petsGet(petID: 1)?.name == "Rex")
        #expect(stub.calls(to: \.petsGet).count == 3)
    }

    @Test("Below credentials: the request has them")
    func credentials() async throws {
        stub.on(\.listPets) { _ in .ok([rex]) }
        let client = PetstoreAPI.Client(authorization: .petstoreAuth(accessToken: "t"), transport: stub)
        _ = try await client.listPets()
        #expect(stub.requests.first?.headerFields[.authorization] == "Bearer t")
    }

    @Test("Nothing where the description allows it, with the status it has for it")
    func nothing() async throws {
        stub.on(\.petsGet) { _ in .ok(nil) }
        let (pet, response) = try await stub.client.withResponse { try await $0.petsGet(petID: 1) }
        #expect(pet == nil && response.status == .noContent)
    }

    @Test("Groups of operations")
    func groups() async throws {
        let stub = Stub<ForumAPI.Client>()
        stub.on(\.users.delete) { _ in .ok() }
        try await stub.client.users.delete(id: 9)
        #expect(stub.calls(to: \.users.delete).map(\.id) == [9])
    }

    @Test("Everything is answered from examples, and what is stubbed is not")
    func examples() async throws {
        #expect(PetstoreAPI.Pet.example.status == .available)
        #expect([PetstoreAPI.Pet].example.count == 1)
        let client = PetstoreAPI.Client.preview
        #expect(try await client.listPets().count == 1)
        #expect(try await client.postVisits("well").outcome == .healthy)
        stub.answerFromExamples()
        stub.on(\.petsGet) { _ in .ok(rex) }
        #expect(try await stub.client.listPets().map(\.status) == [.available])
        #expect(try await stub.client.petsGet(petID: 1)?.name == "Rex")
    }
}
