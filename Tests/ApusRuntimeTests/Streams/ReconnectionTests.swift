import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

extension ShopAPI.Client {
    func watch(_ method: Request.Method = .get) async throws(APIError<Never>) -> EventStream<String> {
        try await send(Request(method, "/events", operation: "watch"), as: .items, errors: .none)
    }

    func lines() async throws(APIError<Never>) -> ItemStream<Int> {
        try await send(Request(.get, "/lines", operation: "lines"), as: .items, errors: .none)
    }

    /// The same client with a clock that does not wait and without chance.
    func with(_ clock: VirtualClock) -> Self {
        var client = self
        client.core.environment = CallEnvironment(clock: clock, random: { 0.5 })
        return client
    }
}

extension SocketConnection {
    /// The head of a stream of events and what there is of it.
    func sendEvents(_ bytes: some Sequence<UInt8>) throws {
        try send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        let bytes = Array(bytes)
        if !bytes.isEmpty { try sendChunk(bytes) }
    }
}

@Suite("Streams that are resumed")
struct ReconnectionTests {
    @Test(arguments: TransportKind.allCases, ReconnectionTable.rows)
    func row(_ kind: TransportKind, _ row: ReconnectionRow) async throws {
        let seen = Seen<ReceivedRequest>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request)
                guard seen.all.count <= row.answers.count else { return }
                let answer = row.answers[seen.all.count - 1]
                if answer == "lost" { return }
                if let status = Int(answer.prefix(3)) {
                    let field = answer.dropFirst(4).dropLast()
                    let location = status == 301 ? ["Location: http://elsewhere.example/"] : []
                    try connection.respond("\(status) X", (field.isEmpty ? [] : [field.replacingOccurrences(of: ":", with: ": ")]) + location)
                    continue
                }
                let text = answer.replacingOccurrences(of: "¶", with: "\n")
                try connection.sendEvents(text.utf8.prefix { $0 != UInt8(ascii: "!") })
                if text.hasSuffix("!") { return }
                try connection.send("0\r\n\r\n")
            }
        }
        let clock = VirtualClock()
        var client = ShopAPI.Client(server: "http://\(server.authority)", security: [], transport: kind.make(), options: CallOptions())
            .with(clock)
        if let from = row.from { client = client.with { $0.headerFields[.lastEventID] = from } }
        var events: [String] = []
        var end = "end"
        do {
            for try await event in try await client.watch(.named(row.method)).resuming() { events.append(event.content) }
        } catch let error as EventStreamError {
            switch error.reason {
            case .refused(let response): end = "refused \(response.status.code)"
            case .failures(let count):
                #expect(count == 5)
                end = "failures"
            default: end = "\(error.reason)"
            }
        }
        #expect(end == row.end)
        #expect(events == row.events)
        #expect(seen.all.map { $0["Last-Event-ID"].first } == row.ids)
        #expect(clock.delays.count == row.delays.count)
        for (delay, expected) in zip(clock.delays, row.delays) { #expect(abs(delay - expected) < 0.001) }
    }

    /// Events of all forms: line ends, comments, several lines, characters of several bytes.
    private static let events = (1...8).map { number in
        let end = ["\n", "\r\n", "\r"][number % 3]
        return (
            text: [": é", "id: \(number)", "event: e", "data: \(number)", "data:ü\(number)", ""].map { $0 + end }.joined(),
            content: "\(number)\nü\(number)"
        )
    }

    @Test("A server that breaks at every byte", arguments: TransportKind.allCases)
    func breaks(_ kind: TransportKind) async throws {
        let bytes = Self.events.map { Array($0.text.utf8) }
        let cut = Seen<Int>()
        let requests = Seen<String?>()
        let server = try SocketServer { connection in
            guard let request = try connection.request() else { return }
            let last = request["Last-Event-ID"].first
            requests.append(last)
            let rest = bytes.dropFirst(last.flatMap { Int($0) } ?? 0).joined()
            if rest.isEmpty { return try connection.respond("204 X") }
            // The first connection breaks at the byte, all others after one event and a part.
            let limit = requests.all.count == 1 ? cut.all.last! : 70
            try connection.sendEvents(rest.prefix(limit))
            if rest.count <= limit { try connection.send("0\r\n\r\n") }
            if limit % 2 == 1 { connection.reset() }
        }
        let transport = kind.make()
        let longest = bytes.map(\.count).max()!
        #expect(longest < 70)
        for offset in 0...bytes.joined().count {
            cut.append(offset)
            // A connection that is reset may be lost with its head, and is then a call's matter.
            let client = ShopAPI.Client(
                server: "http://\(server.authority)", security: [], transport: transport, options: CallOptions()
            ).with(VirtualClock())
            var contents: [String] = []
            requests.removeAll()
            for try await event in try await client.watch().resuming() { contents.append(event.content) }
            #expect(contents == Self.events.map(\.content), "broken at \(offset)")
        }
    }

    @Test("Credentials are those of the moment when a connection is made", arguments: TransportKind.allCases)
    func refresh(_ kind: TransportKind) async throws {
        let seen = Seen<String>()
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                seen.append(request["Authorization"].first ?? "")
                switch seen.all.count {
                case 1:
                    try connection.sendEvents("id:1\ndata:a\n\n".utf8)
                    return
                case 2: try connection.respond("401 X", ["WWW-Authenticate: Bearer"])
                case 3:
                    try connection.sendEvents("id:2\ndata:b\n\n".utf8)
                    return
                default: try connection.respond("204 X")
                }
            }
        }
        let client = ShopAPI.Client(
            server: "http://\(server.authority)", credentials: ["oauth2": AgingToken()], transport: kind.make()
        ).with(VirtualClock())
        var contents: [String] = []
        for try await event in try await client.watch().resuming() { contents.append(event.content) }
        #expect(contents == ["a", "b"])
        #expect(seen.all == ["Bearer 1", "Bearer 1", "Bearer 2", "Bearer 2"])
    }

    @Test("Leaving the loop closes the connection", arguments: TransportKind.allCases, [false, true])
    func leaving(_ kind: TransportKind, isResuming: Bool) async throws {
        let closed = Seen<Void>()
        let server = try SocketServer { connection in
            guard try connection.request() != nil else { return }
            try connection.sendEvents("id:1\ndata:a\n\n".utf8)
            connection.waitForClose()
            closed.append(())
        }
        let client = ShopAPI.Client(server: "http://\(server.authority)", security: [], transport: kind.make())
        let stream = try await client.watch()
        if isResuming {
            for try await _ in stream.resuming() { break }
        } else {
            for try await _ in stream { break }
        }
        _ = await closed.wait(for: 1)
        let received = Seen<String>()
        let task = Task {
            for try await event in try await client.watch().resuming() { received.append(event.content) }
        }
        _ = await received.wait(for: 1)
        task.cancel()
        _ = await closed.wait(for: 2)
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    @Test("Cancelling while a new connection is waited for ends it")
    func cancelling() async throws {
        let transport = RecordingTransport(.text("id:1\ndata:a\n\n", contentType: "text/event-stream"))
        let client = ShopAPI.Client(security: [], transport: transport)
        let received = Seen<String>()
        let task = Task {
            let policy = ReconnectionPolicy(baseDelay: .seconds(100_000), maximumDelay: .seconds(100_000))
            for try await event in try await client.watch().resuming(policy) { received.append(event.content) }
        }
        _ = await received.wait(for: 1)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(transport.exchanges.count == 1)
    }

    @Test("Nothing secret is in an error")
    func secrets() async throws {
        let transport = RecordingTransport { _, index in
            index == 0 ? .text("id:secret-id\ndata:a\n\n", contentType: "text/event-stream") : .text("secret-body", status: 403)
        }
        let client = ShopAPI.Client(security: [], transport: transport).with(VirtualClock())
        let error = await #expect(throws: EventStreamError.self) {
            for try await _ in try await client.watch().resuming() {}
        }
        #expect(error?.lastEventID == "secret-id")
        var dumped = ""
        dump(error, to: &dumped)
        for text in ["\(String(describing: error))", String(reflecting: error), dumped] { #expect(!text.contains("secret")) }
    }
}

/// A token that another takes the place of when the server refuses it.
private final class AgingToken: Credential, @unchecked Sendable {
    private let lock = NSLock()
    private var number = 1

    func authorize(_ request: inout HTTPRequest, scopes: [String], context: CredentialContext) async throws(AuthorizationError) {
        request.headerFields[.authorization] = "Bearer \(lock.withLock { number })"
    }

    func recover(_ request: HTTPRequest, response: HTTPResponse, context: CredentialContext) async throws(AuthorizationError) -> Bool {
        lock.withLock { number += 1 }
        return true
    }
}
