import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

/// Many callers at once and a server that fails at random, from a seed: 1 second
/// and 20 callers, or as many as the environment says (`make soak`).
@Suite(.serialized) struct SoakTests {
    /// What the server has done, by the number of the call.
    private final class Ledger: @unchecked Sendable {
        private let lock = NSLock()
        private var posts: [String: Int] = [:]
        private var keys: [String: Set<String>] = [:]
        private var generator: SeededGenerator
        private(set) var requests = 0

        init(seed: UInt64) { generator = SeededGenerator(state: seed) }

        /// - Returns: A number from 0 to 99 that decides on the request's fate.
        func arrived(_ request: ReceivedRequest, _ call: String) -> Int {
            lock.withLock {
                requests += 1
                if request.line.hasPrefix("POST") {
                    posts[call, default: 0] += 1
                    if let key = request["Idempotency-Key"].first { keys[call, default: []].insert(key) }
                }
                return Int(generator.next() % 100)
            }
        }

        /// Calls without a key that came twice, and calls that came with more than one key.
        var faults: (repeated: Int, keys: Int) {
            lock.withLock {
                (posts.filter { $0.value > 1 && keys[$0.key] == nil }.count, keys.filter { $0.value.count > 1 }.count)
            }
        }
    }

    private struct SeededGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static func setting(_ name: String, _ standard: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
    }

    @Test(arguments: TransportKind.allCases) func faultsAtRandom(_ kind: TransportKind) async throws {
        let ledger = Ledger(seed: UInt64(Self.setting("APUS_SOAK_SEED", 7)))
        let server = try LoopbackServer { connection in
            while let request = try connection.request() {
                let call = request.line.split(separator: " ")[1].dropFirst("/calls/".count)
                switch ledger.arrived(request, String(call)) {
                case 0..<5: return connection.reset()
                case 5..<10: return
                case 10..<20: try connection.respond("503 Busy", ["Retry-After: 0"], body: "{}")
                case 20..<23: try connection.respond("429 Slow", body: "{}")
                case 23..<26:
                    try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"id\":")
                    return
                default: try connection.respond(body: "{\"id\":\(call)}")
                }
            }
        }
        var options = CallOptions()
        options.retries.baseDelay = .milliseconds(1)
        options.retries.throttledBaseDelay = .milliseconds(1)
        let client = ShopAPI.Client(server: "http://\(server.authority)", transport: kind.make(), options: options)
        let end = ContinuousClock.now + .seconds(Self.setting("APUS_SOAK_SECONDS", 1))
        let callers = Self.setting("APUS_SOAK_CALLERS", 20)
        let counts = try await withThrowingTaskGroup(of: (calls: Int, failures: Int).self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var counts = (calls: 0, failures: 0)
                    repeat {
                        let id = caller * 1_000_000 + counts.calls
                        var request = Request(
                            counts.calls % 3 == 0 ? .get : .post, "/calls/\(id)", operation: "soak", security: [],
                            idempotencyKeyHeader: counts.calls % 3 == 1 ? "Idempotency-Key" : nil)
                        if counts.calls % 3 > 0 { request.body(HTTPBody("{}"), contentType: "application/json") }
                        counts.calls += 1
                        do throws(APIError<Never>) {
                            let user = try await client.send(request, as: ResponseType<ShopAPI.User>.json, errors: .none)
                            #expect(user.id == id, "an answer to another caller")
                        } catch {
                            // Each failure is the server's or the network's.
                            #expect(error.response != nil || !error.attempts.isEmpty, "\(error)")
                            counts.failures += 1
                        }
                    } while ContinuousClock.now < end
                    return counts
                }
            }
            return try await group.reduce(into: (calls: 0, failures: 0)) {
                $0.calls += $1.calls
                $0.failures += $1.failures
            }
        }
        #expect(ledger.faults == (0, 0))
        #expect(counts.calls >= callers)
        print("soak \(kind): \(counts.calls) calls, \(ledger.requests) requests, \(counts.failures) failed, budget \(client.core.environment.budget.left)")
    }
}
