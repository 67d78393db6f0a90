import Foundation
import Generation
import Growth
import Testing

/// A few rounds of `make growth` with the real comparison.
@Suite(.serialized) struct ShortRunTests {
    /// The failures of a run, as they are printed.
    private func failures(_ files: [URL], modes: [Mode], rounds: Int) async -> [String] {
        await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                LargeStack.run {
                    var failures: [String] = []
                    for file in files {
                        do {
                            let description = try Description(name: file.lastPathComponent, path: file.path)
                            var run = GrowthRun()
                            run.modes = modes
                            run.rounds = rounds
                            let summaries = run.run(on: description, position: 0, of: 1, by: DescriptionComparison()) { outcome in
                                if outcome.isFailure { failures.append(GrowthReport.text(of: outcome, seed: run.seed)) }
                            }
                            if summaries.isEmpty { failures.append("\(file.path): no round could be tried") }
                        } catch {
                            failures.append("\(file.path): \(error)")
                        }
                    }
                    continuation.resume(returning: failures)
                }
            }
        }
    }

    /// The descriptions of the repository that lie in one file.
    private static let own = ["Specs/reference.yaml"]
        + ["petstore", "library", "forum/openapi", "bank", "gallery", "workshop"].map { "Tests/GoldenTests/Descriptions/\($0).yaml" }

    /// The bank has one response per operation, no tag, no enumeration and
    /// no optional property: there are no single elements to take away.
    private static let rounds = own.flatMap { file in Mode.allCases.map { (file, $0) } }
        .filter { !($0.0.hasSuffix("bank.yaml") && $0.1 == .elements) }

    @Test(arguments: rounds)
    func namesStayInDescriptionsOfTheRepository(_ file: String, _ mode: Mode) async {
        let failures = await failures([Folders.root.appending(path: file)], modes: [mode], rounds: 3)
        #expect(failures == [])
    }

    @Test(.enabled(if: Folders.hasCorpus, "needs real descriptions in ../shared/corpus"), arguments: Mode.allCases)
    func namesStayInRealDescriptions(_ mode: Mode) async {
        let files = ["large/box.json", "large/discord.json", "small/netatmo-net.yaml"].map { Folders.corpus.appending(path: $0) }
        let failures = await failures(files, modes: [mode], rounds: 2)
        #expect(failures == [])
    }

    @Test func descriptionsInSeveralFilesAreLeftOut() throws {
        let museum = Folders.root.appending(path: "Tests/GoldenTests/Descriptions/museum/openapi.yaml")
        #expect(throws: Description.Unsuitable.self) { try Description(name: "museum", path: museum.path) }
    }

    @Test func theSecondRunGivesTheSame() async {
        let files = [Folders.root.appending(path: "Specs/reference.yaml")]
        let first = await failures(files, modes: Mode.allCases, rounds: 3)
        #expect(await failures(files, modes: Mode.allCases, rounds: 3) == first)
    }
}
