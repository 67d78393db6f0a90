import ApusRuntime
import ApusTesting
import Foundation
import HTTPTypes
import Testing

@Suite("Chaos")
struct ChaosTests {
    private func client(_ rule: ChaosRule.Fault, _ base: any Transport = AnsweringTransport.json("0123456789"), clock: TestClock = TestClock()) -> BareClient {
        BareClient(ChaosTransport(base, seed: 1, rules: [ChaosRule(rule, probability: 1)], clock: clock))
            .with(clock: clock).with(\.retries, RetryPolicy(maximumRetries: 0))
    }

    @Test("Statuses, with Retry-After")
    func statuses() async throws {
        let response = try await client(.status(429, retryAfter: 7)).send(.get, "/")
        #expect(response.status.code == 429)
        #expect(response.headerFields[.retryAfter] == "7")
        #expect(try await client(.expiredToken).send(.get, "/").headerFields[.wwwAuthenticate]?.contains("invalid_token") == true)
    }

    @Test("Connections that are refused and reset, before and after the request arrives")
    func connections() async throws {
        for (fault, arrivals, isUnsent) in [(ChaosRule.Fault.refused, 0, true), (.resetBeforeAnswer, 1, false), (.resetAfter(bytes: 3), 1, false)] {
            let arrived = Counter()
            let base = AnsweringTransport { _ in
                _ = arrived.next()
                return (HTTPResponse(status: .ok), HTTPBody("0123456789"))
            }
            await #expect("\(fault)") { try await client(fault, base).send(.get, "/") } throws: { error in
                if case .transport(let failure)? = error as? APIError<Never> { failure.isUnsent == isUnsent } else { false }
            }
            #expect(arrived.value == arrivals)
        }
    }

    @Test("Bodies that end early, arrive slowly, late or twice")
    func bodies() async throws {
        #expect(try await client(.truncatedAfter(bytes: 4)).send(.get, "/").body == Data("0123".utf8))
        let clock = TestClock()
        #expect(try await client(.slow(bytesAtOnce: 2, pause: .seconds(1)), clock: clock).send(.get, "/").body.count == 10)
        #expect(clock.sleeps == Array(repeating: .seconds(1), count: 5))
        let late = TestClock()
        _ = try await client(.late(.seconds(9)), clock: late).send(.get, "/")
        #expect(late.sleeps == [.seconds(9)])
        let arrived = Counter()
        _ = try await client(.duplicate, AnsweringTransport { _ in
            _ = arrived.next()
            return (HTTPResponse(status: .ok), .empty)
        }).send(.get, "/")
        #expect(arrived.value == 2)
    }

    @Test("The same seed makes the same faults, another one others")
    func seeds() async throws {
        func events(_ seed: UInt64) async throws -> [ChaosTransport.Event] {
            let chaos = ChaosTransport(AnsweringTransport(), seed: seed, rules: [ChaosRule(.status(503), probability: 0.3), ChaosRule(.refused, probability: 0.3)])
            for _ in 0..<40 { _ = try? await BareClient(chaos).with(\.retries, RetryPolicy(maximumRetries: 0)).send(.get, "/") }
            return chaos.events
        }
        let first = try await events(7)
        #expect(try await events(7) == first)
        #expect(try await events(8) != first)
        #expect((10...34).contains(first.count))
    }

    @Test("Retries get a client through it, by a clock in hand")
    func retries() async throws {
        let clock = TestClock()
        let chaos = ChaosTransport(AnsweringTransport.json("{}"), seed: 3, rules: [ChaosRule(.status(429, retryAfter: 2), probability: 0.5)], clock: clock)
        let client = BareClient(chaos).with(clock: clock).with(\.retries, RetryPolicy(maximumRetries: 20))
        for _ in 0..<10 { #expect(try await client.send(.get, "/").status == .ok) }
        #expect(!chaos.events.isEmpty)
        #expect(clock.sleeps.count == chaos.events.count)
        #expect(clock.sleeps.allSatisfy { $0 >= .seconds(2) })
    }
}
