import OpenAPI

/// Whether null is one of a schema's values, through references and compositions.
final class Nullability {
    private let document: Document
    private var known: [ObjectIdentifier: Bool] = [:]
    private var depth = 0

    init(document: Document) {
        self.document = document
    }

    func allowsNull(_ schema: Schema) -> Bool {
        if schema.types.contains(.null) { return true }
        if schema.reference == nil, !schema.isComposed { return listsNull(schema) }
        let key = ObjectIdentifier(schema)
        if let known = known[key] { return known }
        guard depth < ShapeFinder.maximumDepth else { return false }
        known[key] = false
        depth += 1
        let result = findsNull(schema)
        depth -= 1
        known[key] = result
        return result
    }

    private func findsNull(_ schema: Schema) -> Bool {
        if let reference = schema.reference, let target = document.schema(for: reference), allowsNull(target) { return true }
        if listsNull(schema) { return true }
        guard schema.isComposed else { return false }
        let composition = schema.composition
        // Of several parts all have to allow it; those that only annotate do.
        if composition.allOf.contains(where: allowsNull), composition.allOf.allSatisfy({ $0.isIndifferentToType || allowsNull($0) }) {
            return true
        }
        let alternatives = composition.oneOf + composition.anyOf
        return alternatives.contains { $0.saysNothing || allowsNull($0) } && !alternatives.allSatisfy(\.saysNothing)
    }

    private func listsNull(_ schema: Schema) -> Bool {
        schema.values.constant?.kind == .null || schema.values.enumeration?.contains { $0.kind == .null } == true
    }
}

extension Schema {
    fileprivate var isComposed: Bool { !composition.allOf.isEmpty || !composition.oneOf.isEmpty || !composition.anyOf.isEmpty }

    /// Whether it asks nothing that null would not satisfy: annotations, `required` and bounds.
    fileprivate var isIndifferentToType: Bool {
        reference == nil && types.isEmpty && !isNever && values.enumeration == nil && values.constant == nil
            && composition.allOf.allSatisfy(\.isIndifferentToType) && composition.oneOf.isEmpty && composition.anyOf.isEmpty
    }
}
