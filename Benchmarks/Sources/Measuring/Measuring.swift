import Allocations
import Foundation

/// Figures of several runs of the same work.
public struct Sample: Sendable {
    private let sorted: [Double]

    public init(_ figures: [Double]) {
        sorted = figures.sorted()
    }

    public var median: Double {
        guard let last = sorted.last else { return 0 }
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : min(sorted[middle], last)
    }

    public var smallest: Double { sorted.first ?? 0 }
    public var largest: Double { sorted.last ?? 0 }
}

/// The seconds that `work` takes.
public func seconds(_ work: () throws -> Void) rethrows -> Double {
    let start = ContinuousClock.now
    try work()
    return start.duration(to: .now) / .seconds(1)
}

/// The seconds that `work` takes.
public func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await work()
    return start.duration(to: .now) / .seconds(1)
}

/// Two ways of the same work in turn, so that a machine that slows down slows
/// both: how many seconds each takes, of `runs` runs after one to warm up.
public func inTurn(
    runs: Int, _ ours: () throws -> Void, _ rival: () throws -> Void
) rethrows -> (ours: Sample, rival: Sample, ratio: Sample) {
    try ours()
    try rival()
    var first: [Double] = []
    var second: [Double] = []
    for _ in 0..<runs {
        first.append(try seconds(ours))
        second.append(try seconds(rival))
    }
    return (Sample(first), Sample(second), Sample(zip(first, second).map { $1 / $0 }))
}

/// Blocks of memory asked for since the process began; zero where that cannot
/// be known.
public func allocationsSoFar() -> Int {
    Int(allocations_so_far())
}

/// The process's memory in bytes: now, and at its peak. Nil where the system
/// does not say.
public func residentMemory() -> (now: Int, peak: Int)? {
    guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
    func figure(_ name: String) -> Int? {
        status.split(separator: "\n").first { $0.hasPrefix(name) }
            .flatMap { $0.split(whereSeparator: { !$0.isNumber }).first }.flatMap { Int($0) }.map { $0 * 1024 }
    }
    guard let now = figure("VmRSS:"), let peak = figure("VmHWM:") else { return nil }
    return (now, peak)
}

/// What a benchmark found, for the report: one JSON object a line.
public func report(_ figures: KeyValuePairs<String, Any>) {
    let object = Dictionary(uniqueKeysWithValues: figures.map { ($0.key, $0.value) })
    guard let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys]),
        let line = String(data: data, encoding: .utf8)
    else { return }
    print(line)
}
