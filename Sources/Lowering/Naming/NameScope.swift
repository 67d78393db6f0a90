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

    /// The same with one more choice, which takes long to find out.
    mutating func claim(_ choices: [String], orElse last: @autoclosure () -> String) -> String {
        for choice in choices where taken.insert(choice).inserted { return choice }
        return claim([last()])
    }

    /// A name for each of several spellings, whatever their order: the exact spelling
    /// has a name, then the first in the order of the alphabet; another takes `suffix`.
    mutating func claim(_ spelled: [String], as name: (String) -> String, orElseWith suffix: String) -> [String] {
        let wished = spelled.map(name)
        if claimAll(wished) { return wished }
        var names = wished
        let order = spelled.indices.sorted { left, right in
            let isExact = (wished[left] == spelled[left], wished[right] == spelled[right])
            return isExact.0 != isExact.1 ? isExact.0 : (spelled[left], left) < (spelled[right], right)
        }
        for index in order { names[index] = claim(wished[index], wished[index] + suffix) }
        return names
    }

    /// Claims names, or none of them where one is taken or wished for twice.
    private mutating func claimAll(_ names: [String]) -> Bool {
        var all = taken
        for name in names where !all.insert(name).inserted { return false }
        taken = all
        return true
    }
}
