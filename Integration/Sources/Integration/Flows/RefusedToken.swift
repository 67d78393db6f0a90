import Clients

extension Flow {
    static let refusedToken = Flow("Refresh after a 401", "RFC 6750 §3.1") { server in
        var token = try await refreshable(at: server)
        // One that the server has never issued, and that has not expired.
        token.accessToken = "not-a-token"
        let transport = RecordingTransport()
        let session = server.session(store: PresetStore(token), transport: transport)
        try await server.check(session)
        try expect(await transport.tokenRequests(of: server.scheme).count, 1, "token requests")
    }
}
