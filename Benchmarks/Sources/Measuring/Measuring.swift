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

/// The seconds that `work` takes. What it makes is given back only after the
/// clock has stopped.
public func seconds<Result>(_ work: () throws -> Result) rethrows -> Double {
    let start = ContinuousClock.now
    let result = try work()
    let duration = start.duration(to: .now)
    return withExtendedLifetime(result) { duration / .seconds(1) }
}

/// The seconds that `work` takes.
public func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await work()
    return start.duration(to: .now) / .seconds(1)
}

/// Two ways of the same work in turn, so that a machine that slows down slows
/// both: how many seconds each takes, of `runs` runs after one to warm up.
public func inTurn<Ours, Rival>(
    runs: Int, _ ours: () throws -> Ours, _ rival: () throws -> Rival
) rethrows -> (ours: Sample, rival: Sample, ratio: Sample) {
    _ = try ours()
    _ = try rival()
    var first: [Double] = []
    var second: [Double] = []
    for _ in 0..<runs {
        first.append(try seconds(ours))
        second.append(try seconds(rival))
    }
    return (Sample(first), Sample(second), Sample(zip(first, second).map { $1 / $0 }))
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
