/// Rounds over the descriptions of a folder.
public struct GrowthRun {
    public var modes: [Mode] = Mode.allCases
    /// How many rounds each mode has; every description has at least one.
    public var rounds = 100
    public var seed = 1
    /// The one round to try.
    public var only: Round?

    public init() {}

    /// One line of the table at the end.
    public struct Summary: Sendable, Equatable {
        public var descriptionName: String
        public var mode: Mode
        public var rounds = 0
        public var failures = 0
        /// Changes that must not be.
        public var faults = 0
    }

    /// - Parameter report: Is given each outcome as it comes.
    public func run(
        on description: Description, position: Int, of count: Int, by comparison: any DescriptionComparing,
        report: (Round.Outcome) -> Void
    ) -> [Summary] {
        let whole = description.value.json
        return modes.compactMap { mode in
            var summary = Summary(descriptionName: description.name, mode: mode)
            for number in numbers(of: mode, description, position: position, of: count) {
                let round = Round(mode: mode, descriptionName: description.name, number: number)
                guard let outcome = round.run(on: description, whole: whole, seed: seed, by: comparison) else { continue }
                summary.rounds += 1
                summary.failures += outcome.isFailure ? 1 : 0
                summary.faults += outcome.faults.count
                report(outcome)
            }
            return summary.rounds == 0 ? nil : summary
        }
    }

    private func numbers(of mode: Mode, _ description: Description, position: Int, of count: Int) -> [Int] {
        if let only { return only.mode == mode && only.descriptionName == description.name ? [only.number] : [] }
        // The rounds in turn, so that none has two more than another.
        let share = rounds / max(1, count) + (position < rounds % max(1, count) ? 1 : 0)
        return Array(0..<max(1, share))
    }
}
