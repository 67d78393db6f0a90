import OpenAPI
import Source
import SpecSource

/// What can be settled only when every declaration is there: circles, and
/// what is sent and what is only received.
struct ModuleFinisher {
    let types: TypeLowering
    let diagnostics: Diagnostics

    /// - Parameter sent: The types of request bodies and parameters.
    func finish(sent: [TypeReference]) {
        breakAliasCircles()
        settlePresence(sent: reachable(from: sent))
        box()
    }

    // MARK: - Circles

    /// A name for itself is no type.
    private func breakAliasCircles() {
        /// Aliases that are known to lead to a type.
        var settled: Set<Int> = []
        for place in types.declarations.indices where !settled.contains(place) {
            var chain: Set<Int> = []
            var next: Int? = place
            while let current = next, !settled.contains(current), case .alias(let target) = types.declarations[current].kind {
                guard chain.insert(current).inserted else {
                    types.update(current, .alias(.builtin(.json)))
                    diagnostics.degrade(
                        "the schema `\(types.declarations[current].name)` is defined by itself; any value is accepted",
                        at: types.schemas[current]?.location)
                    break
                }
                next = named(by: target)
            }
            settled.formUnion(chain)
        }
    }

    /// The declaration that a type names, at whatever depth.
    private func named(by type: TypeReference) -> Int? {
        var type = type
        while true {
            switch type {
            case .builtin, .external: return nil
            case .optional(let inner), .nullable(let inner), .array(let inner), .dictionary(let inner), .items(let inner),
                .events(let inner), .text(let inner):
                type = inner
            case .declared(let place): return place
            }
        }
    }

    /// How many fields a value may hold in place, its own and those of the
    /// values in it. What is larger goes into a box: the code that copies and
    /// destroys such values was half of what the compiler made, and an absent
    /// one took as much memory as one that is there.
    private static let fieldsInPlace = 16

    /// Boxes the edge that closes a circle of values held in each other, and
    /// what is too large to be held in place.
    private func box() {
        enum Mark { case open, done }
        var marks: [Int: Mark] = [:]
        /// The fields that a value of each declaration holds in place.
        var sizes: [Int: Int] = [:]

        func visit(_ place: Int) {
            marks[place] = .open
            var size = 0
            switch types.declarations[place].kind {
            case .structure(var structure):
                for index in structure.properties.indices {
                    size += 1
                    guard let next = heldPlace(structure.properties[index].type) else { continue }
                    if marks[next] == .open {
                        structure.properties[index].isIndirect = true
                        // A value that must contain itself could never end.
                        if case .required = structure.properties[index].presence {
                            structure.properties[index].presence = .optional
                            structure.properties[index].initialValue = nil
                        }
                        continue
                    }
                    if marks[next] == nil { visit(next) }
                    if sizes[next, default: 1] > Self.fieldsInPlace {
                        structure.properties[index].isIndirect = true
                    } else {
                        size += sizes[next, default: 1] - 1
                    }
                }
                types.update(place, .structure(structure))
            case .union(var union):
                for value in union.cases {
                    guard let next = heldPlace(value.type) else { continue }
                    if marks[next] == .open {
                        union.isIndirect = true
                        continue
                    }
                    if marks[next] == nil { visit(next) }
                    size += sizes[next, default: 1]
                }
                if size > Self.fieldsInPlace { union.isIndirect = true }
                if union.isIndirect { size = 1 }
                types.update(place, .union(union))
            default:
                break
            }
            marks[place] = .done
            sizes[place] = max(size, 1)
        }

        for place in types.declarations.indices where marks[place] == nil {
            visit(place)
        }
    }

    /// The declaration whose value a type holds in place.
    private func heldPlace(_ type: TypeReference) -> Int? {
        switch types.resolved(type) {
        case .declared(let place): place
        case .optional(let type), .nullable(let type): heldPlace(type)
        case .builtin, .external, .array, .dictionary, .items, .events, .text: nil
        }
    }

    // MARK: - Sent and received

    private func reachable(from roots: [TypeReference]) -> Set<Int> {
        var found: Set<Int> = []
        var open = roots
        while let type = open.popLast() {
            switch type {
            case .builtin, .external: break
            case .optional(let type), .nullable(let type), .array(let type), .dictionary(let type), .items(let type),
            .events(let type), .text(let type):
                open.append(type)
            case .declared(let place):
                guard found.insert(place).inserted else { continue }
                switch types.declarations[place].kind {
                case .structure(let structure):
                    open += structure.properties.map(\.type)
                    if let additional = structure.additional { open.append(additional.type) }
                case .union(let union): open += union.cases.map(\.type)
                case .alias(let type): open.append(type)
                case .outcomes(let cases): open += cases.map(\.type)
                case .enumeration, .headers, .servers: break
                }
            }
        }
        return found
    }

    /// In what is sent, null and absent differ and what is read-only cannot be
    /// asked for; in what is only received, they are one.
    private func settlePresence(sent: Set<Int>) {
        for place in types.declarations.indices {
            guard case .structure(var structure) = types.declarations[place].kind else { continue }
            let isSent = sent.contains(place)
            for index in structure.properties.indices {
                switch structure.properties[index].presence {
                case .optionalNullable where !isSent:
                    structure.properties[index].presence = .optional
                case .required where isSent && structure.properties[index].isReadOnly,
                    .requiredNullable where isSent && structure.properties[index].isReadOnly,
                    .optionalNullable where structure.properties[index].isReadOnly:
                    structure.properties[index].presence = .optional
                    structure.properties[index].initialValue = nil
                default: break
                }
            }
            types.update(place, .structure(structure))
        }
    }
}
