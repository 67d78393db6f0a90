public import ApusRuntime
import Foundation
public import HTTPTypes

/// A transport that lets things go wrong on the way to another one, by rules and a seed.
///
///     let chaos = ChaosTransport(stub, seed: 7, rules: [
///         ChaosRule(.status(429, retryAfter: 1), probability: 0.1),
///         ChaosRule(.resetAfter(bytes: 100), probability: 0.05),
///     ])
///
/// The same seed gives the same faults: those of the first request of an operation, of its
/// second and so on, in whatever order operations are called.
public final class ChaosTransport: Transport, Sendable {
    /// What went wrong.
    public struct Event: Sendable, Hashable {
        /// The operation; empty for a request that belongs to none.
        public let operation: String
        /// Which request of the operation it was, from 1.
        public let number: Int
        /// What the rule did to it.
        public let fault: ChaosRule.Fault
    }

    private let base: any Transport
    private let seed: UInt64
    private let rules: [ChaosRule]
    private let clock: TestClock?
    private let state = Locked<(counts: [String: Int], events: [Event], faults: Int)>(([:], [], 0))

    /// More than anybody reads, and no more memory in a test that runs for hours.
    private static let eventLimit = 10_000

    /// Creates a transport.
    ///
    /// - Parameters:
    ///   - rules: The first one that applies to a request is its fault.
    ///   - clock: What pauses are waited for by; the real time without it.
    public init(_ base: any Transport, seed: UInt64, rules: [ChaosRule], clock: TestClock? = nil) {
        self.base = base
        self.seed = seed
        self.rules = rules
        self.clock = clock
    }

    /// What went wrong so far, in order: the first 10 000 faults.
    public var events: [Event] { state.withValue { $0.events } }

    /// How many faults there were.
    public var faultCount: Int { state.withValue { $0.faults } }

    public func send(_ request: HTTPRequest, body: HTTPBody?) async throws -> (HTTPResponse, HTTPBody) {
        try await send(request, nil) { try await self.base.send(request, body: body) }
    }

    public func send(
        _ request: HTTPRequest, body: HTTPBody?, context: TransportContext
    ) async throws -> (HTTPResponse, HTTPBody) {
        try await send(request, context.operation.operation) { try await self.base.send(request, body: body, context: context) }
    }

    private func send(
        _ request: HTTPRequest, _ operation: String?, _ next: () async throws -> (HTTPResponse, HTTPBody)
    ) async throws -> (HTTPResponse, HTTPBody) {
        guard let fault = fault(request, operation) else { return try await next() }
        switch fault {
        case .status(let code, let retryAfter):
            var response = HTTPResponse(status: .init(code: code))
            if let retryAfter { response.headerFields[.retryAfter] = "\(retryAfter)" }
            return (response, .empty)
        case .expiredToken:
            var response = HTTPResponse(status: .unauthorized)
            response.headerFields[.wwwAuthenticate] = #"Bearer error="invalid_token", error_description="The access token expired""#
            return (response, .empty)
        case .refused:
            throw ChaosError(isUnsent: true)
        case .resetBeforeAnswer:
            _ = try await next()
            throw ChaosError(isUnsent: false)
        case .resetAfter(let count):
            let (response, body) = try await next()
            return (response, HTTPBody(Piecewise(body, upTo: count, thenFails: true)))
        case .truncatedAfter(let count):
            var (response, body) = try await next()
            response.headerFields[.contentLength] = nil
            return (response, HTTPBody(Piecewise(body, upTo: count)))
        case .slow(let count, let pause):
            let (response, body) = try await next()
            return (response, HTTPBody(Piecewise(body, bytesAtOnce: count, pause: { try await self.wait(pause) })))
        case .late(let pause):
            let answer = try await next()
            try await wait(pause)
            return answer
        case .duplicate:
            _ = try await next()
            return try await next()
        }
    }

    private func wait(_ duration: Duration) async throws {
        if let clock { try await clock.sleep(for: duration) } else { try await Task.sleep(for: duration) }
    }

    private func fault(_ request: HTTPRequest, _ operation: String?) -> ChaosRule.Fault? {
        let name = operation ?? ""
        return state.withValue { state in
            let number = (state.counts[name] ?? 0) + 1
            state.counts[name] = number
            var random = SeededGenerator(seed: seed, name: name, number: number)
            for rule in rules {
                // Each rule takes its number, so that one more changes nothing for those before it.
                let chance = Double.random(in: 0..<1, using: &random)
                guard chance < rule.probability, rule.isMeant(request, operation) else { continue }
                state.faults += 1
                if state.events.count < Self.eventLimit { state.events.append(Event(operation: name, number: number, fault: rule.fault)) }
                return rule.fault
            }
            return nil
        }
    }
}

extension ChaosTransport: TimedTransport {
    package var callClock: (any CallClock)? { clock?.forCalls ?? (base as? any TimedTransport)?.callClock }
}

/// SplitMix64, begun anew for each request.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64, name: String, number: Int) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        state = seed ^ hash &+ UInt64(truncatingIfNeeded: number) &* 0x9e37_79b9_7f4a_7c15
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var value = state
        value = (value ^ (value >> 30)) &* 0xbf58_476d_1ce4_e5b9
        value = (value ^ (value >> 27)) &* 0x94d0_49bb_1331_11eb
        return value ^ (value >> 31)
    }
}

/// A body that arrives in pieces and may end early.
private struct Piecewise: AsyncSequence, Sendable {
    typealias Element = [UInt8]

    let body: HTTPBody
    let limit: Int
    let bytesAtOnce: Int
    let fails: Bool
    let pause: (@Sendable () async throws -> Void)?

    init(
        _ body: HTTPBody, upTo limit: Int = .max, bytesAtOnce: Int = .max, thenFails fails: Bool = false,
        pause: (@Sendable () async throws -> Void)? = nil
    ) {
        self.body = body
        self.limit = limit
        self.bytesAtOnce = Swift.max(bytesAtOnce, 1)
        self.fails = fails
        self.pause = pause
    }

    func makeAsyncIterator() -> AsyncIterator {
        AsyncIterator(source: body.makeAsyncIterator(), left: limit, bytesAtOnce: bytesAtOnce, fails: fails, pause: pause)
    }

    struct AsyncIterator: AsyncIteratorProtocol {
        var source: HTTPBody.AsyncIterator
        var left: Int
        let bytesAtOnce: Int
        let fails: Bool
        let pause: (@Sendable () async throws -> Void)?
        var pending: ArraySlice<UInt8> = []

        mutating func next() async throws -> [UInt8]? {
            if pending.isEmpty {
                guard left > 0, let chunk = try await source.next() else {
                    if fails { throw ChaosError(isUnsent: false) }
                    return nil
                }
                pending = chunk.prefix(left)
                left -= pending.count
            }
            try await pause?()
            let piece = pending.prefix(bytesAtOnce)
            pending = pending.dropFirst(piece.count)
            return Array(piece)
        }
    }
}
