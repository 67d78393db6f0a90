import Declarations

/// Boxes the edge that closes a cycle of values held in each other, and what is too
/// large to be held in place.
struct Boxing {
    /// How many fields a value may hold in place, its own and those of the
    /// values in it. What is larger goes into a box: the code that copies and
    /// destroys such values was half of what the compiler made, and an absent
    /// one took as much memory as one that is there.
    private static let fieldsInPlace = 16

    private enum Mark { case open, done }

    private var declarations: [Declaration]
    private var marks: [Int: Mark] = [:]
    /// The fields that a value of each declaration holds in place.
    private var sizes: [Int: Int] = [:]

    static func settle(_ declarations: inout [Declaration]) {
        var boxing = Boxing(declarations: declarations)
        for index in declarations.indices where boxing.marks[index] == nil { boxing.visit(index) }
        declarations = boxing.declarations
    }

    private init(declarations: [Declaration]) {
        self.declarations = declarations
    }

    private mutating func visit(_ index: Int) {
        marks[index] = .open
        var size = 0
        switch declarations[index].kind {
        case .structure(var structure):
            for place in structure.properties.indices {
                size += 1
                guard let next = heldIndex(structure.properties[place].valueType) else { continue }
                if marks[next] == nil { visit(next) }
                if marks[next] == .open || sizes[next, default: 1] > Self.fieldsInPlace {
                    structure.properties[place].isIndirect = true
                } else {
                    size += sizes[next, default: 1] - 1
                }
            }
            declarations[index].kind = .structure(structure)
        case .union(var union):
            for value in union.cases {
                guard let next = heldIndex(value.type) else { continue }
                if marks[next] == nil { visit(next) }
                if marks[next] == .open { union.isIndirect = true } else { size += sizes[next, default: 1] }
            }
            if size > Self.fieldsInPlace { union.isIndirect = true }
            if union.isIndirect { size = 1 }
            declarations[index].kind = .union(union)
        default:
            break
        }
        marks[index] = .done
        sizes[index] = max(size, 1)
    }

    /// The declaration whose value a type holds in place.
    private func heldIndex(_ type: TypeReference) -> Int? {
        switch declarations.unaliased(type) {
        case .declared(let index): index
        // The text of a value is held as the value itself.
        case .optional(let inner), .nullable(let inner), .text(let inner): heldIndex(inner)
        case .builtin, .external, .array, .dictionary, .items, .events: nil
        }
    }
}
