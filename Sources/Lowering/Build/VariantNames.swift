import OpenAPI
import TextScanning

/// What the members of a union are called that are not components: after their
/// title, their constant or what sets them apart, and never after their number.
struct VariantNames {
    let shapes: ShapeFinder

    /// - Parameter base: The member that stands for the schema itself, if there is one.
    func names(of members: [Schema], base: Schema) -> [String] {
        // Found out once, where it is needed at all.
        lazy var properties = OwnProperties(of: members, shapes)
        let wished = members.map { member -> String? in
            if member === base { return "base" }
            if let reference = member.reference, !shapes.hasShape(member, besidesReference: true) { return reference.name }
            return member.annotations.title ?? constantName(member) ?? valueName(member) ?? combinedName(member)
                ?? structureName(member, properties)
        }
        let uses = Dictionary(grouping: wished.compactMap { $0.map { SwiftName.type(Words($0)) } }, by: \.self).mapValues(\.count)
        var names = wished.map { $0 ?? "variant" }
        let doubtful = members.indices.filter { index in
            wished[index].map { uses[SwiftName.type(Words($0)), default: 0] > 1 } ?? true
        }
        guard doubtful.count > 1 else { return names }
        // Numbers in the order of the schemas' texts, which is independent of the order of the description.
        var numbers: [String: Int] = [:]
        for index in doubtful.sorted(by: { members[$0].canonicalText < members[$1].canonicalText }) where members[index].reference == nil {
            let number = numbers[names[index], default: 0] + 1
            numbers[names[index]] = number
            if number > 1 { names[index] += " \(number)" }
        }
        return names
    }

    private func constantName(_ member: Schema) -> String? {
        for property in member.object.properties {
            if let constant = property.schema.values.constant, constant.kind == .string { return constant.text }
            if let values = property.schema.values.enumeration, values.count == 1, values[0].kind == .string { return values[0].text }
        }
        return nil
    }

    /// An enumeration of one value is called by it.
    private func valueName(_ member: Schema) -> String? {
        guard case .enumeration(let values, let schema) = shapes.shape(member) else { return nil }
        // What a schema of several types was taken apart into is called after its type.
        let isDescribed = !member.canonicalText.isEmpty
        if isDescribed, values.count == 1, !Words(values[0].text).isEmpty { return values[0].text }
        return schema.types.contains(.string) || values.contains { $0.kind == .string } ? "stringValue" : "intValue"
    }

    /// A component with the properties of the union itself is called as the component.
    private func combinedName(_ member: Schema) -> String? {
        let origin = shapes.origin(of: member)
        if origin !== member { return origin.reference?.name }
        return member.composition.allOf.count == 2 && member.object.properties.isEmpty
            ? member.composition.allOf.lazy.compactMap(\.reference?.name).first : nil
    }

    /// A required property that no other member has. The only object among the members
    /// is called so otherwise: an optional property that it gains one day says nothing.
    private func structureName(_ member: Schema, _ properties: @autoclosure () -> OwnProperties) -> String? {
        switch shapes.shape(member) {
        case .array, .tuple: return "items"
        case .object(let object):
            let properties = properties()
            if let required = properties.requiredOwn(of: object) { return required }
            if properties.inlineObjects == 1 { return "object" }
            return properties.own(of: object) ?? (properties.isOnlyWithout(member) ? "object" : nil)
        default: return nil
        }
    }
}

/// The properties that only one of several schemas has.
private struct OwnProperties {
    private var uses: [String: Int] = [:]
    /// The inline objects that have none.
    private var without: Set<ObjectIdentifier> = []
    /// How many inline objects there are.
    private(set) var inlineObjects = 0

    init(of members: [Schema], _ shapes: ShapeFinder) {
        var seen: Set<ObjectIdentifier> = []
        let objects = members.filter { seen.insert(ObjectIdentifier($0)).inserted }
            .compactMap { member in shapes.object(member).map { (member, $0) } }
        for (_, object) in objects {
            for property in object.members { uses[property.name, default: 0] += 1 }
        }
        inlineObjects = objects.count { $0.0.reference == nil }
        for (member, object) in objects where member.reference == nil && own(of: object) == nil {
            without.insert(ObjectIdentifier(member))
        }
    }

    func own(of object: ObjectShape) -> String? {
        requiredOwn(of: object) ?? object.members.first { uses[$0.name] == 1 }?.name
    }

    func requiredOwn(of object: ObjectShape) -> String? {
        object.members.first { uses[$0.name] == 1 && object.required.contains($0.name) }?.name
    }

    /// Whether every other inline object has a property of its own.
    func isOnlyWithout(_ member: Schema) -> Bool {
        without.isSubset(of: [ObjectIdentifier(member)])
    }
}
