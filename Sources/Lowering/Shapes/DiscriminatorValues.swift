import OpenAPI

/// The values that discriminators have for the schemas they tell apart.
struct DiscriminatorValues {
    /// By schema and property; nil where discriminators disagree.
    private var values: [ObjectIdentifier: [String: String?]] = [:]

    init(_ document: Document, _ shapes: ShapeFinder) {
        for schema in document.discriminated {
            guard let discriminator = schema.composition.discriminator else { continue }
            var mapped: [ObjectIdentifier: [String]] = [:]
            for entry in discriminator.mapping {
                guard let target = document.schema(for: entry.reference) else { continue }
                mapped[ObjectIdentifier(shapes.target(target)), default: []].append(entry.value)
            }
            for member in schema.composition.oneOf + schema.composition.anyOf + document.subtypes(of: schema) + shapes.mapped(by: schema) {
                guard let name = shapes.origin(of: member).reference?.name else { continue }
                let target = shapes.alternative(member)
                let own = mapped[ObjectIdentifier(target)] ?? [target.composition.discriminatorValue ?? name]
                // Of several the caller has to choose.
                add(own.count == 1 ? own[0] : nil, of: discriminator.propertyName, to: target)
            }
        }
    }

    private mutating func add(_ value: String?, of property: String, to schema: Schema) {
        let key = ObjectIdentifier(schema)
        if let known = values[key]?[property], known != value {
            values[key]?[property] = .some(nil)
        } else {
            values[key, default: [:]][property] = .some(value)
        }
    }

    func value(of property: String, in schema: Schema) -> String? {
        values[ObjectIdentifier(schema)]?[property] ?? nil
    }
}
