import Declarations
import OpenAPI

/// Finds the default arguments that Swift can say: of constants and of defaults.
struct DefaultArguments {
    let planner: TypePlanner

    /// The only value that a schema allows, by `const`.
    func constant(_ schema: Schema) -> Value? {
        schema.values.constant ?? planner.shapes.target(schema).values.constant
    }

    /// The only value that a schema allows, by `const` or by an `enum` of one value.
    func onlyValue(_ schema: Schema) -> Value? {
        if let constant = constant(schema) { return constant }
        let values = (schema.values.enumeration ?? planner.shapes.target(schema).values.enumeration)?.filter { $0.kind != .null }
        return values?.count == 1 ? values?.first : nil
    }

    /// What is said of the values that need not be given, in a sentence; nil for nothing.
    ///
    /// - Parameter defaultValue: The schema's `default`.
    func note(_ schema: Schema, defaultValue: Value?) -> String? {
        if let constant = constant(schema) { return text(constant).map { "Always `\($0)`." } }
        return defaultValue.flatMap(text).map { "Default: `\($0)`." }
    }

    private func text(_ value: Value) -> String? {
        if value.kind == .null { return nil }
        return (value.isScalar ? value.text : value.json).replacing("`", with: "'")
    }

    /// A value of the description as a Swift expression of a type; nil where Swift has
    /// none for it.
    func literal(_ value: Value, _ type: TypeReference, depth: Int = 0) -> Literal? {
        guard depth < 8 else { return nil }
        switch planner.resolved(type) {
        case .builtin(let builtin): return scalar(value, builtin)
        case .optional(let type):
            return value.kind == .null ? .null : literal(value, type, depth: depth + 1)
        case .array(let element):
            guard value.kind == .array else { return nil }
            let elements = value.elements.map { literal($0, element, depth: depth + 1) }
            return elements.contains(nil) ? nil : .array(elements.compactMap(\.self))
        case .dictionary where value.kind == .object && value.isEmpty: return .emptyDictionary
        case .declared(let index): return declared(value, index, depth: depth)
        case .nullable, .dictionary, .items, .events, .text, .external: return nil
        }
    }

    private func declared(_ value: Value, _ index: Int, depth: Int) -> Literal? {
        switch planner.types[index].kind {
        case .enumeration(let enumeration):
            guard value.isScalar else { return nil }
            let raw = EnumBuilder.rawValue(value, enumeration.rawType)
            return enumeration.cases.first { $0.rawValue == raw }.map { .enumCase($0.name) }
        case .union(let union):
            guard let kind = value.jsonKind else { return nil }
            let kinds = JSONKinds(planner: planner)
            let cases = union.cases.filter { kinds.kinds($0.type).contains(kind) }
            let literals = cases.compactMap { choice in
                literal(value, choice.type, depth: depth + 1).map { Literal.unionCase(choice.name, $0) }
            }
            // Of several that could be meant, none is chosen.
            return cases.count == 1 ? literals.first : nil
        default: return nil
        }
    }

    private func scalar(_ value: Value, _ builtin: Builtin) -> Literal? {
        guard value.isScalar, value.kind != .null else { return nil }
        switch builtin {
        case .string: return .string(value.text)
        case .bool: return value.bool.map(Literal.bool)
        case .int, .int64: return value.int.map { .number("\($0)") }
        case .int8: return number(value, Int8.self)
        case .int16: return number(value, Int16.self)
        case .int32: return number(value, Int32.self)
        case .uint8: return number(value, UInt8.self)
        case .uint16: return number(value, UInt16.self)
        case .uint32, .uint64: return number(value, UInt32.self)
        case .double, .float:
            guard value.kind != .string, let number = value.double, number.isFinite else { return nil }
            return .number(value.int.map(String.init) ?? "\(number)")
        case .decimal: return value.kind != .string && value.double?.isFinite == true ? .described(value.json) : nil
        case .date: return DescribedText.isDateTime(value.text) ? .described(value.text) : nil
        case .calendarDate: return DescribedText.isDate(value.text) ? .described(value.text) : nil
        case .uuid: return DescribedText.isUUID(value.text) ? .described(value.text) : nil
        // A password in the code would be nobody's secret.
        case .data, .base64URL, .json, .secret, .body, .file, .form, .void, .never: return nil
        }
    }

    private func number<Number: FixedWidthInteger>(_ value: Value, _ type: Number.Type) -> Literal? {
        value.int.flatMap(Number.init(exactly:)).map { .number("\($0)") }
    }
}

extension Value {
    /// The type that the value has in JSON; nil for null.
    fileprivate var jsonKind: JSONKind? {
        switch kind {
        case .null: nil
        case .bool: .bool
        case .integer, .number: .number
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }
}
