import Clients

extension Flow {
    static let sharedFile = Flow("Two processes, one file of tokens: one refresh", "RFC 6749 §6") { server in
        try await SharedPlace.withFile { try await refreshOnce(server, $0) }
    }

    static let sharedDatabase = Flow("Two processes, one PostgreSQL database: one refresh", "RFC 6749 §6") { server in
        try await refreshOnce(server, try .database())
    }

    private static func refreshOnce(_ server: Server, _ place: SharedPlace) async throws {
        try await signInExpired(server, at: place)
        let reports = try await withThrowingTaskGroup(of: SharingProcess.Report.self) { group in
            for _ in 0..<2 { group.addTask { try await SharingProcess.start(.requests, server, place) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        try expect(reports.map(\.requests), [5, 5], "answered requests of each process")
        try expect(reports.map(\.tokenRequests).reduce(0, +), 1, "token requests of both processes")
    }

    /// Signs in, and keeps the token as if it had ended.
    static func signInExpired(_ server: Server, at place: SharedPlace) async throws {
        try await signIn(server.session(store: ExpiredStore(store: try await place.store())), at: server)
    }
}
