import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// Gives the answers of a row from memory.
private final class ScriptedTransport: Transport, @unchecked Sendable {
    private let row: RetryRow
    private let clock: VirtualClock
    private let lock = NSLock()
    private var requests: [HTTPRequest] = []

    init(_ row: RetryRow, _ clock: VirtualClock) {
        self.row = row
        self.clock = clock
    }

    var sent: [HTTPRequest] { lock.withLock { requests } }

    func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        let answer = lock.withLock {
            requests.append(request)
            return row.answers[requests.count - 1]
        }
        switch answer {
        case "lost": throw URLError(.networkConnectionLost)
        case "unsent": throw URLError(.cannotConnectToHost)
        case "slow":
            await clock.letTimePass()
            try await Task.sleep(for: .seconds(3_600))
            throw CancellationError()
        case "cut":
            let chunks = AsyncThrowingStream<[UInt8], any Error> { continuation in
                continuation.yield([0x7B])
                continuation.finish(throwing: URLError(.networkConnectionLost))
            }
            return (HTTPResponse(status: .ok), HTTPBody(chunks, length: 9))
        default:
            let (status, name, value) = parts(of: answer)
            var fields = HTTPFields()
            if let name, let field = HTTPField.Name(name) { fields[field] = value }
            return (HTTPResponse(status: .init(code: status), headerFields: fields), .empty)
        }
    }
}

private func parts(of answer: String) -> (status: Int, name: String?, value: String) {
    let pieces = answer.split(maxSplits: 1) { $0 == "{" }
    guard pieces.count == 2 else { return (Int(answer)!, nil, "") }
    let field = pieces[1].dropLast().split(separator: ":", maxSplits: 1)
    return (Int(pieces[0])!, String(field[0]), field[1].trimmingCharacters(in: .whitespaces))
}

/// Makes the call of a row and says how it ended.
private func call(
    _ row: RetryRow, _ transport: any Transport, server: String, clock: VirtualClock
) async -> (end: String, attempts: [Attempt]) {
    var client = ShopAPI.Client(server: server, transport: transport, options: CallOptions())
    client.core.environment = CallEnvironment(clock: clock, random: { 0.5 }, makeKey: { "made" })
    if let tokens = row.setting("budget") { _ = client.core.environment.budget.take(RetryBudget.capacity - Int(tokens)) }
    client = client.with {
        $0.deadline = row.setting("deadline").map { .seconds($0) }
        $0.attemptTimeout = row.setting("attempt").map { .seconds($0) }
        if let retries = row.setting("retries") { $0.retries.maximumRetries = Int(retries) }
        $0.retries.retriesThrottledWrites = row.settings.contains("writes")
    }
    let isIdempotent: Bool? =
        row.settings.contains("idempotent") ? true : row.settings.contains("not-idempotent") ? false : nil
    var request = Request(
        .named(row.method), "/things/\(7)", operation: "test", security: [], idempotent: isIdempotent,
        idempotencyKeyHeader: row.settings.contains("key") ? "Idempotency-Key" : nil)
    if row.settings.contains("body") { request.body(HTTPBody("{}"), contentType: "application/json") }
    if row.settings.contains("once") {
        request.body(HTTPBody(chunks(["{}"]), length: 2), contentType: "application/json")
    }
    do {
        let (_, response) = try await client.withResponse { try await $0.call(request) }
        return ("ok", response.attempts)
    } catch let error as APIError<Never> {
        if let status = error.status { return ("\(status.code)", error.attempts) }
        guard case .transport(let failure) = error else { return ("\(error)", error.attempts) }
        switch failure.underlying {
        case is CallTimeout: return ("timeout", error.attempts)
        case let error as URLError where error.code == .networkConnectionLost: return ("lost", failure.attempts)
        default: return (failure.isUnsent ? "unsent" : "\(error)", error.attempts)
        }
    } catch {
        return ("\(error)", [])
    }
}

@Suite struct RetryConformanceTests {
    @Test func rows() {
        #expect(RetryTable.rows.count >= 60)
    }

    @Test(arguments: RetryTable.rows) func inMemory(_ row: RetryRow) async throws {
        let clock = VirtualClock()
        let transport = ScriptedTransport(row, clock)
        let (end, attempts) = await call(row, transport, server: "https://api.example.com", clock: clock)
        #expect(end == row.end)
        #expect(transport.sent.count == row.attempts)
        #expect(attempts.map(\.number) == Array(1...row.attempts))
        #expect(clock.delays.count == row.delays.count)
        for (delay, expected) in zip(clock.delays, row.delays) { #expect(abs(delay - expected) < 0.001) }
        #expect(attempts.compactMap(\.delay).count == row.delays.count)
        let keys = transport.sent.map { $0.headerFields[.idempotencyKey] }
        #expect(keys == Array(repeating: row.settings.contains("key") ? "made" : nil, count: row.attempts))
    }

    /// What a socket can bring about: a connection that is refused once cannot be.
    private static let rowsOfSockets = RetryTable.rows.filter { row in
        !row.answers.prefix(row.attempts).contains { $0 == "unsent" || $0 == "slow" } && row.setting("deadline") == nil
    }

    @Test(arguments: TransportKind.allCases, rowsOfSockets) func overSockets(_ kind: TransportKind, _ row: RetryRow) async throws {
        try await run(row, over: kind.make())
    }

    private func run(_ row: RetryRow, over transport: any Transport) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                switch row.answers[seen.all.count - 1] {
                case "lost": return
                case "cut":
                    try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{")
                    return
                case let answer:
                    let (status, name, value) = parts(of: answer)
                    try connection.respond("\(status) X", name.map { ["\($0): \(value)"] } ?? [])
                }
            }
        }
        let clock = VirtualClock()
        let (end, attempts) = await call(row, transport, server: "http://\(server.authority)", clock: clock)
        #expect(end == row.end)
        #expect(attempts.count == row.attempts)
        for (delay, expected) in zip(clock.delays, row.delays) { #expect(abs(delay - expected) < 0.001) }
        let requests = seen.all
        #expect(requests.count == row.attempts)
        if row.settings.contains("body") { #expect(requests.allSatisfy { $0.text == "{}" }) }
    }
}
