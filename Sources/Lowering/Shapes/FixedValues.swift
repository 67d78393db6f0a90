import Declarations
import OpenAPI
import Source

/// What a schema with `enum` or `const` comes to.
struct FixedValues {
    let diagnostics: Diagnostics

    /// More values than this are data and no enumeration: a compiler would
    /// take minutes for them.
    private static let maximumCount = 5_000

    func shape(_ values: [Value], of schema: Schema) -> Shape {
        if values.count > Self.maximumCount {
            diagnostics.degrade(
                .largeEnumeration,
                "an enumeration of \(values.count) values is too large for one in Swift; its values are not named",
                at: schema.location)
            if let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
            return .scalar(values.allSatisfy { $0.kind == .string } ? .string : ScalarTypes.builtin(of: values[0]))
        }
        // What is left of an enumeration of several types.
        if values.isEmpty, let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
        let values = values.filter { $0.kind != .null }
        let scalars = values.filter(\.isScalar)
        let types = schema.types.withoutNull
        if let value = values.first(where: { !$0.isScalar }) {
            let keyword = schema.values.constant == nil ? "enum" : "const"
            // Where the type says that there is no such value, it is a mistake.
            let isPossible = types.isEmpty || !types.isDisjoint(with: [.array, .object])
            diagnostics.degrade(
                .compoundEnumValue,
                "a value of `\(keyword)` that is not a scalar has no case; \(isPossible ? "any value is accepted" : "left out")",
                at: value.location)
            if isPossible { return .any }
        }
        if scalars.isEmpty {
            return types.isEmpty ? .any : ScalarTypes.builtin(schema).map(Shape.scalar) ?? .any
        }
        if schema.values.constant != nil { return .scalar(ScalarTypes.builtin(of: scalars[0])) }
        if types == .string || types.isEmpty && scalars.allSatisfy({ $0.kind == .string }) {
            return .enumeration(scalars, schema)
        }
        if scalars.allSatisfy({ $0.int != nil && $0.kind != .string }), types.isEmpty || types == .integer {
            return .enumeration(scalars, schema)
        }
        if scalars.allSatisfy({ $0.kind == .bool }) { return .scalar(.bool) }
        let areNumbers = scalars.allSatisfy { $0.double?.isFinite == true && $0.kind != .string }
        if areNumbers, types.isEmpty || types == .number {
            // A case of 0.1 is the nearest `Double`, which is another number than the decimal one.
            if ScalarTypes.builtin(schema) != .decimal { return .enumeration(scalars, schema) }
            diagnostics.degrade(.uncheckedKeyword, "values of `enum` that are decimal numbers have no cases; any number is accepted", at: schema.location)
        }
        if !types.isEmpty, let scalar = ScalarTypes.builtin(schema) { return .scalar(scalar) }
        return mixed(scalars, schema)
    }

    /// Values of several types: one enumeration for each.
    private func mixed(_ values: [Value], _ schema: Schema) -> Shape {
        let strings = values.filter { $0.kind == .string }
        let integers = values.filter { $0.int != nil && $0.kind != .string }
        let numbers = values.filter { $0.int == nil && $0.double != nil && $0.kind != .string }
        var members: [Schema] = []
        if !strings.isEmpty { members.append(Schema(schema, values: strings, of: .string)) }
        if !numbers.isEmpty {
            members.append(Schema(schema, values: integers + numbers, of: .number))
        } else if !integers.isEmpty {
            members.append(Schema(schema, values: integers, of: .integer))
        }
        if values.contains(where: { $0.kind == .bool }) { members.append(Schema(schema, values: [], of: .boolean)) }
        return members.count > 1 ? .union(members, discriminator: nil) : .any
    }
}

extension ShapeFinder {
    /// The texts of the values that a schema allows, where it lists them: by `const`
    /// or `enum`, in a part of `allOf` or in alternatives.
    func fixedValues(of schema: Schema, depth: Int = 0) -> [String]? {
        guard depth < 8 else { return nil }
        let schema = target(schema)
        if let values = schema.values.constant.map({ [$0] }) ?? schema.values.enumeration {
            let texts = values.filter { $0.isScalar && $0.kind != .null }.map(\.text)
            return texts.isEmpty ? nil : texts
        }
        for part in schema.composition.allOf { if let values = fixedValues(of: part, depth: depth + 1) { return values } }
        let alternatives = alternatives(of: schema)
        let values = alternatives.map { fixedValues(of: $0, depth: depth + 1) }
        return alternatives.isEmpty || values.contains { $0 == nil } ? nil : values.flatMap { $0 ?? [] }
    }
}
