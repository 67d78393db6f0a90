import ArgumentParser
import Foundation
import Generation
import OpenAPI
import Source
import SpecSource
import Verification

struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List where recorded responses of a server differ from its description.",
        discussion: """
            The recording is what `RecordingTransport` of ApusTesting writes. The exit code is 1 if a \
            response does not match the description.
            """)

    @Argument(help: "The recording (JSON).")
    var recording: String

    @Argument(help: "The OpenAPI description, YAML or JSON.")
    var description: String

    @OptionGroup
    var source: SourceOptions

    func run() throws {
        let check: ContractCheck
        do {
            let pipeline = Pipeline(overlays: source.overlays, fetch: source.fetch)
            var started = ContractCheck(try pipeline.run(description, configuration: Configuration()).document)
            try started.read(try SourceReader.read(path: recording, diagnostics: pipeline.diagnostics).root)
            check = started
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            throw ExitCode(1)
        }
        let found = check.deviations
        guard !found.isEmpty else {
            print("\(check.answerCount) answers, all as described")
            return
        }
        print(Self.table(found))
        print("\n\(check.answerCount) answers, \(found.count) deviations")
        throw ExitCode(1)
    }

    /// A line for each deviation, in columns.
    private static func table(_ deviations: [Deviation]) -> String {
        let rows = [["operation", "status", "times", "where", "what"]]
            + deviations.map { [$0.operation, "\($0.status)", "\($0.count)", $0.place, $0.message].map(PlainText.line) }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }.joined(separator: "  ") + "  " + row[4]
        }.joined(separator: "\n")
    }
}
