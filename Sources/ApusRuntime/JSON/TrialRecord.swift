/// The trial readings that choose among the members of a union.
struct TrialRecord: ~Copyable {
    /// How many trials are nested now.
    private var depth = 0
    /// What the members of the trial have added up to so far.
    var score = 0
    /// The outcomes so far: without them, unions in unions would be tried
    /// again for each candidate of the outer ones.
    private var outcomes: [Key: Outcome] = [:]
    private var lastPosition = -1
    /// Whether a type did not fit: then a later member of the same name might.
    private(set) var hasMisfit = false
    /// Whether a type did not fit that was read outside of trials.
    private var hasFailedAttempt = false
    /// How many attempts outside of trials are nested now.
    var activeAttempts = 0
    /// Whether what is attempted is tried first: 4 levels are read again at most.
    var demandsTrials: Bool { hasFailedAttempt || activeAttempts >= 4 }

    struct Key: Hashable {
        let position: Int
        let type: ObjectIdentifier
    }

    /// What reading a type at a place comes to.
    enum Outcome {
        case misfit
        /// - Parameter end: Where the value ends.
        case fit(score: Int, end: Int)

        var score: Int? {
            if case .fit(let score, _) = self { score } else { nil }
        }
    }

    var isActive: Bool { depth > 0 }

    /// The outcome of an earlier trial at the same place.
    mutating func outcome(for key: Key) -> Outcome? {
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

    /// - Parameter end: Where the value ends; `nil` if the type does not fit.
    mutating func end(_ key: Key, end: Int?, outerScore: Int) -> Int? {
        let outcome = note(key, end: end)
        abandon(outerScore: outerScore)
        return outcome.score
    }

    /// Remembers what reading a part of a trial came to.
    @discardableResult
    mutating func note(_ key: Key, end: Int?) -> Outcome {
        let outcome: Outcome
        if let end {
            outcome = .fit(score: score, end: end)
        } else {
            outcome = .misfit
            hasMisfit = true
        }
        outcomes[key] = outcome
        lastPosition = max(lastPosition, key.position)
        return outcome
    }

    /// Remembers that a value outside of trials does not fit.
    mutating func noteFailedAttempt(_ key: Key) {
        note(key, end: nil)
        hasFailedAttempt = true
    }

    /// Ends what ``begin()`` began, without an outcome.
    mutating func abandon(outerScore: Int) {
        score = outerScore
        depth -= 1
    }
}
