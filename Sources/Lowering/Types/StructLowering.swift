import OpenAPI
import SyntaxTree
import TextScanning

extension TypeLowering {
    /// A struct with an object's members.
    func structure(_ object: ObjectShape, _ schema: Schema, at place: Int, isMultipart: Bool = false) -> Structure {
        var object = object
        // The schema `false`: there is no such member.
        object.members.removeAll { $0.schema.isNever }
        var scope = NameScope()
        // What the user decided comes first. A member whose name is Swift already is nobody else's.
        var names = renamed(object, schema, &scope)
        for (index, member) in object.members.enumerated() where names[index] == nil && SwiftName.member(member.name) == member.name {
            names[index] = scope.claim(member.name)
        }
        for (index, member) in object.members.enumerated() where names[index] == nil {
            let name = SwiftName.member(member.name)
            names[index] = scope.claim(name, name + "Value")
        }
        let properties = object.members.enumerated().map { index, member in
            property(member, named: names[index] ?? "_", isRequired: object.required.contains(member.name), at: place, isMultipart: isMultipart)
        }
        return Structure(
            properties: properties, additional: additional(object, &scope, at: place), isMultipart: isMultipart,
            constraints: constraints?.constraints(ofObject: schema, members: object.members))
    }

    /// The names that the user decided on, by the members' positions.
    private func renamed(_ object: ObjectShape, _ schema: Schema, _ scope: inout NameScope) -> [Int: String] {
        guard !settings.isEmpty(\.renames.properties), let owner = document.schemas.first(where: { $0.schema === schema })?.name
        else { return [:] }
        var names: [Int: String] = [:]
        for (index, member) in object.members.enumerated() {
            let key = "\(owner).\(member.name)"
            guard let wished = settings.setting(\.renames.properties, key) else { continue }
            let name = scope.claim(wished)
            if name != wished { settings.reportTaken(wished, name, at: settings.location(\.renames.properties, key)) }
            names[index] = name
        }
        return names
    }

    private func property(
        _ member: ObjectShape.Member, named name: String, isRequired: Bool, at place: Int, isMultipart: Bool
    ) -> Property {
        let schema = member.schema
        var type = type(schema, Hint(place, Words(member.name)))
        type = isMultipart ? multipartType(type, schema) : jsonType(type)
        let target = shapes.target(schema)
        let isNullable = shapes.isNullable(schema) && type != .builtin(.json)
        return Property(
            name: name, key: member.name, type: type,
            presence: presence(isRequired: isRequired, isNullable: isNullable),
            initialValue: isRequired && !isNullable ? initialValue(schema, target, type) ?? kind(member.name, at: place, type)
                : kind(member.name, at: place, type),
            documentation: propertyDocumentation(schema, target),
            isDeprecated: schema.isDeprecated, isIndirect: false,
            isReadOnly: schema.isReadOnly || target.isReadOnly,
            contentType: isMultipart && type == .builtin(.file) ? target.contentMediaType.flatMap(MediaChoice.partContentType) : nil)
    }

    private func presence(isRequired: Bool, isNullable: Bool) -> Property.Presence {
        switch (isRequired, isNullable) {
        case (true, false): .required
        case (true, true): .requiredNullable
        case (false, false): .optional
        case (false, true): .optionalNullable
        }
    }

    /// Raw bytes have no place in JSON: what is described so is a text.
    func jsonType(_ type: TypeReference) -> TypeReference {
        switch type {
        case .builtin(.body): .builtin(.string)
        case .array(let element): .array(jsonType(element))
        case .dictionary(let value): .dictionary(jsonType(value))
        case .optional(let value): .optional(jsonType(value))
        default: type
        }
    }

    /// Whether what is described is the bytes themselves, under whatever name:
    /// in JSON they would be a text, a body or a part has them as they are.
    func isBytes(_ schema: Schema, _ type: TypeReference) -> Bool {
        switch resolved(type) {
        case .builtin(.body): true
        case .builtin(.string): shapes.isBytes(schema)
        default: false
        }
    }

    private func multipartType(_ type: TypeReference, _ schema: Schema) -> TypeReference {
        if isBytes(schema, type) { return .builtin(.file) }
        switch resolved(type) {
        case .builtin(.data): return .builtin(.file)
        case .array(let element):
            guard case .array(let item?) = shapes.settledShape(schema), isBytes(item, element) else { return type }
            return .array(.builtin(.file))
        default: return type
        }
    }

    private func propertyDocumentation(_ schema: Schema, _ target: Schema) -> [String] {
        var lines = Documentation.member(schema.description ?? (schema === target ? schema.title : nil))
        if let value = schema.defaultValue ?? (schema === target ? nil : target.defaultValue), value.isScalar, value.kind != .null {
            if !lines.isEmpty { lines.append("") }
            lines += Documentation.lines("Default: `\(value.text.replacing("`", with: "'"))`.")
        }
        return lines
    }

    /// The initialiser's default: the only value allowed, or the schema's
    /// `default`. Only required properties get one: an optional property that
    /// is not set is not sent, so that a partial update stays partial.
    private func initialValue(_ schema: Schema, _ target: Schema, _ type: TypeReference) -> String? {
        let value = schema.constant ?? target.constant ?? schema.defaultValue ?? target.defaultValue
        return value.flatMap { literal($0, type) }
    }

    /// The value by which others tell that it is this type: of the property
    /// that is their discriminator.
    private func kind(_ name: String, at place: Int, _ type: TypeReference) -> String? {
        guard let value = schemas[place].flatMap({ discriminatorValues.value(of: name, in: $0) }) else { return nil }
        switch resolved(type) {
        case .builtin(.string): return SwiftLiteral.string(value)
        case .declared(let place):
            guard case .enumeration(let enumeration) = declarations[place].kind else { return nil }
            return enumeration.cases.first { $0.rawValue == value }.map { "." + $0.name }
        default: return nil
        }
    }

    /// A value of the description as a Swift expression, or nil where the type
    /// has none for it.
    func literal(_ value: Node, _ type: TypeReference) -> String? {
        switch resolved(type) {
        case .builtin(.string) where value.isScalar && value.kind != .null:
            return SwiftLiteral.string(value.text)
        case .builtin(.bool):
            return value.bool.map { $0 ? "true" : "false" }
        case .builtin(.int), .builtin(.int64):
            return value.int.map(String.init)
        case .builtin(.uint64), .builtin(.uint32):
            return value.int.flatMap(UInt32.init(exactly:)).map(String.init)
        case .builtin(.int32):
            return value.int.flatMap(Int32.init(exactly:)).map(String.init)
        case .builtin(.double):
            guard let number = value.double, number.isFinite else { return nil }
            return value.int.map(String.init) ?? "\(number)"
        case .declared(let place):
            guard case .enumeration(let enumeration) = declarations[place].kind, value.isScalar else { return nil }
            return enumeration.cases.first { $0.rawValue == value.text }.map { "." + $0.name }
        case .array where value.kind == .sequence && value.elements.isEmpty:
            return "[]"
        default:
            return nil
        }
    }

    private func additional(
        _ object: ObjectShape, _ scope: inout NameScope, at place: Int
    ) -> Structure.Additional? {
        let type: TypeReference
        switch object.additional {
        case .unspecified, .forbidden:
            return nil
        case .any:
            type = .builtin(.json)
        case .schema(let schema):
            type = jsonType(elementType(schema, Hint(place, Words("additionalProperty"))))
        }
        return Structure.Additional(name: scope.claim("additionalProperties", "additionalPropertiesValue"), type: type)
    }
}
