import Declarations
import OpenAPI

/// What is said of a value beside its type, wherever it stands: in the schema, in a
/// part of its `allOf`, in what it refers to.
extension ShapeFinder {
    /// - Returns: The schema's own annotations, with those of the parts of its `allOf`
    ///   where it has none. Of what it refers to, only what is true of every use counts:
    ///   the default, and whether it is read or written alone.
    func annotations(of schema: Schema, depth: Int = 0) -> Schema.AnnotationKeywords {
        var result = schema.annotations
        guard depth < 8 else { return result }
        func add(_ part: Schema, isOwn: Bool) {
            let other = annotations(of: part, depth: depth + 1)
            if result.defaultValue == nil { result.defaultValue = other.defaultValue }
            result.isReadOnly = result.isReadOnly || other.isReadOnly
            result.isWriteOnly = result.isWriteOnly || other.isWriteOnly
            guard isOwn, part.reference == nil else { return }
            if result.description == nil { result.description = other.description }
            result.isDeprecated = result.isDeprecated || other.isDeprecated
        }
        let referred = schema.reference.flatMap { document.schema(for: $0) }
        if !schema.composition.allOf.isEmpty {
            for part in schema.composition.allOf { add(part, isOwn: part !== referred) }
        }
        if let referred { add(referred, isOwn: false) }
        return result
    }

    /// The scalar that a text or a number is whose `format` stands in another part of
    /// the composition; nil where it changes nothing.
    func formatted(_ base: Schema, by others: [Schema]) -> Builtin? {
        guard let format = others.lazy.compactMap({ $0.reference == nil ? $0.scalar.format : nil }).first,
            case .scalar(let plain) = settledShape(base), [.string, .int, .double].contains(plain)
        else { return nil }
        let target = target(base)
        guard target.scalar.format == nil, target.values.constant == nil, ScalarTypes.builtin(target) == plain else { return nil }
        var keywords = Schema.Keywords()
        keywords.types = target.types
        keywords.scalar = target.scalar
        keywords.scalar.format = format
        return ScalarTypes.builtin(Schema(location: base.location, keywords: keywords)).flatMap { $0 == plain ? nil : $0 }
    }
}
