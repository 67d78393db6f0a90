import Declarations

/// Where each type of a plan is declared: which type it stands in, and which of
/// several equal ones is declared in full.
struct Placement {
    /// What a type is nested in.
    enum Owner: Hashable {
        case namespace
        case client
        /// The scope of an operation, by its index.
        case operation(Int)
        /// Another type, by its index.
        case type(Int)
    }

    /// How a type is written.
    enum Form: Hashable {
        case declared
        /// Another name for an equal type that is declared.
        case alias(of: Int)
        /// Not at all: its owner is another name for the one that is written, or
        /// an equal type has its very name.
        case hidden(by: Int)
    }

    private(set) var owners: [Int: Owner] = [:]
    private(set) var forms: [Int: Form] = [:]
    /// What decides between the types, where nothing else does, in no order of the description.
    private(set) var texts: [Int: String] = [:]
    /// The types that are used, from the outside in.
    private(set) var order: [Int] = []
    private let plan: TypePlan
    private let words: PlaceWords
    /// The types that can hold others, by their places.
    private var holders: [ObjectIdentifier: Int] = [:]

    /// - Parameter used: The types that something needs.
    init(of plan: TypePlan, used: Set<Int>, text: (Place) -> String) {
        self.plan = plan
        words = PlaceWords(variantNames: plan.variantNames)
        for index in plan.types.indices.reversed() where used.contains(index) || plan.types[index].replacement != nil {
            guard let holder = holder(index) else { continue }
            holders[ObjectIdentifier(plan.types[index].place)] = holder
        }
        for index in used {
            owners[index] = owner(of: plan.types[index].place)
            texts[index] = text(plan.types[index].place)
        }
        order = used.map(rank).sorted().map(\.index)
        decideForms()
    }

    /// What decides which of several equal types is declared: the outermost, one
    /// of a model before one of an operation, and then the text of its place.
    private struct Rank: Comparable {
        var depth: Int
        var isOfOperation: Bool
        var text: String
        var index: Int

        static func < (left: Rank, right: Rank) -> Bool {
            if left.depth != right.depth { return left.depth < right.depth }
            if left.isOfOperation != right.isOfOperation { return right.isOfOperation }
            if left.text != right.text { return left.text < right.text }
            return left.index < right.index
        }
    }

    private func rank(of index: Int) -> Rank {
        Rank(depth: depth(of: index), isOfOperation: isOfOperation(index), text: texts[index] ?? "", index: index)
    }

    /// The type at a place that can hold others; what replaced one holds its types.
    private func holder(_ index: Int) -> Int? {
        guard let settled = plan.types.settled(.declared(index)).declaration else { return nil }
        switch plan.types[settled].kind {
        case .structure, .union: return settled
        default: return nil
        }
    }

    private func owner(of place: Place) -> Owner {
        var place = place.parent
        while let current = place {
            if let holder = holders[ObjectIdentifier(current)] { return .type(holder) }
            place = current.parent
            switch current.step {
            case .operation(let index): return .operation(index)
            case .shared: return .client
            default: break
            }
        }
        return .namespace
    }

    private func isOfOperation(_ index: Int) -> Bool {
        switch plan.types[index].place.root.step {
        case .component, .webhook: false
        default: true
        }
    }

    private func depth(of index: Int) -> Int {
        var depth = 0
        var index = index
        while true {
            depth += 1
            switch owners[index] ?? owner(of: plan.types[index].place) {
            case .type(let owner) where owner != index && depth < 64: index = owner
            case .namespace: return depth
            case .client: return depth + 1
            case .operation: return depth + 2
            case .type: return depth
            }
        }
    }

    private mutating func decideForms() {
        var declared: [Int: Int] = [:]
        for index in order {
            let twin = plan.types[index].twin
            if case .type(let owner) = owners[index], forms[owner] != .declared {
                forms[index] = .hidden(by: twin)
            } else if let host = declared[twin] {
                let isSameName = owners[host] == owners[index] && ownWords(host) == ownWords(index)
                forms[index] = isSameName ? .hidden(by: twin) : .alias(of: host)
            } else {
                declared[twin] = index
                forms[index] = .declared
            }
        }
        // Of types that are hidden, all equal ones may be: then the first is declared.
        for index in order {
            guard case .hidden(let twin) = forms[index] else { continue }
            if let host = declared[twin] {
                forms[index] = .hidden(by: host)
            } else {
                declared[twin] = index
                owners[index] = .namespace
                forms[index] = .declared
            }
        }
    }

    /// The words that a type is called by in its owner.
    func ownWords(_ index: Int) -> String {
        words.words(of: plan.types[index].place, below: holderPlace(of: index)).upperCamel
    }

    /// The place of what a type is nested in.
    func holderPlace(of index: Int) -> Place? {
        switch owners[index] {
        case .type(let owner):
            // What replaced the holder may stand elsewhere.
            var place = plan.types[index].place.parent
            while let current = place, holders[ObjectIdentifier(current)] != owner { place = current.parent }
            return place
        default: return nil
        }
    }
}
