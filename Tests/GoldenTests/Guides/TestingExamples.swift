import ApusOAuth
import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

/// What an app has: code that calls an API and knows nothing of tests.
struct PetShop {
    let client: PetstoreAPI.Client

    func greeting(petID: Int64) async -> String {
        guard let pet = try? await client.petsGet(petID: petID) else { return "No such pet" }
        return "Hello, \(pet.name)"
    }
}

/// The examples of the page on testing, which run.
@Suite("The examples of the page on testing")
struct TestingExamples {
    private let file = FileManager.default.temporaryDirectory.appending(path: "apus-guide-\(UUID().uuidString).json")

    // testingStub
    @Test func greetsByName() async {
        let stub = Stub<PetstoreAPI.Client>()
        stub.on(\.petsGet) { call in .ok(PetstoreAPI.Pet(name: "Rex \(call.petID)", status: .sold)) }
        let shop = PetShop(client: stub.client)
        #expect(await shop.greeting(petID: 7) == "Hello, Rex 7")
        #expect(stub.calls(to: \.petsGet).map(\.petID) == [7])
    }
    // end

    // testingErrors
    @Test func saysWhenThereIsNoPet() async {
        let stub = Stub<PetstoreAPI.Client>()
        stub.on(\.petsGet) { _ in .failure(404, PetstoreAPI.Problem(title: "Not here")) }
        #expect(await PetShop(client: stub.client).greeting(petID: 7) == "No such pet")
    }

    @Test func triesAgain() async {
        let clock = TestClock()
        let stub = Stub<PetstoreAPI.Client>()
        stub.on(\.petsGet, .status(503), .status(503), .example())
        let shop = PetShop(client: stub.client.with(clock: clock))
        #expect(await shop.greeting(petID: 7).hasPrefix("Hello"))
        #expect(clock.sleeps.count == 2)
    }
    // end

    // testingExamples
    @Test func everyPetHasAStatus() async throws {
        let pet = PetstoreAPI.Pet.example
        #expect(pet.status == .available)
        let client = PetstoreAPI.Client.preview
        #expect(try await client.listPets().map(\.name) == [pet.name])
    }
    // end

    // testingRecording
    func record(against server: PetstoreAPI.Server, to file: URL) async throws {
        let recording = RecordingTransport(to: file, scrubbing: Scrubbing(of: PetstoreAPI.Client.self))
        let client = PetstoreAPI.Client(server: server, transport: recording)
        _ = try await client.listPets(limit: 2)
        try recording.save()
    }

    func replay(from file: URL) async throws -> [PetstoreAPI.Pet] {
        let replay = try ReplayTransport(from: file, scrubbing: Scrubbing(of: PetstoreAPI.Client.self))
        return try await PetstoreAPI.Client.offline(replay).listPets(limit: 2)
    }
    // end

    @Test func recordsAndReplays() async throws {
        let stub = Stub<PetstoreAPI.Client>()
        stub.on(\.listPets) { _ in .ok([.example]) }
        let recording = RecordingTransport(to: file, stub, scrubbing: Scrubbing(of: PetstoreAPI.Client.self))
        _ = try await PetstoreAPI.Client.offline(recording).listPets(limit: 2)
        try recording.save()
        #expect(try await replay(from: file).map(\.status) == [.available])
    }

    // testingChaos
    @Test func survivesABadDay() async throws {
        let clock = TestClock()
        let stub = Stub<PetstoreAPI.Client>()
        stub.answerFromExamples()
        let chaos = ChaosTransport(stub, seed: 7, rules: [
            ChaosRule(.status(503, retryAfter: 1), probability: 0.3),
            ChaosRule(.resetAfter(bytes: 10), probability: 0.2, operations: ["list_pets"]),
            ChaosRule(.refused, probability: 0.1),
        ], clock: clock)
        let client = PetstoreAPI.Client.offline(chaos).with(clock: clock).with(\.retries, RetryPolicy(maximumRetries: 20))
        for _ in 0..<10 { _ = try await client.listPets() }
        #expect(!chaos.events.isEmpty)
    }
    // end

    // testingSignIn
    @Test func renewsItsToken() async throws {
        let server = FakeAuthorizationServer(clientSecrets: ["bank-app": ""], users: ["ada": "lovelace"])
        let session = OAuth2Session(
            scheme: OAuth2Scheme(name: "bank", tokenURL: "https://auth.test/token"), client: OAuth2Client(id: "bank-app"),
            context: CredentialContext(serverURL: "https://auth.test", transport: server))
        try await session.signIn(username: "ada", password: "lovelace")
        server.clock.advance(by: .seconds(3_600))
        #expect(try await session.validToken().accessToken.exposed == "access-2")
        #expect(server.requestCounts["/token"] == 2)
    }
    // end

    // testingLoopback
    @Test func servesAStubOverHTTP() async throws {
        let stub = Stub<PetstoreAPI.Client>(otherwise: FakeAuthorizationServer())
        let server = try LoopbackServer(stub)
        #expect(server.url.hasPrefix("http://127.0.0.1:"))
    }
    // end
}
