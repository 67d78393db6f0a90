import Allocations
import BenchmarkClient
import Foundation
import Measuring

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// What a call costs besides the network: RequestBenchmark [RUNS].
@main
struct RequestBenchmark {
    static func main() async throws {
        let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
        try await call(runs)
        try await manyAtOnce(2 * runs)
        try await stream()
    }

    /// `GET` with two parameters and a small JSON answer: the generated client
    /// over a transport that answers from memory, and `URLSession` by hand
    /// with a protocol class that does.
    private static func call(_ runs: Int) async throws {
        let client = BenchmarkAPI.Client(transport: MemoryTransport())
        let session = AnsweringProtocol.session()
        var ours: [Double] = []
        var rival: [Double] = []
        var allocations = 0
        let repeats = 20_000
        for run in 0...runs {
            let before = allocations_so_far()
            let first = try await seconds {
                for id in 0..<repeats { _ = try await client.getItem(id: Int64(id), language: "de") }
            }
            allocations = Int(allocations_so_far() - before) / repeats
            let second = try await seconds {
                for id in 0..<repeats / 20 { _ = try await byHand(session, id: Int64(id), language: "de") }
            }
            // The first one warms up.
            if run == 0 { continue }
            ours.append(first / Double(repeats))
            rival.append(second / Double(repeats / 20))
        }
        report([
            "benchmark": "call", "microseconds": Sample(ours).median * 1e6, "allocations": allocations,
            "urlSession": Sample(rival).median * 1e6,
            "ratio": Sample(zip(ours, rival).map { $1 / $0 }).median,
        ])
    }

    /// The same call as it is written without a generated client.
    private static func byHand(_ session: URLSession, id: Int64, language: String?) async throws -> Item {
        var components = URLComponents(string: "https://benchmark.example/items/\(id)")
        if let language { components?.queryItems = [URLQueryItem(name: "language", value: language)] }
        guard let url = components?.url else { throw URLError(.badURL) }
        var request = URLRequest(url: url)
        request.setValue("application/json", forHTTPHeaderField: "Accept")
        let (data, response) = try await session.data(for: request)
        guard (response as? HTTPURLResponse)?.statusCode == 200 else { throw URLError(.badServerResponse) }
        return try JSONDecoder().decode(Item.self, from: data)
    }

    private struct Item: Decodable {
        var id: Int64
        var name: String
        var price: Double
        var tags: [String]?
    }

    /// 10,000 calls under way at a time on one client: what is held before, and
    /// after each round, and what of it is resident.
    private static func manyAtOnce(_ rounds: Int) async throws {
        let client = BenchmarkAPI.Client(transport: MemoryTransport(delay: .milliseconds(20)))
        let before = (held: bytes_held(), resident: residentMemory()?.now ?? 0)
        var held: [Int64] = []
        var resident: [Int] = []
        let time = try await seconds {
            for _ in 0..<rounds {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for id in 0..<10_000 {
                        group.addTask { _ = try await client.getItem(id: Int64(id), language: nil) }
                    }
                    try await group.waitForAll()
                }
                held.append(bytes_held())
                resident.append(residentMemory()?.now ?? 0)
            }
        }
        report([
            "benchmark": "concurrent", "requests": rounds * 10_000, "seconds": time, "heldBefore": before.held,
            "heldAfterFirst": held.first ?? 0, "heldAfterLast": held.last ?? 0, "residentBefore": before.resident,
            "residentAfterFirst": resident.first ?? 0, "residentAfterLast": resident.last ?? 0,
        ])
    }

    /// A download and an upload of 1 GB each over loopback, through `URLSession`.
    private static func stream() async throws {
        let size: Int64 = 1 << 30
        let server = try BlobServer(size: size)
        let client = BenchmarkAPI.Client(server: .init(url: "http://127.0.0.1:\(server.port)"))
        _ = try await client.getItem(id: 1)
        for direction in ["download", "upload"] {
            let before = residentMemory()?.now ?? 0
            var largest = before
            let time: Double
            if direction == "download" {
                time = try await seconds {
                    var received: Int64 = 0
                    for try await chunk in try await client.download(name: "large") {
                        received += Int64(chunk.count)
                        if received % (64 << 20) < Int64(chunk.count) { largest = max(largest, residentMemory()?.now ?? 0) }
                    }
                    guard received == size else { throw URLError(.badServerResponse) }
                }
            } else {
                let watch = Task {
                    var largest = 0
                    while !Task.isCancelled {
                        largest = max(largest, residentMemory()?.now ?? 0)
                        try? await Task.sleep(for: .milliseconds(50))
                    }
                    return largest
                }
                time = try await seconds {
                    try await client.upload(name: "large", HTTPBody(Chunks(size: size), length: size))
                }
                watch.cancel()
                largest = max(largest, await watch.value)
                guard server.received == size else { throw URLError(.badServerResponse) }
            }
            report([
                "benchmark": direction, "bytes": size, "seconds": time, "growth": largest - before,
            ])
        }
    }
}

/// So many bytes, made as they are asked for.
struct Chunks: AsyncSequence, Sendable {
    let size: Int64

    struct AsyncIterator: AsyncIteratorProtocol {
        var rest: Int64
        let chunk = [UInt8](repeating: 0x61, count: 64 << 10)

        mutating func next() async throws -> [UInt8]? {
            guard rest > 0 else { return nil }
            defer { rest -= Int64(chunk.count) }
            return rest >= chunk.count ? chunk : Array(chunk.prefix(Int(rest)))
        }
    }

    func makeAsyncIterator() -> AsyncIterator { AsyncIterator(rest: size) }
}
