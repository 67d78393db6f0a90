import Clients
import Foundation
import HTTPTypes

/// This program once more, as one of several processes that share a store of
/// tokens.
enum SharingProcess {
    /// What such a process does.
    enum Task: String {
        /// Five requests of the API at once.
        case requests
        /// One refresh, whose answer it does not get before its input has a line.
        case lateRefresh
        /// Requests of the API, one after the other in each of two tasks, for
        /// as long as the environment variable `SOAK_SECONDS` says.
        case soak
    }

    struct Report: Codable, Sendable {
        /// How many requests of the API were answered.
        var requests: Int
        /// How many requests the token endpoint got.
        var tokenRequests: Int
        /// How many tokens ended on their way, as the machine had other things to
        /// do: requests that took longer than the rest of a token's life.
        var late = 0
        /// Why requests failed.
        var failures: [String] = []
        /// The refresh token that the last token request has brought.
        var refreshToken: String?
    }

    /// Runs a process to its end.
    static func start(_ task: Task, _ server: Server, _ place: SharedPlace) async throws -> Report {
        let output = try await Program.run(CommandLine.arguments[0], arguments(task, server, place))
        guard output.status == 0 else {
            throw Unexpected("a process: \(String(decoding: output.data, as: UTF8.self))")
        }
        return try JSONDecoder().decode(Report.self, from: output.data)
    }

    static func arguments(_ task: Task, _ server: Server, _ place: SharedPlace) -> [String] {
        ["share", task.rawValue, "\(server.name)=\(server.url)"] + place.arguments
    }

    /// What such a process does; its report is its output.
    static func run(_ task: Task, _ server: Server, _ place: SharedPlace) async throws {
        let store = try await place.store()
        let report: Report
        switch task {
        case .requests: report = try await requests(server, store)
        case .lateRefresh: report = await lateRefresh(server, store)
        case .soak: report = await soak(server, store)
        }
        FileHandle.standardOutput.write(try JSONEncoder().encode(report))
    }

    private static func requests(_ server: Server, _ store: any TokenStore) async throws -> Report {
        let transport = RecordingTransport()
        let session = server.session(store: store, transport: transport)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<5 { group.addTask { try await server.check(session) } }
            try await group.waitForAll()
        }
        return Report(requests: 5, tokenRequests: await transport.tokenRequests(of: server.scheme).count)
    }

    private static func lateRefresh(_ server: Server, _ store: any TokenStore) async -> Report {
        let transport = LateTransport(server.scheme)
        let session = server.session(store: store, transport: transport)
        var report = Report(requests: 0, tokenRequests: 1)
        do {
            try await server.check(session)
            report.requests = 1
        } catch {
            report.failures = ["\(error)"]
        }
        report.refreshToken = await transport.refreshToken
        return report
    }

    private static func soak(_ server: Server, _ store: any TokenStore) async -> Report {
        let seconds = ProcessInfo.processInfo.environment["SOAK_SECONDS"].flatMap(Double.init) ?? 10
        let end = ContinuousClock.now + .seconds(seconds)
        let transport = RecordingTransport()
        let session = server.session(store: store, transport: transport)
        let reports = await withTaskGroup(of: Report.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    var report = Report(requests: 0, tokenRequests: 0)
                    while ContinuousClock.now < end {
                        let begin = ContinuousClock.now
                        do {
                            try await server.check(session)
                            report.requests += 1
                        } catch let error as any AnyAPIError
                            where error.status == .unauthorized && ContinuousClock.now - begin > .seconds(1)
                        {
                            report.late += 1
                        } catch {
                            report.failures.append("\(error)")
                        }
                        try? await _Concurrency.Task.sleep(for: .milliseconds(.random(in: 20...80)))
                    }
                    return report
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        return Report(
            requests: reports.map(\.requests).reduce(0, +),
            tokenRequests: await transport.tokenRequests(of: server.scheme).count,
            late: reports.map(\.late).reduce(0, +), failures: reports.flatMap(\.failures))
    }
}

/// Holds the first answer of the token endpoint back: it says `spent` and waits
/// for a line.
private actor LateTransport: Transport {
    private let next = URLSessionTransport()
    private let path: String
    private var isHeld = false
    private(set) var refreshToken: String?

    init(_ scheme: OAuth2Scheme) {
        path = scheme.tokenURL ?? ""
    }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let (response, content) = try await next.send(request, body: body)
        guard request.path == path, !isHeld else { return (response, content) }
        isHeld = true
        let data = try await content.collect(upTo: 65_536)
        refreshToken = try JSON.decode(JSONValue.self, from: data).object?["refresh_token"]?.string
        FileHandle.standardError.write(Data("spent\n".utf8))
        _ = readLine()
        return (response, HTTPBody(data))
    }
}
