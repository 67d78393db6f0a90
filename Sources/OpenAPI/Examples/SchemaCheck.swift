#if canImport(FoundationEssentials)
import FoundationEssentials
#else
import Foundation
#endif

/// Why a value does not satisfy a schema.
public struct Misfit: Hashable, Sendable {
    /// Where in the value, such as `$.items[0].name`.
    public var path: String
    /// What is wrong, without the value.
    public var message: String
}

/// Holds values against schemas.
///
/// It is as strict as generated code: a format is checked where it has a type in Swift. A
/// pattern that `Regex` cannot read is not checked.
public struct SchemaCheck {
    /// Which members may be missing though they are required.
    public enum Direction: Sendable {
        /// Of what a server sends: those that are only sent to it.
        case received
        /// Of an example, which may be of either direction: those of one direction.
        case either
    }

    private let document: Document
    private let direction: Direction
    private let placeholder: String?
    private static let maximumDepth = 64

    /// Creates a check for the schemas of a description.
    ///
    /// - Parameter placeholder: A text that stands for any string.
    public init(_ document: Document, direction: Direction = .either, placeholder: String? = nil) {
        self.document = document
        self.direction = direction
        self.placeholder = placeholder
    }

    /// The first misfit; nil where the value satisfies the schema.
    public func misfit(of value: Sample, in schema: Schema) -> Misfit? {
        misfit(of: value, in: schema, at: "$", depth: 0)
    }

    private func misfit(of value: Sample, in schema: Schema, at path: String, depth: Int) -> Misfit? {
        guard depth < Self.maximumDepth else { return nil }
        func fault(_ message: String) -> Misfit { Misfit(path: path, message: message) }
        func inner(_ schema: Schema) -> Misfit? { misfit(of: value, in: schema, at: path, depth: depth + 1) }

        if let placeholder, value == .string(placeholder) { return nil }
        if schema.isNever { return fault("nothing is allowed here") }
        if value == .null, schema.types.contains(.null) { return nil }
        if let reference = schema.reference, let target = document.schema(for: reference), let found = inner(target) { return found }
        if !schema.types.isEmpty, !schema.types.allows(value) { return fault("it is \(value.kind), not \(schema.types.text)") }
        if let constant = schema.values.constant, Sample(constant) != value { return fault("it is not the constant") }
        if let values = schema.values.enumeration, !values.contains(where: { Sample($0) == value }) {
            return fault("it is not one of the enumeration's values")
        }
        for part in schema.composition.allOf { if let found = inner(part) { return found } }
        for alternatives in [schema.composition.oneOf, schema.composition.anyOf] where !alternatives.isEmpty {
            let found = alternatives.map { inner($0) }
            if found.allSatisfy({ $0 != nil }) {
                return alternatives.count == 1 ? found[0] : fault("it matches none of the \(alternatives.count) alternatives")
            }
        }
        switch value {
        case .object(let members): return object(members, schema, at: path, depth: depth)
        case .array(let elements): return array(elements, schema, at: path, depth: depth)
        case .string(let text): return string(text, schema).map(fault)
        case .number(let text): return number(text, schema).map(fault)
        case .null, .bool: return nil
        }
    }

    private func object(_ members: [Sample.Member], _ schema: Schema, at path: String, depth: Int) -> Misfit? {
        let keywords = schema.object
        if let missing = keywords.required.first(where: { name in !members.contains { $0.name == name } && !mayBeMissing(name, schema) }) {
            return Misfit(path: path, message: "`\(missing)` is missing")
        }
        if let least = keywords.minProperties, members.count < least { return Misfit(path: path, message: "it has fewer than \(least) members") }
        if let most = keywords.maxProperties, members.count > most { return Misfit(path: path, message: "it has more than \(most) members") }
        for member in members {
            let place = "\(path).\(member.name)"
            if let own = keywords.properties.first(where: { $0.name == member.name }) {
                if let found = misfit(of: member.value, in: own.schema, at: place, depth: depth + 1) { return found }
                continue
            }
            switch keywords.additionalProperties {
            case .forbidden where keywords.patternProperties.isEmpty && schema.composition.allOf.isEmpty && schema.reference == nil:
                return Misfit(path: place, message: "the schema has no such member, and allows no others")
            case .schema(let other) where keywords.patternProperties.isEmpty:
                if let found = misfit(of: member.value, in: other, at: place, depth: depth + 1) { return found }
            default: break
            }
        }
        return nil
    }

    private func mayBeMissing(_ name: String, _ schema: Schema) -> Bool {
        guard let annotations = schema.object.properties.first(where: { $0.name == name })?.schema.annotations else { return false }
        return annotations.isWriteOnly || direction == .either && annotations.isReadOnly
    }

    private func array(_ elements: [Sample], _ schema: Schema, at path: String, depth: Int) -> Misfit? {
        let keywords = schema.array
        if let least = keywords.minItems, elements.count < least { return Misfit(path: path, message: "it has fewer than \(least) elements") }
        if let most = keywords.maxItems, elements.count > most { return Misfit(path: path, message: "it has more than \(most) elements") }
        if keywords.uniqueItems, Set(elements).count < elements.count { return Misfit(path: path, message: "its elements are not unique") }
        for (index, element) in elements.enumerated() {
            guard let item = index < keywords.prefixItems.count ? keywords.prefixItems[index] : keywords.items else { continue }
            if let found = misfit(of: element, in: item, at: "\(path)[\(index)]", depth: depth + 1) { return found }
        }
        return nil
    }

    private func string(_ text: String, _ schema: Schema) -> String? {
        let count = text.unicodeScalars.count
        if let least = schema.scalar.minLength, count < least { return "it is shorter than \(least) characters" }
        if let most = schema.scalar.maxLength, count > most { return "it is longer than \(most) characters" }
        if let pattern = schema.scalar.pattern?.text, let expression = try? Regex(pattern), text.firstMatch(of: expression) == nil {
            return "it does not match the pattern"
        }
        guard let format = schema.scalar.format, let isOfIt = StringFormat.check(format), !isOfIt(text) else { return nil }
        return "it is not a `\(format)`"
    }

    private func number(_ text: String, _ schema: Schema) -> String? {
        guard let number = Double(text) else { return nil }
        let scalar = schema.scalar
        if let least = scalar.minimum?.double, number < least { return "it is less than \(scalar.minimum?.text ?? "")" }
        if let most = scalar.maximum?.double, number > most { return "it is more than \(scalar.maximum?.text ?? "")" }
        if let least = scalar.exclusiveMinimum?.double, number <= least { return "it is not more than \(scalar.exclusiveMinimum?.text ?? "")" }
        if let most = scalar.exclusiveMaximum?.double, number >= most { return "it is not less than \(scalar.exclusiveMaximum?.text ?? "")" }
        if let step = scalar.multipleOf?.double, step > 0, (number / step).rounded() * step != number,
            abs((number / step).rounded() - number / step) > 1e-9
        {
            return "it is not a multiple of \(scalar.multipleOf?.text ?? "")"
        }
        if scalar.format == "int32", abs(number) > 2_147_483_648 { return "it does not fit into 32 bits" }
        return nil
    }
}

/// Formats of strings that have a type in Swift.
enum StringFormat {
    static func check(_ format: String) -> ((String) -> Bool)? {
        switch format {
        case "date-time", "datetime":
            { $0.wholeMatch(of: /\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+\-]\d\d:?\d\d)/) != nil }
        case "date": { $0.wholeMatch(of: /\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])/) != nil }
        case "uuid", "guid": { UUID(uuidString: $0) != nil }
        case "byte", "base64": { Data(base64Encoded: $0) != nil }
        default: nil
        }
    }
}

extension Sample {
    /// What kind of value it is, with its article.
    var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension Schema.Types {
    private static let names: [(Schema.Types, String)] = [
        (.null, "null"), (.boolean, "a boolean"), (.integer, "an integer"), (.number, "a number"), (.string, "a string"),
        (.array, "an array"), (.object, "an object"),
    ]

    var text: String { Self.names.filter { contains($0.0) }.map(\.1).joined(separator: " or ") }

    func allows(_ value: Sample) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .number(let text): contains(.number) || contains(.integer) && Double(text).map { $0 == $0.rounded() } == true
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        }
    }
}
