import OpenAPI
import TextScanning

/// What the members of a union are called that are not components: after their
/// title, their constant or what sets them apart, and never after their number.
struct VariantNames {
    let shapes: ShapeFinder

    /// - Parameter base: The member that stands for the schema itself, if there is one.
    func names(of members: [Schema], base: Schema) -> [String] {
        let wished = members.map { member -> String? in
            if member === base { return "base" }
            if let reference = member.reference, !shapes.hasShape(member, besidesReference: true) { return reference.name }
            return member.annotations.title ?? constantName(member) ?? valueName(member) ?? combinedName(member)
                ?? structureName(member, among: members)
        }
        let uses = Dictionary(grouping: wished.compactMap { $0.map { SwiftName.type(Words($0)) } }, by: \.self).mapValues(\.count)
        var names = wished.map { $0 ?? "variant" }
        let doubtful = members.indices.filter { index in
            wished[index].map { uses[SwiftName.type(Words($0)), default: 0] > 1 } ?? true
        }
        guard doubtful.count > 1 else { return names }
        // Numbers in the order of the schemas' texts, which is no order of the description.
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

    /// A property that no other member has, a required one before others.
    private func structureName(_ member: Schema, among members: [Schema]) -> String? {
        switch shapes.shape(member) {
        case .array, .tuple: return "items"
        case .object(let object):
            if let own = ownProperty(object, of: member, among: members) { return own }
            let isOnly = members.allSatisfy { other in
                guard other !== member, other.reference == nil, let object = shapes.object(other) else { return true }
                return ownProperty(object, of: other, among: members) != nil
            }
            return isOnly ? "object" : nil
        default: return nil
        }
    }

    private func ownProperty(_ object: ObjectShape, of member: Schema, among members: [Schema]) -> String? {
        let others = members.filter { $0 !== member }.compactMap(shapes.object)
        let own = object.members.filter { property in !others.contains { $0.schema(of: property.name) != nil } }
        return (own.first { object.required.contains($0.name) } ?? own.first)?.name
    }
}
