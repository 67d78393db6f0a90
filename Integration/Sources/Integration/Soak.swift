import Clients
import Foundation

/// Several processes that use the API without a pause, with tokens that end after
/// two seconds, kept in one file and then in one database. The server rotates
/// refresh tokens and refuses those that were used, so one refresh too many ends
/// the session and every request after it fails.
enum Soak {
    private static let processes = 3

    static func run(on server: Server) async throws {
        try await SharedPlace.withFile { try await run("file", server, $0) }
        try await run("PostgreSQL", server, .database())
    }

    private static func run(_ name: String, _ server: Server, _ place: SharedPlace) async throws {
        let session = server.session(store: try await place.store())
        try await Flow.signIn(session, at: server)
        let clock = ContinuousClock()
        let start = clock.now
        let reports = try await withThrowingTaskGroup(of: SharingProcess.Report.self) { group in
            for _ in 0..<processes { group.addTask { try await SharingProcess.start(.soak, server, place) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let seconds = Int((clock.now - start) / .seconds(1))
        let requests = reports.map(\.requests).reduce(0, +)
        let refreshes = reports.map(\.tokenRequests).reduce(0, +)
        let late = reports.map(\.late).reduce(0, +)
        print(
            "\(name): \(processes) processes, \(seconds) s, \(requests) requests, \(refreshes) refreshes, \(late) tokens that ended on their way")
        let failures = reports.flatMap(\.failures)
        try expect(failures.isEmpty, "no request failed: \(failures.count), first \(failures.prefix(3))")
        try expect(refreshes > 0, "tokens were refreshed")
        // A token holds for 1.8 s before it is renewed, or is refused when it was
        // slow; the refresh itself takes its time.
        try expect(Double(refreshes) <= Double(seconds) / 1.8 + 2 + Double(late), "no more refreshes than tokens that ended")
        try await server.check(session)
    }
}
