/// The trial readings that choose among the members of a union.
struct TrialRecord: ~Copyable {
    /// How many trials are nested now.
    private var depth = 0
    /// What the members of the trial have added up to so far.
    var score = 0
    /// The outcomes within the outermost trial: without them, unions in
    /// unions would be tried again for each candidate of the outer ones.
    private var outcomes: [Key: Int?] = [:]

    struct Key: Hashable {
        let position: Int
        let type: ObjectIdentifier
    }

    var isActive: Bool { depth > 0 }

    func outcome(for key: Key) -> Int?? {
        depth > 0 ? outcomes[key] : nil
    }

    /// - Returns: The outer trial's score, to hand back at the end.
    mutating func begin() -> Int {
        depth += 1
        defer { score = 0 }
        return score
    }

    mutating func end(_ key: Key, fits: Bool, outerScore: Int) -> Int? {
        let outcome = fits ? score : nil
        score = outerScore
        depth -= 1
        if depth > 0 {
            outcomes[key] = .some(outcome)
        } else {
            outcomes.removeAll(keepingCapacity: true)
        }
        return outcome
    }

    /// Ends what ``begin()`` began, without an outcome.
    mutating func abandon(outerScore: Int) {
        score = outerScore
        depth -= 1
    }
}
