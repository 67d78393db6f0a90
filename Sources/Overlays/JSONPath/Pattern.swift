/// A pattern of `match` and `search`: a regular expression as in RFC 9485 (I-Regexp).
///
/// All ways through the pattern are gone at once, so that time is the length of the text times
/// that of the pattern, whatever both are.
struct Pattern {
    private enum Step {
        /// Takes one scalar.
        case take(Scalars)
        /// Goes on at both, at no cost.
        case either(Int, Int)
        case goTo(Int)
        case done
    }

    private var steps: [Step] = []

    /// The most steps of a pattern; `a{1000}{1000}` would have a million.
    private static let mostSteps = 10_000

    /// - Returns: `nil` if the text is not a pattern.
    init?(_ text: String) {
        var parser = PatternParser(text)
        guard let tree = parser.pattern(), add(tree) else { return nil }
        steps.append(.done)
    }

    /// Whether the whole text is as the pattern says.
    func matches(_ text: String) -> Bool {
        run(text, isWhole: true)
    }

    /// Whether a part of the text is.
    func isFound(in text: String) -> Bool {
        run(text, isWhole: false)
    }

    private func run(_ text: String, isWhole: Bool) -> Bool {
        var current = StepSet(count: steps.count)
        var next = StepSet(count: steps.count)
        enter(0, &current)
        for scalar in text.unicodeScalars {
            if !isWhole, current.isDone { return true }
            next.removeAll()
            for index in current.members {
                if case .take(let scalars) = steps[index], scalars.contains(scalar) { enter(index + 1, &next) }
            }
            if !isWhole { enter(0, &next) }
            swap(&current, &next)
            if current.members.isEmpty { return false }
        }
        return current.isDone
    }

    /// Adds a step and those that it leads to at no cost.
    private func enter(_ start: Int, _ set: inout StepSet) {
        var pending = [start]
        while let index = pending.popLast() {
            guard set.insert(index) else { continue }
            switch steps[index] {
            case .take: break
            case .either(let one, let other): pending += [other, one]
            case .goTo(let target): pending.append(target)
            case .done: set.isDone = true
            }
        }
    }

    // MARK: - From the tree to steps

    private mutating func add(_ tree: PatternTree) -> Bool {
        guard steps.count < Self.mostSteps else { return false }
        switch tree {
        case .scalars(let scalars):
            steps.append(.take(scalars))
            return true
        case .sequence(let parts):
            return parts.allSatisfy { add($0) }
        case .alternatives(let alternatives):
            var ends: [Int] = []
            for (number, alternative) in alternatives.enumerated() {
                let fork = steps.count
                let isLast = number == alternatives.count - 1
                if !isLast { steps.append(.done) }
                guard add(alternative) else { return false }
                guard !isLast else { continue }
                ends.append(steps.count)
                steps.append(.done)
                steps[fork] = .either(fork + 1, steps.count)
            }
            for end in ends { steps[end] = .goTo(steps.count) }
            return true
        case .repeated(let part, let least, let most):
            for _ in 0..<least where !add(part) { return false }
            guard let most else {
                let fork = steps.count
                steps.append(.done)
                guard add(part) else { return false }
                steps.append(.goTo(fork))
                steps[fork] = .either(fork + 1, steps.count)
                return true
            }
            var forks: [Int] = []
            for _ in least..<max(least, most) {
                forks.append(steps.count)
                steps.append(.done)
                guard add(part) else { return false }
            }
            for fork in forks { steps[fork] = .either(fork + 1, steps.count) }
            return true
        }
    }
}

/// Steps of a pattern, each once, in the order in which they were added.
private struct StepSet {
    private(set) var members: [Int] = []
    private var isMember: [Bool]
    /// Whether the pattern's end is among them.
    var isDone = false

    init(count: Int) {
        isMember = Array(repeating: false, count: count)
    }

    mutating func insert(_ index: Int) -> Bool {
        if isMember[index] { return false }
        isMember[index] = true
        members.append(index)
        return true
    }

    mutating func removeAll() {
        for index in members { isMember[index] = false }
        members.removeAll(keepingCapacity: true)
        isDone = false
    }
}

/// What one scalar may be.
struct Scalars {
    enum Element {
        case range(ClosedRange<Unicode.Scalar>)
        /// `\p{L}`, `\p{Nd}`; the other way round with `\P`.
        case category(String, isNegated: Bool)
    }

    var elements: [Element]
    var isNegated = false

    /// Everything but an end of a line.
    static let dot = Scalars(elements: [.range("\n"..."\n"), .range("\r"..."\r")], isNegated: true)

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        elements.contains { element in
            switch element {
            case .range(let range): range.contains(scalar)
            case .category(let name, let isNegated):
                (Self.categories[scalar.properties.generalCategory] ?? "Cn").hasPrefix(name) != isNegated
            }
        } != isNegated
    }

    static func isCategory(_ name: String) -> Bool {
        !name.isEmpty && (categories.values.contains { $0.hasPrefix(name) } || name == "Cn")
    }

    private static let categories: [Unicode.GeneralCategory: String] = [
        .uppercaseLetter: "Lu", .lowercaseLetter: "Ll", .titlecaseLetter: "Lt", .modifierLetter: "Lm", .otherLetter: "Lo",
        .nonspacingMark: "Mn", .spacingMark: "Mc", .enclosingMark: "Me", .decimalNumber: "Nd", .letterNumber: "Nl", .otherNumber: "No",
        .connectorPunctuation: "Pc", .dashPunctuation: "Pd", .openPunctuation: "Ps", .closePunctuation: "Pe",
        .initialPunctuation: "Pi", .finalPunctuation: "Pf", .otherPunctuation: "Po", .mathSymbol: "Sm", .currencySymbol: "Sc",
        .modifierSymbol: "Sk", .otherSymbol: "So", .spaceSeparator: "Zs", .lineSeparator: "Zl", .paragraphSeparator: "Zp",
        .control: "Cc", .format: "Cf", .surrogate: "Cs", .privateUse: "Co", .unassigned: "Cn",
    ]
}
