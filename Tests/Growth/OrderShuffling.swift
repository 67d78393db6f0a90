/// Changes every order in a description that says nothing: all but that of
/// parameters, properties, header fields, servers and security requirements.
/// Parts of an `allOf` and alternatives stay where their order is the order of
/// properties.
public struct OrderShuffling {
    private let description: Value
    /// The references that are parts of an `allOf`.
    private let parts: Set<String>

    public init(_ description: Value) {
        self.description = description
        var parts: Set<String> = []
        description.walk { value, grammar, _ in
            if grammar == .conjunction { parts.formUnion(value.elements.compactMap { $0["$ref"]?.string }) }
        }
        self.parts = parts
    }

    public func mutation(using random: inout SeededGenerator) -> Mutation {
        Mutation(description: shuffled(description, .description, at: Path(), &random), elements: [])
    }

    /// - Parameter isPart: Whether the value is a part of an `allOf`.
    private func shuffled(
        _ value: Value, _ grammar: Grammar, at path: Path, isPart: Bool = false, _ random: inout SeededGenerator
    ) -> Value {
        switch value {
        case .object(var members):
            // Alternatives of an object that has more to it are written as one
            // list of properties, in the order of the alternatives.
            let isOrdered = isPart || value["properties"] != nil || value["allOf"] != nil || parts.contains("\(path)")
            for index in members.indices {
                let key = members[index].key
                var inside = grammar.inside(key)
                if inside == .alternatives, isOrdered, members[index].value.elements.count(where: { hasProperties($0, []) }) > 1 {
                    inside = .positions
                }
                if inside != .opaque { members[index].value = shuffled(members[index].value, inside, at: path / key, &random) }
            }
            switch grammar {
            case .schema, .parameter: shuffleEnumeration(&members, &random)
            default: break
            }
            if Self.unorderedObjects.contains(grammar) { members.shuffle(using: &random) }
            return .object(members)
        case .array(var elements):
            let inside = grammar == .schema ? Grammar.schema : grammar.inside("")
            if inside != .opaque {
                for index in elements.indices {
                    elements[index] = shuffled(
                        elements[index], inside, at: path / String(index), isPart: grammar == .conjunction, &random)
                }
            }
            let isOrdered = grammar == .conjunction && elements.count(where: { hasProperties($0, []) }) > 1
            if Self.unorderedArrays.contains(grammar), !isOrdered { elements.shuffle(using: &random) }
            return .array(elements)
        default: return value
        }
    }

    private static let unorderedObjects: Set<Grammar> = [
        .paths, .pathItem, .operations, .components, .schemas, .parametersByName, .bodies, .responses, .contents,
        .callbacks, .callback, .securitySchemes, .mapping,
    ]

    private static let unorderedArrays: Set<Grammar> = [.tags, .required, .alternatives, .conjunction]

    /// Values keep the names and descriptions that lists beside them give.
    private func shuffleEnumeration(_ members: inout [Value.Member], _ random: inout SeededGenerator) {
        guard let values = members.first(where: { $0.key == "enum" })?.value.elements else { return }
        let order = Array(values.indices).shuffled(using: &random)
        for index in members.indices where members[index].key == "enum" || EnumerationLists.keys.contains(members[index].key) {
            let list = members[index].value.elements
            if list.count == values.count { members[index].value = .array(order.map { list[$0] }) }
        }
    }

    /// Whether a part of an `allOf` brings properties. The order of such parts
    /// is the order of the properties, also where the parts share none.
    private func hasProperties(_ part: Value, _ seen: Set<String>) -> Bool {
        if part["properties"] != nil { return true }
        if let reference = part["$ref"]?.string {
            guard !seen.contains(reference), let path = Path(reference: reference), let target = description[path] else { return true }
            return hasProperties(target, seen.union([reference]))
        }
        return ["allOf", "oneOf", "anyOf"].contains { key in
            part[key]?.elements.contains { hasProperties($0, seen) } == true
        }
    }
}

extension Value {
    /// The same value with every order taken out that a shuffling may change:
    /// equal for two descriptions that say the same.
    public func sorted(_ grammar: Grammar = .description) -> Value {
        switch self {
        case .object(let members):
            let sorted = members.map { Member($0.key, $0.value.sorted(grammar.inside($0.key))) }
            return .object(sorted.sorted { $0.key < $1.key })
        case .array(let elements):
            let inside = grammar == .schema ? Grammar.schema : grammar.inside("")
            let sorted = elements.map { $0.sorted(inside) }
            guard [.tags, .required, .alternatives, .conjunction, .enumeration].contains(grammar) else { return .array(sorted) }
            return .array(sorted.sorted { String(decoding: $0.json, as: UTF8.self) < String(decoding: $1.json, as: UTF8.self) })
        default: return self
        }
    }
}
