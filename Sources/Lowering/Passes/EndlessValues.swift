import Declarations

/// Makes properties optional that no value could ever have: those by which a struct
/// has to contain itself.
enum EndlessValues {
    static func settle(_ declarations: inout [Declaration]) {
        let finite = finite(declarations)
        let before = declarations
        for index in before.indices where !finite.contains(index) {
            guard case .structure(var structure) = before[index].kind else { continue }
            for place in structure.properties.indices where structure.properties[place].presence == .required {
                // What only has to contain such a struct is mended with that.
                guard let next = held(structure.properties[place].valueType, before), !finite.contains(next),
                    contains(next, index, before, finite)
                else { continue }
                structure.properties[place].presence = .optional
                structure.properties[place].defaultValue = nil
            }
            declarations[index].kind = .structure(structure)
        }
    }

    /// Whether every value of one declaration contains one of another.
    private static func contains(_ start: Int, _ end: Int, _ declarations: [Declaration], _ finite: Set<Int>) -> Bool {
        var open = [start]
        var seen: Set<Int> = []
        while let index = open.popLast() {
            if index == end { return true }
            guard seen.insert(index).inserted, case .structure(let structure) = declarations[index].kind else { continue }
            for property in structure.properties where property.presence == .required {
                if let next = held(property.valueType, declarations), !finite.contains(next) { open.append(next) }
            }
        }
        return false
    }

    /// The declarations that have a value, as far as structs are concerned: a union
    /// has the value that is none of its cases.
    private static func finite(_ declarations: [Declaration]) -> Set<Int> {
        /// The structs that hold each declaration, and how many they still wait for.
        var users: [Int: [Int]] = [:]
        var waiting = [Int](repeating: 0, count: declarations.count)
        for (index, declaration) in declarations.enumerated() {
            guard case .structure(let structure) = declaration.kind else { continue }
            for property in structure.properties where property.presence == .required {
                guard let next = held(property.valueType, declarations) else { continue }
                users[next, default: []].append(index)
                waiting[index] += 1
            }
        }
        var finite: Set<Int> = []
        var open = declarations.indices.filter { waiting[$0] == 0 }
        while let index = open.popLast() {
            guard finite.insert(index).inserted else { continue }
            for user in users[index] ?? [] {
                waiting[user] -= 1
                if waiting[user] == 0 { open.append(user) }
            }
        }
        return finite
    }

    /// The declaration of which a type always holds a value.
    private static func held(_ type: TypeReference, _ declarations: [Declaration]) -> Int? {
        if case .declared(let index) = declarations.unaliased(type) { index } else { nil }
    }
}
