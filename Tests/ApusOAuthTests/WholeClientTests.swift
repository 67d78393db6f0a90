import ApusRuntime
import Foundation
import HTTPTypes
import Testing

@testable import ApusOAuth

/// Many calls of a whole client at once.
@Suite struct WholeClientTests {
    /// A server that takes the newest token only.
    private func server(_ newest: Newest, _ gate: Gate? = nil) -> FakeServer {
        FakeServer { exchange, _ in
            if exchange.url.hasSuffix("/oauth/token") {
                await gate?.pass()
                let number = newest.next()
                return .token("A\(number)", refresh: "R\(number)")
            }
            return exchange.request.headerFields[.authorization] == "Bearer A\(newest.number)" ? .init() : .init(status: 401)
        }
    }

    private final class Newest: @unchecked Sendable {
        private let lock = NSLock()
        private var value = 1

        var number: Int { lock.withLock { value } }

        func next() -> Int {
            lock.withLock {
                value += 1
                return value
            }
        }
    }

    private func tokenRequests(_ fake: FakeServer) -> Int {
        fake.exchanges.filter { $0.url.hasSuffix("/oauth/token") }.count
    }

    @Test func hundredCallsThatAreRefused() async throws {
        let newest = Newest()
        let fake = server(newest)
        let session = session(fake)
        try await session.begin("A0", refresh: "R0")
        let client = BareClient(session)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { try await client.call() } }
            try await group.waitForAll()
        }
        #expect(tokenRequests(fake) == 1)
        #expect(fake.exchanges.filter { $0.request.headerFields[.authorization] == "Bearer A0" }.count <= 100)
    }

    @Test func hundredCallsAtExpiry() async throws {
        let clock = ManualClock()
        let fake = server(Newest())
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        let client = BareClient(session)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { try await client.call() } }
            try await group.waitForAll()
        }
        #expect(tokenRequests(fake) == 1)
        // None went out with the old token.
        #expect(!fake.exchanges.contains { $0.request.headerFields[.authorization] == "Bearer A1" })
    }

    /// The new token ends while it is still on its way. Whoever waited for it
    /// gets it; the next caller gets another one.
    @Test func expiryDuringARefresh() async throws {
        let clock = ManualClock()
        let gate = Gate()
        let fake = server(Newest(), gate)
        let session = session(fake, clock: clock)
        try await session.begin()
        clock.advance(4000)
        let waiting = (0..<50).map { _ in Task { try await session.authorization() } }
        await gate.arrived()
        clock.advance(4000)
        await gate.open()
        var values: Set<String?> = []
        for task in waiting { values.insert(try await task.value) }
        // Somebody may have come so late that the second refresh was theirs.
        #expect(values.isSubset(of: ["Bearer A2", "Bearer A3"]) && values.contains("Bearer A2"))
        #expect(try await session.authorization() == "Bearer A3")
        #expect(tokenRequests(fake) == 2)
        #expect(fake.exchanges.map { $0.form["refresh_token"] } == ["R1", "R2"])
    }

    /// Callers that come, join, and are cancelled at any moment, over several
    /// lifetimes: each lifetime costs one request, and the session lives.
    @Test func cancellationStorms() async throws {
        let clock = ManualClock()
        let newest = Newest()
        let fake = server(newest)
        let session = session(fake, clock: clock)
        try await session.begin()
        let client = BareClient(session)
        for round in 1...20 {
            clock.advance(4000)
            let callers = (0..<50).map { index in
                Task {
                    if index.isMultiple(of: 3) { await Task.yield() }
                    try await client.call()
                }
            }
            for (index, caller) in callers.enumerated() where index.isMultiple(of: 2) {
                if index.isMultiple(of: 4) { await Task.yield() }
                caller.cancel()
            }
            for caller in callers { _ = await caller.result }
            try await client.call()
            #expect(tokenRequests(fake) == round)
        }
        #expect(await session.refreshText == "R21")
    }
}
