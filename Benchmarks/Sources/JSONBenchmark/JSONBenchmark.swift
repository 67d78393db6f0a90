import BenchmarkClient
import Foundation
import Measuring

/// Decoding and encoding against Foundation with synthesized `Codable`:
///
///     JSONBenchmark [RUNS [TEXT]]                     times
///     JSONBenchmark write FOLDER                      the texts, as files, ten times as long
///     JSONBenchmark texts FOLDER                      the texts, as files
///     JSONBenchmark alone RUNS TEXT                   times without Foundation
///     JSONBenchmark memory FOLDER TEXT apus           memory while reading one
///     JSONBenchmark memory FOLDER TEXT foundation
///     JSONBenchmark profile TEXT decode               nothing else, for a profiler
///     JSONBenchmark profile TEXT encode
@main
struct JSONBenchmark {
    static func main() throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        switch (arguments.first, arguments.count) {
        case ("write", 2):
            for workload in Workload.all { try workload.write(arguments[1]) }
        case ("texts", 2):
            for workload in Workload.all { try workload.input().write(to: URL(fileURLWithPath: "\(arguments[1])/\(workload.name).json")) }
        case ("alone", 3):
            for workload in Workload.all where workload.name == arguments[2] { try workload.alone(Int(arguments[1]) ?? 5) }
        case ("profile", 3):
            for workload in Workload.all where workload.name == arguments[1] { try workload.profile(arguments[2]) }
        case ("memory", 4):
            for workload in Workload.all where workload.name == arguments[2] {
                try workload.memory(arguments[1], arguments[3])
            }
        default:
            let runs = arguments.first.flatMap { Int($0) } ?? 5
            for workload in Workload.all where arguments.count < 2 || workload.name == arguments[1] {
                try workload.time(runs)
            }
        }
    }
}

/// One kind of text, and both ways to read and write it.
struct Workload {
    let name: String
    let input: () -> Data
    let time: (_ runs: Int) throws -> Void
    /// Writes the text to a folder, for ``memory`` to read in a process that
    /// has not held more than that.
    let write: (_ folder: String) throws -> Void
    /// Ours alone, in as many rounds as take some milliseconds, for a rival in another process.
    let alone: (_ runs: Int) throws -> Void
    /// Ours alone, for some seconds.
    let profile: (_ direction: String) throws -> Void
    let memory: (_ folder: String, _ side: String) throws -> Void

    static var all: [Workload] {
        [
            Workload("countries", Inputs.countries, BenchmarkAPI.Country.self, Synthesized.Country.self, repeats: 20),
            Workload("records", Inputs.records, BenchmarkAPI.Record.self, Synthesized.Record.self),
            Workload("unions", Inputs.expressions, BenchmarkAPI.Expression.self, Synthesized.Expression.self, repeats: 5),
            Workload("text", Inputs.messages, BenchmarkAPI.Message.self, Synthesized.Message.self),
            Workload("numbers", Inputs.series, BenchmarkAPI.Series.self, Synthesized.Series.self),
        ]
    }

    /// - Parameter repeats: How often a small text is read for one figure.
    init<Ours: JSONCoding, Rival: Codable>(
        _ name: String, _ input: @escaping () -> Data, _: Ours.Type, _: Rival.Type, repeats: Int = 1
    ) {
        self.name = name
        self.input = input
        time = { runs in
            let text = input()
            let (decoder, encoder) = Self.foundation()
            let ours = try JSON.decode([Ours].self, from: text)
            let rival = try decoder.decode([Rival].self, from: text)
            try Self.check(name, try JSON.encode(ours), try encoder.encode(rival))
            let decoding = try inTurn(runs: runs) {
                try (0..<repeats).map { _ in try JSON.decode([Ours].self, from: text) }
            } _: {
                try (0..<repeats).map { _ in try decoder.decode([Rival].self, from: text) }
            }
            let encoding = try inTurn(runs: runs) {
                try (0..<repeats).map { _ in try JSON.encode(ours) }
            } _: {
                try (0..<repeats).map { _ in try encoder.encode(rival) }
            }
            for (direction, figures) in [("decode", decoding), ("encode", encoding)] {
                report([
                    "workload": name, "direction": direction, "bytes": text.count,
                    "milliseconds": figures.ours.median / Double(repeats) * 1_000,
                    "foundation": figures.rival.median / Double(repeats) * 1_000, "ratio": figures.ratio.median,
                    "megabytesPerSecond": Double(text.count) * Double(repeats) / figures.ours.median / 1_000_000,
                ])
            }
        }
        alone = { runs in
            let text = input()
            let rounds = 4_000_000 / text.count + 1
            let values = try JSON.decode([Ours].self, from: text)
            func measure(_ direction: String, _ work: () throws -> Void) rethrows {
                try work()
                let times = try (0..<runs).map { _ in
                    try seconds { for _ in 0..<rounds { try work() } } / Double(rounds)
                }
                report(["direction": direction, "megabytesPerSecond": Double(text.count) / Sample(times).median / 1e6])
            }
            try measure("decode") { _ = try JSON.decode([Ours].self, from: text) }
            try measure("encode") { _ = try JSON.encode(values) }
        }
        profile = { direction in
            let text = input()
            let values = try JSON.decode([Ours].self, from: text)
            let start = ContinuousClock.now
            while start.duration(to: .now) < .seconds(3) {
                if direction == "encode" { _ = try JSON.encode(values) } else { _ = try JSON.decode([Ours].self, from: text) }
            }
        }
        write = { folder in
            // Ten times as long, so that the program's own memory counts little.
            let elements = String(decoding: input().dropFirst().dropLast(), as: UTF8.self)
            let text = "[" + Array(repeating: elements, count: 10).joined(separator: ",") + "]"
            try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name).json"))
        }
        memory = { folder, side in
            let empty = residentMemory()
            let text = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).json"))
            let values: Any
            switch side {
            case "apus": values = try JSON.decode([Ours].self, from: text)
            default: values = try Self.foundation().0.decode([Rival].self, from: text)
            }
            guard let empty, let full = residentMemory() else { return }
            withExtendedLifetime(values) {
                report([
                    "workload": name, "side": side, "bytes": text.count, "peak": full.peak - empty.now,
                    "values": full.now - empty.now - text.count,
                ])
            }
        }
    }

    private static func foundation() -> (JSONDecoder, JSONEncoder) {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = .withoutEscapingSlashes
        return (decoder, encoder)
    }

    /// Speed is worth nothing where the two do not say the same. They differ in
    /// the case of UUIDs alone (RFC 9562 wants them in lower case).
    private static func check(_ name: String, _ ours: Data, _ rival: Data) throws {
        func object(_ text: Data) throws -> NSArray? {
            try JSONSerialization.jsonObject(with: Data(String(decoding: text, as: UTF8.self).lowercased().utf8)) as? NSArray
        }
        guard let first = try object(ours), let second = try object(rival), first == second else {
            throw Difference(workload: name)
        }
    }
}

struct Difference: Error {
    let workload: String
}
