import ApusRuntime
import Foundation
import Measuring

/// How the time to read a text grows when the text doubles:
///
///     GrowthBenchmark [RUNS]
///
/// Each row is a text of a kind that someone might send to keep a client busy. What is
/// read in time that is in proportion to the bytes doubles with them.
@main
struct GrowthBenchmark {
    static func main() async throws {
        let runs = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 5
        for row in Row.all { row.measure(runs) }
        try await Row.measureEvents(runs)
    }
}

struct Row {
    let name: String
    /// The sizes, each twice the one before.
    let sizes: [Int]
    let text: (Int) -> String
    let read: (Data) -> Void

    init<T: JSONCoding>(_ name: String, _ sizes: [Int], _ type: T.Type, _ text: @escaping (Int) -> String) {
        self.name = name
        self.sizes = sizes
        self.text = text
        // Some of the texts are refused, which must not take long either.
        read = { _ = try? JSON.decode(type, from: $0) }
    }

    func measure(_ runs: Int) {
        var figures: [(bytes: Int, seconds: Double)] = []
        for size in sizes {
            let data = Data(text(size).utf8)
            let seconds = Sample((0..<runs).map { _ in Measuring.seconds { read(data) } }).median
            figures.append((data.count, seconds))
        }
        Self.report(name, figures)
    }

    static func report(_ name: String, _ figures: [(bytes: Int, seconds: Double)]) {
        let growth = zip(figures, figures.dropFirst()).map { before, after in
            (after.seconds / before.seconds) / (Double(after.bytes) / Double(before.bytes))
        }
        Measuring.report([
            "row": name, "bytes": figures.last?.bytes ?? 0, "milliseconds": (figures.last?.seconds ?? 0) * 1_000,
            "nanosecondsPerByte": (figures.last.map { $0.seconds / Double($0.bytes) } ?? 0) * 1e9,
            "growth": growth.max() ?? 0,
        ])
    }

    static var all: [Row] {
        let depths = [64, 128, 256, 500]
        return [
            Row("unions by trial, nested", depths, Chain.self) { depth in
                nested(depth, #"{"value":1,"next":"#, #"{"value":true}"#, "}")
            },
            Row("unions by trial, the member last fits", depths, Chain.self) { depth in
                nested(depth, #"{"next":"#, #"{"value":[1]}"#, #","value":[1,2]}"#)
            },
            Row("unions by trial, a list inside", depths, Chain.self) { depth in
                nested(depth / 2, #"{"value":"x","list":[{"value":1},{"value":true},"#, #"{"value":2}"#, "]}")
            },
            Row("unions by kind that hold trials", depths, Mixed.self) { depth in nested(depth / 2, #"[7,{"value":1,"mixed":"#, "8", "}]") },
            Row("a name of combining marks", [16_384, 32_768, 65_536, 131_072], JSONValue.self) { count in
                "{\"a" + String(repeating: "\u{301}\u{323}", count: count / 2) + "\":1}"
            },
            Row("an enumeration's value of combining marks", [16_384, 32_768, 65_536, 131_072], Color.self) { count in
                "\"e" + String(repeating: "\u{323}\u{301}", count: count / 2) + "\""
            },
            Row("a pattern with nested repetition", [8_192, 16_384, 32_768, 65_536], Patterned.self) { count in
                "{\"text\":\"" + String(repeating: "a", count: count) + "b\"}"
            },
            Row("members out of order at every level", depths, Late.self) { depth in
                nested(depth, #"{"next":"#, "{}", #","pad":"\#(String(repeating: "x", count: 200))","first":1}"#)
            },
            Row("a repeated member on top of many levels", depths, Late.self) { depth in
                #"{"first":1,"first":2,"next":"# + nested(depth - 1, #"{"pad":"\#(String(repeating: "x", count: 200))","next":"#, "{}", "}") + "}"
            },
            Row("the discriminator last at every level", depths, Tagged.self) { depth in
                nested(depth / 2, #"{"pad":"\#(String(repeating: "x", count: 3_000))","next":"#, #"{"kind":"leaf"}"#, #","kind":"node"}"#)
            },
            Row("faults at every level", depths, Late.self) { depth in nested(depth, #"{"first":"no","next":"#, "{}", "}") },
        ]
    }

    /// Server-sent events, whose data is of many lines.
    static func measureEvents(_ runs: Int) async throws {
        var figures: [(bytes: Int, seconds: Double)] = []
        for size in [65_536, 131_072, 262_144] {
            let body = Data((String(repeating: "data: x\n", count: size / 8) + "\n").utf8)
            var samples: [Double] = []
            for _ in 0..<runs {
                samples.append(try await Measuring.seconds { for try await _ in EventStream<String>(reading: HTTPBody(body)) {} })
            }
            figures.append((body.count, Sample(samples).median))
        }
        report("an event of many data lines", figures)
    }

    private static func nested(_ count: Int, _ opening: String, _ innermost: String, _ closing: String) -> String {
        String(repeating: opening, count: count) + innermost + String(repeating: closing, count: count)
    }
}
