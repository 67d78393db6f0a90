import Foundation
import ReferenceServer
import Testing

@Suite("Starting and stopping")
struct ServerTests {
    @Test("After stopping nobody listens, and the port can be had again")
    func stop() async throws {
        var configuration = ReferenceServer.Configuration(clients: [])
        let first = try await ReferenceServer.start(configuration)
        #expect(first.port > 0)
        #expect(first.url == "http://127.0.0.1:\(first.port)")
        let probe = Probe(first)
        // The connection stays open, and stopping does not wait for it.
        #expect(try await probe.get("/api/v1/countries").status == 401)
        await first.stop()
        await #expect(throws: (any Error).self) { try await probe.get("/api/v1/countries") }
        // Twice is as good as once.
        await first.stop()

        configuration.port = first.port
        let second = try await ReferenceServer.start(configuration)
        #expect(second.port == first.port)
        #expect(try await Probe(second).get("/api/v1/countries").status == 401)
        #expect(second.counters.apiRequests == 1)
        await second.stop()
    }

    @Test("A port that is taken")
    func portTaken() async throws {
        let first = try await ReferenceServer.start(.init(clients: []))
        var configuration = ReferenceServer.Configuration(clients: [])
        configuration.port = first.port
        await #expect(throws: (any Error).self) { try await ReferenceServer.start(configuration) }
        #expect(try await Probe(first).get("/api/v1/countries").status == 401)
        await first.stop()
    }

    @Test("Clients that cannot be")
    func clients() async throws {
        await #expect(throws: ReferenceServer.StartError.redirectURINotHTTPS("http://app.example/")) {
            try await ReferenceServer.start(
                .init(clients: [.init(id: "a", secret: nil, redirectURIs: ["http://app.example/"])]))
        }
        await #expect(throws: ReferenceServer.StartError.duplicateClient(id: "a")) {
            try await ReferenceServer.start(.init(clients: [.init(id: "a", secret: nil), .init(id: "a", secret: "b")]))
        }
    }

    @Test("The log has every request and no secret")
    func log() async throws {
        try await Setting.with { setting in
            let tokens = try await setting.signIn()
            let code = try await setting.code()
            _ = try await setting.probe.get("/api/v1/countries?access_token=\(tokens.access)", token: tokens.access)
            _ = try await setting.probe.get("/nowhere")
            #expect(
                setting.log.entries.map { "\($0.method) \($0.path) \($0.status)" } == [
                    "POST /api/v1/users 201", "POST /oauth/token 200", "GET /oauth/authorize 200",
                    "POST /oauth/authorize 302", "GET /api/v1/countries 200", "GET /nowhere 404",
                ])
            #expect(setting.log.entries.allSatisfy { $0.seconds >= 0 })
            let text = "\(setting.log.entries)"
            for secret in [Setting.secret, Setting.password, tokens.access, tokens.refresh, code] {
                #expect(!text.contains(secret))
            }
            let client = ReferenceServer.RegisteredClient(id: "app", secret: Setting.secret)
            var dumped = "\(client) \(String(reflecting: client))"
            dump(client, to: &dumped)
            #expect(!dumped.contains(Setting.secret))
        }
    }
}
