import Declarations
import OpenAPI
import Source

/// Finds examples of schemas: those that the description has, and the shortest value that
/// each allows. It says the same each time.
final class ExampleBuilder {
    private unowned let planner: TypePlanner
    private let check: SchemaCheck
    /// The schemas that are being built: one that contains itself has an end elsewhere.
    private var active: Set<ObjectIdentifier> = []

    private var shapes: ShapeFinder { planner.shapes }

    init(planner: TypePlanner) {
        self.planner = planner
        check = SchemaCheck(planner.document)
    }

    /// The examples of a schema, the shortest value last. None where every value would
    /// be endless.
    func texts(of schema: Schema) -> [ExampleText] {
        var result = described(schema).map { ExampleText(name: "", text: $0.text) }
        if result.isEmpty, let composed = value(of: schema, usesExamples: true) {
            result.append(ExampleText(name: "", text: composed.text))
        }
        if let shortest = value(of: schema, usesExamples: false) {
            let text = ExampleText(name: "", text: shortest.text)
            if result.last != text { result.append(text) }
        }
        return result
    }

    /// The examples of a response's content, the usual one first.
    ///
    /// - Parameter isStream: Whether the content is values one after the other; the
    ///   examples are of one of them.
    func texts(of media: MediaType, isStream: Bool) -> [ExampleText] {
        let isJSON = MediaChoice.isJSON(media.name)
        guard isJSON || isStream else {
            return media.examples.compactMap { example in
                if case .string(let text) = example.value { ExampleText(name: example.name, text: text) } else { nil }
            }
        }
        let schema = isStream ? shapes.itemSchema(of: media) : media.schema
        var result =
            isStream ? []
            : media.examples.filter { example in schema.map { check.misfit(of: example.value, in: $0) == nil } ?? true }
                .map { ExampleText(name: $0.name, text: $0.value.text) }
        if let schema { result += texts(of: schema) } else if result.isEmpty { result = [ExampleText(name: "", text: "null")] }
        return result
    }

    /// The examples that a schema has itself, as far as it allows them.
    private func described(_ schema: Schema) -> [Sample] {
        let own = schema.annotations.examples.isEmpty ? shapes.target(schema).annotations.examples : schema.annotations.examples
        return own.map { Sample($0) }.filter { check.misfit(of: $0, in: schema) == nil }
    }

    private func hasExample(_ schema: Schema) -> Bool {
        !schema.annotations.examples.isEmpty || !shapes.target(schema).annotations.examples.isEmpty
    }

    // MARK: - Values

    private func value(of schema: Schema, usesExamples: Bool) -> Sample? {
        if usesExamples, let example = described(schema).first { return example }
        let target = shapes.settled(schema)
        if let constant = target.values.constant { return Sample(constant) }
        if let standard = target.annotations.defaultValue.map({ Sample($0) }), standard != .null, isScalar(standard),
            check.misfit(of: standard, in: schema) == nil
        {
            return standard
        }
        let key = ObjectIdentifier(target)
        guard active.insert(key).inserted else { return shapes.isNullable(schema) ? .null : nil }
        defer { active.remove(key) }
        return value(of: shapes.shape(target), target, usesExamples) ?? (shapes.isNullable(schema) ? .null : nil)
    }

    private func isScalar(_ value: Sample) -> Bool {
        switch value {
        case .array, .object: false
        case .null, .bool, .number, .string: true
        }
    }

    private func value(of shape: Shape, _ schema: Schema, _ usesExamples: Bool) -> Sample? {
        switch shape {
        case .same(let other): return value(of: other, usesExamples: usesExamples)
        case .object(let object): return self.object(object, usesExamples)
        case .dictionary(let element): return dictionary(element, schema, usesExamples)
        case .array(let element): return array(element, schema, usesExamples)
        case .text(let inner): return value(of: inner, usesExamples: usesExamples).map { .string($0.text) }
        case .tuple(let elements):
            let values = elements.compactMap { value(of: $0, usesExamples: usesExamples) }
            return values.count == elements.count ? .array(values) : nil
        case .enumeration(let values, _): return values.first { $0.kind != .null }.map { Sample($0) }
        case .union(let alternatives, let discriminator): return union(alternatives, discriminator, usesExamples)
        case .scalar(let builtin): return ScalarExample.value(of: builtin, schema)
        case .any: return .object([])
        }
    }

    private func object(_ object: ObjectShape, _ usesExamples: Bool) -> Sample? {
        var members: [Sample.Member] = []
        for member in object.members {
            let isRequired = object.required.contains(member.name)
            let annotations = shapes.annotations(of: member.schema)
            guard isRequired || usesExamples && hasExample(member.schema), !annotations.isWriteOnly || isRequired else { continue }
            if let value = value(of: member.schema, usesExamples: usesExamples) {
                members.append(.init(member.name, value))
            } else if isRequired {
                return nil
            }
        }
        for name in object.required.sorted() where object.schema(of: name) == nil { members.append(.init(name, .string(""))) }
        return .object(members)
    }

    private func dictionary(_ element: Schema?, _ schema: Schema, _ usesExamples: Bool) -> Sample? {
        let count = min(schema.object.minProperties ?? 0, 8)
        guard count > 0 else { return .object([]) }
        guard let value = element.map({ value(of: $0, usesExamples: usesExamples) }) ?? .string("") else { return nil }
        return .object((0..<count).map { .init("member\($0 + 1)", value) })
    }

    private func array(_ element: Schema?, _ schema: Schema, _ usesExamples: Bool) -> Sample? {
        let least = min(schema.array.minItems ?? 0, 64)
        // One that is shown says more than none.
        let count = usesExamples && schema.array.maxItems != 0 ? max(least, 1) : least
        guard count > 0 else { return .array([]) }
        guard let value = element.map({ value(of: $0, usesExamples: usesExamples) }) ?? .string("") else {
            return least == 0 ? .array([]) : nil
        }
        guard schema.array.uniqueItems, count > 1 else { return .array(Array(repeating: value, count: count)) }
        return .array((0..<count).map { value.varied(by: $0) })
    }

    private func union(_ alternatives: [Schema], _ discriminator: Schema.Discriminator?, _ usesExamples: Bool) -> Sample? {
        for alternative in alternatives {
            guard let value = value(of: alternative, usesExamples: usesExamples) else { continue }
            guard let discriminator, case .object(var members) = value else { return value }
            let target = shapes.alternative(alternative)
            guard let name = planner.discriminatorValues.value(of: discriminator.propertyName, in: target) else { return value }
            if let index = members.firstIndex(where: { $0.name == discriminator.propertyName }) {
                members[index].value = .string(name)
            } else {
                members.insert(.init(discriminator.propertyName, .string(name)), at: 0)
            }
            return .object(members)
        }
        return nil
    }
}

extension Sample {
    /// Another value of the same kind, for lists that repeat none.
    fileprivate func varied(by index: Int) -> Sample {
        switch self {
        case .string(let text): .string(text + (index == 0 ? "" : "\(index)"))
        case .number(let text): Int(text).map { .number("\($0 + index)") } ?? self
        case .null, .bool, .array, .object: self
        }
    }
}
