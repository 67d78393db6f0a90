import Declarations
import OpenAPI
import TextScanning

/// The names of all types: one table, filled in one pass over the placed plan.
///
/// A name follows from the place of its schema. Only where two places come to the
/// same spelling does something else have a say: the exact spelling has the name,
/// and the other takes its alternative, in an order that is that of no description.
struct NameTable {
    /// The names of the types from the namespace down, by their indices.
    private(set) var paths: [Int: [String]] = [:]
    /// The scopes of operations that have types of their own, by operation.
    private(set) var operationScopes: [Int: String] = [:]
    /// The types of OAuth schemes, in their order.
    private(set) var schemeNames: [String] = []

    /// What a name is wished for.
    private struct Wish {
        var index: Int
        var choices: [String]
        /// Those of a lower rank come first.
        var rank: Int
        /// Then those whose spelling is the description's.
        var isExact: Bool
        /// And then the order of this text.
        var text: String
    }

    private let plan: TypePlan
    private let placement: Placement
    private let words: PlaceWords
    private let methods: MethodNames
    private let settings: SettingsUse

    init(plan: TypePlan, placement: Placement, methods: MethodNames, schemes: [String], reserved: Set<String> = [], settings: SettingsUse) {
        self.plan = plan
        self.placement = placement
        self.methods = methods
        self.settings = settings
        words = PlaceWords(variantNames: plan.variantNames)
        var wishes: [Placement.Owner: [Wish]] = [:]
        for index in placement.order {
            if case .hidden = placement.forms[index] { continue }
            let owner = placement.owners[index] ?? .namespace
            wishes[owner, default: []].append(wish(index, in: owner))
        }
        var namespace = NameScope(reserved: SwiftName.reservedInNamespace.union(reserved))
        claim(wishes[.namespace] ?? [], in: &namespace, below: [])
        // A schema may be called as a scheme is, and has the name then.
        for name in schemes { schemeNames.append(namespace.claim(name, name + "Scheme")) }
        var client = NameScope(reserved: SwiftName.reservedInNamespace.union(["Errors"]))
        claimScopes(wishes, in: &client)
        claim(wishes[.client] ?? [], in: &client, below: ["Client"])
        for (operation, name) in operationScopes {
            var scope = NameScope()
            claim(wishes[.operation(operation)] ?? [], in: &scope, below: ["Client", name])
        }
        // Owners come before what is in them.
        for index in placement.order {
            guard let path = paths[index], let nested = wishes[.type(index)] else { continue }
            var scope = NameScope()
            claim(nested, in: &scope, below: path)
        }
        reportTaken()
    }

    private mutating func claimScopes(_ wishes: [Placement.Owner: [Wish]], in client: inout NameScope) {
        let operations = wishes.keys.compactMap { owner -> Int? in
            if case .operation(let index) = owner { index } else { nil }
        }
        let names = operations.map { (operation: $0, name: SwiftName.nestedType(Words(methods.names[$0]))) }
        for (operation, name) in names.sorted(by: { ($0.name, methods.names[$0.operation]) < ($1.name, methods.names[$1.operation]) }) {
            operationScopes[operation] = client.claim(name, name + "Operation")
        }
    }

    private mutating func claim(_ wishes: [Wish], in scope: inout NameScope, below path: [String]) {
        let ordered = wishes.sorted { left, right in
            if left.rank != right.rank { return left.rank < right.rank }
            if left.isExact != right.isExact { return left.isExact }
            if left.text != right.text { return left.text < right.text }
            return left.index < right.index
        }
        for wish in ordered { paths[wish.index] = path + [scope.claim(wish.choices)] }
    }

    // MARK: - Wishes

    private func wish(_ index: Int, in owner: Placement.Owner) -> Wish {
        let place = plan.types[index].place
        let words = self.words.words(of: place, below: placement.holderPlace(of: index))
        let alternative = self.words.alternative(of: place, words)
        let text = placement.texts[index] ?? ""
        guard owner == .namespace else {
            let name = SwiftName.nestedType(words)
            return Wish(
                index: index, choices: [name, SwiftName.nestedType(alternative)], rank: Self.rank(of: place), isExact: false, text: text)
        }
        if case .component(let schema) = place.step {
            if let name = settings.setting(\.renames.schemas, schema) {
                return Wish(index: index, choices: [name, name + "Model"], rank: 0, isExact: true, text: text)
            }
            let name = SwiftName.type(words)
            return Wish(index: index, choices: [name, name + "Model"], rank: 1, isExact: name == schema, text: text)
        }
        return Wish(index: index, choices: [SwiftName.type(words), SwiftName.type(alternative)], rank: 2, isExact: false, text: text)
    }

    /// What an operation brings by itself has its usual name before its parameters.
    private static func rank(of place: Place) -> Int {
        switch place.step {
        case .own: 0
        case .response(.code(let code), isFailure: false): code
        case .body(let mediaType): if MediaChoice.isJSON(mediaType) { 1_000 } else { 1_001 }
        case .parameter(let location, _): ["path": 1_100, "query": 1_101, "header": 1_102][location] ?? 1_103
        default: 1_050
        }
    }

    /// Says which schemas have not got the name that they wish for.
    private func reportTaken() {
        for index in placement.order {
            guard case .component(let name) = plan.types[index].place.step, let path = paths[index], path.count == 1,
                let schema = plan.types[index].schema
            else { continue }
            if let wished = settings.setting(\.renames.schemas, name) {
                if wished != path[0] {
                    settings.reportTaken(wished, path[0], at: settings.location(\.renames.schemas, name))
                }
            } else if SwiftName.type(Words(name)) != path[0] {
                settings.diagnostics.note(
                    .nameTaken,
                    "the schema `\(name)` is called `\(path[0])`, because `\(SwiftName.type(Words(name)))` is taken", at: schema.location)
            }
        }
    }
}
