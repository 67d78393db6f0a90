import ApusOAuth
import ApusTesting
import Foundation
import HTTPTypes
import Testing

@testable import ApusRuntime

/// Many callers at once with tokens that end after two seconds, chaos before the server and
/// a server that breaks connections, from a seed: 1 second and 20 callers, or as many as the
/// environment says (`make soak`).
@Suite(.serialized) struct SoakTests {
    /// What the server has done, by the number of the call.
    private final class Ledger: @unchecked Sendable {
        private let lock = NSLock()
        private var posts: [Int: Int] = [:]
        private var keys: [Int: Set<String>] = [:]
        private var generator: SeededGenerator
        private var requests = 0
        private var repetitions = 0
        private var changedKeys = 0
        /// The refresh token that was issued last, by its number, and when.
        private var tokens = 0
        private var issued = ContinuousClock.now
        private var tokensSpentTwice = 0

        init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

        /// - Returns: A number from 0 to 99 that decides on the request's fate.
        func arrived(_ request: ReceivedRequest, _ call: String) -> Int {
            lock.withLock {
                requests += 1
                if request.line.hasPrefix("POST"), let id = Int(call) {
                    posts[id, default: 0] += 1
                    if let key = request["Idempotency-Key"].first {
                        keys[id, default: []].insert(key)
                        if keys[id]?.count == 2 { changedKeys += 1 }
                    } else if posts[id] == 2 {
                        repetitions += 1
                    }
                    // A caller makes one call after the other: what is long over cannot come
                    // again. Every third call is a GET, so 99 calls ago there was a POST too.
                    posts[id - 99] = nil
                    keys[id - 99] = nil
                }
                return Int.random(in: 0..<100, using: &generator)
            }
        }

        /// Calls without a key that came twice, calls that came with more than one key,
        /// and refresh tokens that were not the present one.
        var faults: (repeated: Int, keys: Int, tokens: Int) {
            lock.withLock { (repetitions, changedKeys, tokensSpentTwice) }
        }

        /// How many requests there have been.
        var requestCount: Int { lock.withLock { requests } }

        /// How many tokens there have been.
        var tokenCount: Int { lock.withLock { tokens } }

        /// A response with a new token, which ends after two seconds.
        func token(for request: ReceivedRequest) -> String {
            lock.withLock {
                if request.text.contains("grant_type=refresh_token"), !request.text.contains("refresh_token=R\(tokens)&"),
                    !request.text.hasSuffix("refresh_token=R\(tokens)")
                {
                    tokensSpentTwice += 1
                }
                tokens += 1
                issued = .now
                return #"{"access_token":"A\#(tokens)","refresh_token":"R\#(tokens)","token_type":"Bearer","expires_in":2}"#
            }
        }

        /// Whether a request has the present token, or the one before, and that has not ended.
        func accepts(_ request: ReceivedRequest) -> Bool {
            lock.withLock {
                let sent = request["Authorization"].first ?? ""
                return sent == "Bearer A\(tokens)" && ContinuousClock.now - issued < .seconds(2) || sent == "Bearer A\(tokens - 1)"
            }
        }
    }

    /// How much memory the process has, in bytes; 0 where the system does not say it here.
    private static var residentBytes: Int {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * Int(sysconf(Int32(_SC_PAGESIZE)))
    }

    /// What Foundation loses of each request on Linux: it looks whether curl finds the same
    /// host in the URL, and frees what curl made for that without its parts
    /// (`CFURLSessionCurlHostIsEqual`). Five short strings of at least 32 bytes each.
    private static func bytesLost(by kind: TransportKind) -> Int {
        #if canImport(FoundationNetworking)
            if kind == .urlSession { return 200 }
        #endif
        return 0
    }

    private static func setting(_ name: String, _ standard: Int) -> Int {
        ProcessInfo.processInfo.environment[name].flatMap { Int($0) } ?? standard
    }

    @Test(arguments: TransportKind.allCases) func faultsAtRandom(_ kind: TransportKind) async throws {
        let seed = UInt64(Self.setting("APUS_SOAK_SEED", 7))
        let ledger = Ledger(seed: seed)
        let server = try SocketServer { connection in
            while let request = try connection.request() {
                if request.line.hasPrefix("POST /token ") {
                    try connection.respond(body: ledger.token(for: request))
                    continue
                }
                guard ledger.accepts(request) else {
                    try connection.respond("401 No", ["WWW-Authenticate: Bearer error=\"invalid_token\""])
                    continue
                }
                let call = request.line.split(separator: " ")[1].dropFirst("/calls/".count)
                switch ledger.arrived(request, String(call)) {
                case 0..<5: return connection.reset()
                case 5..<10: return
                case 10..<13:
                    try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"id\":")
                    return
                default: try connection.respond(body: "{\"id\":\(call)}")
                }
            }
        }
        var options = CallOptions()
        options.retries.baseDelay = .milliseconds(1)
        options.retries.throttledBaseDelay = .milliseconds(1)
        // What only sockets do, the server does.
        let transport = ChaosTransport(
            kind.make(), seed: seed,
            rules: [
                ChaosRule(.status(503, retryAfter: 0), probability: 0.1, operations: ["soak"]),
                ChaosRule(.status(429), probability: 0.03, operations: ["soak"]),
                ChaosRule(.refused, probability: 0.02, operations: ["soak"]),
                ChaosRule(.resetBeforeAnswer, probability: 0.02, operations: ["soak"]),
                ChaosRule(.resetAfter(bytes: 4), probability: 0.02, operations: ["soak"]),
                ChaosRule(.slow(bytesAtOnce: 3, pause: .milliseconds(2)), probability: 0.02, operations: ["soak"]),
                ChaosRule(.late(.milliseconds(20)), probability: 0.02, operations: ["soak"]),
                ChaosRule(.expiredToken, probability: 0.002, operations: ["soak"]),
                // The network may deliver a request twice; only of those that read is that no fault.
                ChaosRule(.duplicate, probability: 0.02) { request, operation in operation == "soak" && request.method == .get },
            ])
        let session = OAuth2Session(
            scheme: OAuth2Scheme(name: "oauth2", tokenURL: "/token"), client: OAuth2Client(id: "soak"),
            context: CredentialContext(serverURL: "http://\(server.authority)", transport: transport))
        try await session.signIn(username: "mia", password: "secret")
        let client = ShopAPI.Client(
            server: "http://\(server.authority)", credentials: ["oauth2": session], transport: transport, options: options)
        let seconds = Self.setting("APUS_SOAK_SECONDS", 1)
        let end = ContinuousClock.now + .seconds(seconds)
        let warm = Task {
            try await Task.sleep(for: .seconds(seconds) / 4)
            return (memory: Self.residentBytes, requests: ledger.requestCount)
        }
        let callers = Self.setting("APUS_SOAK_CALLERS", 20)
        let counts = try await withThrowingTaskGroup(of: (calls: Int, failures: Int).self) { group in
            for caller in 0..<callers {
                group.addTask {
                    var counts = (calls: 0, failures: 0)
                    repeat {
                        let id = caller * 1_000_000 + counts.calls
                        var request = Request(
                            counts.calls % 3 == 0 ? .get : .post, "/calls/\(id)", operation: "soak",
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
        #expect(ledger.faults == (0, 0, 0))
        let early = try await warm.value
        let memory = (early: early.memory >> 20, late: Self.residentBytes >> 20)
        let lost = Self.bytesLost(by: kind) * (ledger.requestCount - early.requests) / 1_048_576
        if seconds >= 60 { #expect(memory.late < memory.early + 64 + lost, "memory grows") }
        #expect(counts.calls >= callers)
        #expect(transport.faultCount > 0)
        print("soak \(kind): \(counts.calls) calls, \(ledger.requestCount) requests, \(transport.faultCount) faults of chaos, \(counts.failures) failed, \(ledger.tokenCount) tokens, \(memory.early) MB after a quarter of the time, \(memory.late) MB at the end, budget \(client.core.environment.budget.left)")
    }
}
