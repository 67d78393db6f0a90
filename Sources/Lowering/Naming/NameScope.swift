/// The names taken in one scope.
///
/// Whoever comes first has the name; a later one takes its next choice, and a
/// number when all are taken. Names are compared as they are written.
struct NameScope {
    private var taken: Set<String>

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
        var number = 2
        while !taken.insert("\(last)\(number)").inserted { number += 1 }
        return "\(last)\(number)"
    }
}
