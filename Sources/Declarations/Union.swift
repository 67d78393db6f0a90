/// One of several types, told apart by what is in the JSON.
public struct Union: Hashable, Sendable {
    public struct Case: Hashable, Sendable {
        public var name: String
        public var type: TypeReference
        public var documentation: [String]

        /// Creates a case.
        public init(name: String, type: TypeReference, documentation: [String]) {
            self.name = name
            self.type = type
            self.documentation = documentation
        }
    }

    /// How values of one JSON type are told apart. Numbers are indices of ``cases``.
    public enum Choice: Hashable, Sendable {
        case one(Int)
        /// By the value of a property. Others fall to the last choice.
        case discriminator(key: String, values: [Selector], otherwise: [Int])
        /// By a property that only one case has, the selector's text. Where none of these
        /// is there, a case that has no such property, or whichever fits of those that
        /// can be read without theirs.
        case properties([Selector], otherwise: [Int])
        /// Whichever fits best.
        case bestMatch([Int])
    }

    /// A text that stands for a case: a discriminator's value or a property's name.
    public struct Selector: Hashable, Sendable {
        public var text: String
        public var index: Int

        /// Creates a selector.
        public init(_ text: String, _ index: Int) {
            self.text = text
            self.index = index
        }
    }

    /// How to choose among the cases whose values have one JSON type.
    public struct KindChoice: Hashable, Sendable {
        public var kind: JSONKind
        public var choice: Choice

        /// Creates a choice.
        public init(kind: JSONKind, choice: Choice) {
            self.kind = kind
            self.choice = choice
        }
    }

    public var cases: [Case]
    /// For each JSON type that some case has, how to choose.
    public var choices: [KindChoice]
    /// Whether a case holds the union itself, or something large.
    public var isIndirect: Bool

    /// Creates a union.
    public init(cases: [Case], choices: [KindChoice], isIndirect: Bool = false) {
        self.cases = cases
        self.choices = choices
        self.isIndirect = isIndirect
    }

    /// The same with its cases in the order of their names.
    var sorted: Union {
        let order = cases.indices.sorted { cases[$0].name < cases[$1].name }
        var places = [Int](repeating: 0, count: cases.count)
        for (place, index) in order.enumerated() { places[index] = place }
        func moved(_ indices: [Int]) -> [Int] { indices.map { places[$0] }.sorted() }
        func moved(_ selectors: [Selector]) -> [Selector] {
            selectors.map { Selector($0.text, places[$0.index]) }.sorted { ($0.text, $0.index) < ($1.text, $1.index) }
        }
        let moved = choices.map { choice in
            switch choice.choice {
            case .one(let index): KindChoice(kind: choice.kind, choice: .one(places[index]))
            case .discriminator(let key, let values, let otherwise):
                KindChoice(kind: choice.kind, choice: .discriminator(key: key, values: moved(values), otherwise: moved(otherwise)))
            case .properties(let keys, let otherwise):
                KindChoice(kind: choice.kind, choice: .properties(moved(keys), otherwise: moved(otherwise)))
            case .bestMatch(let indices): KindChoice(kind: choice.kind, choice: .bestMatch(moved(indices)))
            }
        }
        return Union(cases: order.map { cases[$0] }, choices: moved, isIndirect: isIndirect)
    }
}
