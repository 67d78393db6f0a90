/// The names taken in one scope.
///
/// Whoever comes first has the name; a later one takes its next choice, and a
/// number when all are taken. Names are compared as they are written.
struct NameScope {
    private var taken: Set<String>
    private var numbers: [String: Int] = [:]

    init(reserved: Set<String> = []) {
        taken = reserved
    }

    /// The first free one of `choices`, or the last with a number.
    mutating func claim(_ choices: String...) -> String {
        claim(choices)
    }

    mutating func claim(_ choices: [String]) -> String {
        for choice in choices where taken.insert(choice).inserted { return choice }
        let last = choices.last ?? "_"
        // Going on from where the last search ended: a name wished for
        // thousands of times costs each wish the same.
        var number = numbers[last, default: 2]
        while !taken.insert("\(last)\(number)").inserted { number += 1 }
        numbers[last] = number + 1
        return "\(last)\(number)"
    }

    /// Gives a name back that nobody has any more.
    mutating func release(_ name: String) {
        taken.remove(name)
    }

    /// `choice` where it is free; only where it is not is `other` made.
    mutating func claim(_ choice: String, orElse other: @autoclosure () -> String) -> String {
        taken.insert(choice).inserted ? choice : claim([other()])
    }
}
