/// Takes away single elements that an API gains as it grows.
public struct ElementRemoval {
    private let description: Value
    /// Required names that the schema does not describe itself: another part
    /// of an `allOf` does, and its property is not optional.
    private let requiredElsewhere: Set<String>
    /// The names of the properties that tell the members of a union apart.
    private let discriminators: Set<String>
    /// The places that references lead to.
    private let targets: [Path]
    private let compositions: Compositions

    public init(_ description: Value) {
        self.description = description
        var required: Set<String> = []
        var discriminators: Set<String> = []
        description.walk { value, grammar, _ in
            guard grammar == .schema else { return }
            required.formUnion(value["required"]?.strings.filter { value["properties"]?[$0] == nil } ?? [])
            if let discriminator = value["discriminator"] {
                if let name = discriminator.string ?? discriminator["propertyName"]?.string { discriminators.insert(name) }
            }
        }
        requiredElsewhere = required
        self.discriminators = discriminators
        targets = description.references.compactMap(Path.init(reference:))
        compositions = Compositions(of: description)
    }

    /// Takes away some elements of each kind: a share of what there is, at
    /// least one where there is any.
    public func mutation(share: Double = 0.02, using random: inout SeededGenerator) -> Mutation? {
        let all = candidates
        var chosen: [Element] = []
        for kind in [Element.Kind.property, .enumValue, .response, .tag] {
            let elements = all.filter { $0.kind == kind }.shuffled(using: &random)
            var perPlace: Set<Path> = []
            // One of each place, so that none is left empty.
            let apart = elements.filter { perPlace.insert(Path($0.path.steps.dropLast())).inserted }
            chosen += apart.prefix(max(1, Int((Double(elements.count) * share).rounded())))
        }
        // What is inside of something that goes away would go twice.
        let outermost = chosen.filter { inner in !chosen.contains { $0.path != inner.path && $0.path.isPrefix(of: inner.path) } }
        return outermost.isEmpty ? nil : mutation(removing: outermost)
    }

    public func mutation(removing elements: [Element]) -> Mutation {
        var removed = Set(elements.map(\.path))
        for element in elements where element.kind == .enumValue {
            removed.formUnion(EnumerationLists.paths(beside: element.path, in: description))
        }
        return Mutation(description: description.removing(removed), elements: elements)
    }

    /// Everything that may go.
    public var candidates: [Element] {
        var elements: [Element] = []
        description.walk { value, grammar, path in
            switch grammar {
            case .schema: elements += properties(of: value, at: path) + enumValues(of: value, at: path)
            case .parameter: elements += enumValues(of: value, at: path)
            case .operation: elements += responses(of: value, at: path) + tags(of: value, at: path)
            default: break
            }
        }
        return elements.filter { element in !targets.contains { element.path.isPrefix(of: $0) } }
    }

    private func properties(of schema: Value, at path: Path) -> [Element] {
        let properties = schema["properties"]?.members ?? []
        guard properties.count > 1 else { return [] }
        let required = Set(schema["required"]?.strings ?? []).union(requiredElsewhere).union(discriminators)
        return properties.filter { !required.contains($0.key) }.map {
            Element(kind: .property, path: path / "properties" / $0.key, name: $0.key, owners: compositions.owners(of: path))
        }
    }

    private func enumValues(of schema: Value, at path: Path) -> [Element] {
        let values = schema["enum"]?.elements ?? []
        // An enumeration of one value is a constant: the second one makes another type of it.
        guard values.count(where: { $0 != .null }) > 2 else { return [] }
        let owners = compositions.owners(of: path)
        return values.enumerated().compactMap { index, value in
            let name: String
            switch value {
            case .string(let text), .number(let text): name = text
            default: return nil
            }
            // What a default names has to be there.
            guard schema["default"] != value, values.count(where: { $0 == value }) == 1 else { return nil }
            return Element(kind: .enumValue, path: path / "enum" / String(index), name: name, owners: owners)
        }
    }

    private func responses(of operation: Value, at path: Path) -> [Element] {
        let responses = (operation["responses"]?.members ?? []).map(\.key).filter { !$0.hasPrefix("x-") }
        let successes = responses.filter { $0.hasPrefix("2") }
        // A `default` is the success where there is no other.
        guard !successes.isEmpty else { return [] }
        return responses.filter { successes.count > 1 || !$0.hasPrefix("2") }.map {
            Element(
                kind: .response, path: path / "responses" / $0, name: $0, owners: Owners.names(of: path, in: description))
        }
    }

    private func tags(of operation: Value, at path: Path) -> [Element] {
        (operation["tags"]?.strings ?? []).enumerated().map {
            Element(kind: .tag, path: path / "tags" / String($0.offset), name: $0.element)
        }
    }
}

/// The lists beside an `enum` that say more of each value, in the same order.
enum EnumerationLists {
    static let keys = ["x-enum-varnames", "x-enumNames", "x-enum-names", "x-enum-descriptions", "x-enumDescriptions"]

    /// The elements that belong to a value.
    static func paths(beside value: Path, in description: Value) -> [Path] {
        let schema = Path(value.steps.dropLast(2))
        guard let index = value.steps.last, let count = description[schema]?["enum"]?.elements.count else { return [] }
        return keys.filter { description[schema]?[$0]?.elements.count == count }.map { schema / $0 / index }
    }
}
