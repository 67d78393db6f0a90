import Foundation
import Growth
import Terminal

/// The command line of the program, and what it asks for.
struct GrowthCommand {
    var folder = ""
    var run = GrowthRun()
    var history: [String] = []
    /// Where the descriptions of failed rounds are kept.
    var keep = FileManager.default.temporaryDirectory.appending(path: "growth").path

    struct Misuse: Error, CustomStringConvertible {
        var description: String
    }

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            func value() throws -> String {
                guard let value = rest.popFirst() else { throw Misuse(description: "\(argument) needs a value") }
                return value
            }
            func number() throws -> Int {
                guard let number = Int(try value()), number > 0 else { throw Misuse(description: "\(argument) needs a number above zero") }
                return number
            }
            switch argument {
            case "--rounds": run.rounds = try number()
            case "--seed": run.seed = try number()
            case "--keep": keep = try value()
            case "--mode":
                guard let mode = Mode(rawValue: try value()) else { throw Misuse(description: "a mode is operations, elements or order") }
                run.modes = [mode]
            case "--only":
                guard let round = Round(argument: try value()) else { throw Misuse(description: "a round is MODE:DESCRIPTION:NUMBER") }
                run.only = round
            case "--history":
                history = Array(rest)
                rest = []
                guard history.count > 1 else { throw Misuse(description: "--history needs two files or more") }
            default:
                guard !argument.hasPrefix("-"), folder.isEmpty else { throw Misuse(description: "\(argument) is not understood") }
                folder = argument
            }
        }
        guard !folder.isEmpty || !history.isEmpty else { throw Misuse(description: "give a folder of descriptions") }
    }

    /// - Returns: The exit code: 1 where a round failed.
    func runRounds() throws -> Int {
        let files = Description.files(in: folder)
        guard !files.isEmpty else { throw Misuse(description: "\(folder): there are no descriptions") }
        let progress = ProgressBar(steps: 2 * files.count)
        defer { progress.end() }
        var names: [String] = []
        for (position, file) in files.enumerated() {
            progress.begin(position, "reading \(file)")
            do {
                _ = try Description(name: file, path: folder + "/" + file)
                names.append(file)
            } catch let unsuitable as Description.Unsuitable {
                progress.clear()
                print("left out \(file): \(unsuitable.reason)")
            }
        }
        var summaries: [GrowthRun.Summary] = []
        for (position, name) in names.enumerated() where run.only == nil || run.only?.descriptionName == name {
            progress.begin(2 * files.count - names.count + position, name)
            let description = try Description(name: name, path: folder + "/" + name)
            let comparison = DescriptionComparison()
            summaries += run.run(on: description, position: position, of: names.count, by: comparison) { outcome in
                guard outcome.isFailure || run.only != nil else { return }
                progress.clear()
                print(GrowthReport.text(of: outcome, seed: run.seed, limit: run.only == nil ? 20 : .max))
                for file in store(outcome) { print("  kept: \(file)") }
            }
        }
        progress.end()
        guard !summaries.isEmpty else { throw Misuse(description: "no round could be tried") }
        print(GrowthReport.table(summaries))
        return summaries.contains { $0.failures > 0 } ? 1 : 0
    }

    /// Keeps both descriptions of a round.
    private func store(_ outcome: Round.Outcome) -> [String] {
        let stem = "\(outcome.round)".replacing("/", with: "-").replacing(":", with: "-")
        try? FileManager.default.createDirectory(atPath: keep, withIntermediateDirectories: true)
        return [("old", outcome.old), ("new", outcome.new)].map { side, bytes in
            let path = "\(keep)/\(stem)-\(side).json"
            return FileManager.default.createFile(atPath: path, contents: Data(bytes)) ? path : "\(path) could not be written"
        }
    }

    /// Prints what breaks from each file to the next, for reading.
    func printHistory() throws -> Int {
        for step in try History.breakingChanges(history) {
            print("\(step.old) -> \(step.new): \(step.changes.count) breaking")
            for change in step.changes { print("  \(change)") }
        }
        return 0
    }
}
