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
        if schema.values.enumeration?.contains(where: { $0.kind == .null }) == true { return true }
        if schema.values.constant?.kind == .null { return true }
        let composition = schema.composition
        if composition.allOf.count == 1, allowsNull(composition.allOf[0]) { return true }
        return composition.oneOf.contains(where: allowsNull) || composition.anyOf.contains(where: allowsNull)
    }
}
