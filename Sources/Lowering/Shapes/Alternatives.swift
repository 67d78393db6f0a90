import OpenAPI

/// Schemas of which one applies: whether they differ at all, and one for all.
final class Alternatives {
    private unowned let shapes: ShapeFinder
    private var combined: [[ObjectIdentifier]: Schema] = [:]

    init(shapes: ShapeFinder) {
        self.shapes = shapes
    }

    /// One of `schemas`, which differ. The same schemas are the same alternatives,
    /// whoever asks.
    func oneOf(_ schemas: [Schema]) -> Schema {
        if schemas.count == 1 { return schemas[0] }
        let key = schemas.map(ObjectIdentifier.init)
        if let known = combined[key] { return known }
        let schema = Schema(anyOf: schemas)
        combined[key] = schema
        return schema
    }

    /// Whether two schemas come to the same type, as far as their texts and shapes tell.
    func isSame(_ one: Schema, _ other: Schema) -> Bool {
        let (first, second) = (shapes.target(one), shapes.target(other))
        if first === second { return true }
        if shapes.isNullable(one) != shapes.isNullable(other) { return false }
        switch (shapes.settledShape(first), shapes.settledShape(second)) {
        case (.scalar(let one), .scalar(let other)): return one == other
        case (.any, .any): return true
        case (.enumeration(let values, _), .enumeration(let others, _)): return values.map(\.text) == others.map(\.text)
        case (.array(let item), .array(let other)), (.dictionary(let item), .dictionary(let other)):
            guard let item, let other else { return item == nil && other == nil }
            return isSame(item, other)
        default:
            let text = first.canonicalText
            return !text.isEmpty && text == second.canonicalText
        }
    }
}
