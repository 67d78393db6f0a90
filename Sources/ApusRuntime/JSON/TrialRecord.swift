/// The trial readings that choose among the members of a union.
struct TrialRecord: ~Copyable {
    /// How many trials are nested now.
    private var depth = 0
    /// What the members of the trial have added up to so far.
    var score = 0
    /// The outcomes so far: without them, unions in unions would be tried
    /// again for each candidate of the outer ones.
    private var outcomes: [Key: Int?] = [:]
    private var lastPosition = -1

    struct Key: Hashable {
        let position: Int
        let type: ObjectIdentifier
    }

    var isActive: Bool { depth > 0 }

    /// The outcome of an earlier trial at the same place.
    mutating func outcome(for key: Key) -> Int?? {
        if depth == 0, key.position > lastPosition, !outcomes.isEmpty {
            // Reading has passed all that was tried.
            outcomes = [:]
        }
        return outcomes[key]
    }

    /// - Returns: The outer trial's score, to hand back at the end.
    mutating func begin() -> Int {
        depth += 1
        defer { score = 0 }
        return score
    }

    mutating func end(_ key: Key, fits: Bool, outerScore: Int) -> Int? {
        let outcome = fits ? score : nil
        outcomes[key] = .some(outcome)
        lastPosition = max(lastPosition, key.position)
        abandon(outerScore: outerScore)
        return outcome
    }

    /// Ends what ``begin()`` began, without an outcome.
    mutating func abandon(outerScore: Int) {
        score = outerScore
        depth -= 1
    }
}
