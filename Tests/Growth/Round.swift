import Comparison

/// One trial: a mode, a description and a number that makes it another than the rest.
public struct Round: Hashable, Sendable, CustomStringConvertible {
    public var mode: Mode
    public var descriptionName: String
    public var number: Int

    public init(mode: Mode, descriptionName: String, number: Int) {
        self.mode = mode
        self.descriptionName = descriptionName
        self.number = number
    }

    /// `operations:asana.yaml:3`, as `--only` takes it.
    public var description: String { "\(mode.rawValue):\(descriptionName):\(number)" }

    public init?(argument text: String) {
        let parts = text.split(separator: ":").map(String.init)
        guard parts.count >= 3, let mode = Mode(rawValue: parts[0]), let number = Int(parts[parts.count - 1]) else { return nil }
        self.init(mode: mode, descriptionName: parts[1..<(parts.count - 1)].joined(separator: ":"), number: number)
    }

    /// What a round found.
    public struct Outcome: Sendable {
        public var round: Round
        public var elements: [Element] = []
        /// What must not be.
        public var faults: [InterfaceChange] = []
        /// The changes that the elements explain.
        public var explained = 0
        /// Why the description cannot be compared at all.
        public var error: String?
        public var old: [UInt8] = []
        public var new: [UInt8] = []

        public var isFailure: Bool { !faults.isEmpty || error != nil }
    }

    /// - Parameter whole: The description as JSON.
    /// - Returns: None where the description has nothing that the mode could change.
    public func run(on description: Description, whole: [UInt8], seed: Int, by comparison: any DescriptionComparing) -> Outcome? {
        var random = SeededGenerator(seed: [String(seed), mode.rawValue, descriptionName, String(number)])
        let mutation: Mutation? =
            switch mode {
            case .operations: OperationRemoval(description.value).mutation(using: &random)
            case .elements: ElementRemoval(description.value).mutation(using: &random)
            case .order: OrderShuffling(description.value).mutation(using: &random)
            }
        guard let mutation else { return nil }
        var outcome = Outcome(round: self, elements: mutation.elements)
        let other = mutation.description.json
        (outcome.old, outcome.new) = mode == .order ? (whole, other) : (other, whole)
        do {
            let changes = try comparison.changes(from: outcome.old, to: outcome.new, path: description.path)
            switch mode {
            case .operations: outcome.faults = changes.filter(\.isBreaking)
            case .elements:
                outcome.faults = Attribution(elements: mutation.elements).unexplained(changes)
                outcome.explained = changes.count(where: \.isBreaking) - outcome.faults.count
            case .order:
                outcome.faults = changes
                outcome.faults += try comparison.changes(from: outcome.new, to: outcome.old, path: description.path)
            }
        } catch {
            outcome.error = "\(error)"
        }
        return outcome
    }
}
