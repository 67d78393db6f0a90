import Declarations
import OpenAPI
import TextScanning

/// Makes structs of objects.
struct StructBuilder {
    let planner: TypePlanner

    /// A struct with an object's members.
    ///
    /// - Parameter place: Where the object stands; what is in it stands below.
    func structure(_ object: ObjectShape, _ schema: Schema, at place: Place, isMultipart: Bool = false) -> Structure {
        var object = object
        // The schema `false`: there is no such member.
        if object.members.contains(where: { $0.schema.isNever }) { object.members.removeAll { $0.schema.isNever } }
        var scope = NameScope()
        let names = names(of: object, at: place, &scope)
        let properties = zip(object.members, names).map { member, name in
            property(
                member, named: name, isRequired: object.required.contains(member.name), of: schema, at: place, isMultipart: isMultipart)
        }
        return Structure(
            properties: properties, additional: additional(object, &scope, at: place, isMultipart: isMultipart), isMultipart: isMultipart,
            constraints: planner.constraints?.constraints(ofObject: schema, members: object.members))
    }

    // MARK: - Names

    /// What the user decided comes first. A member whose name is Swift already is
    /// nobody else's; then the order of the alphabet decides.
    private func names(of object: ObjectShape, at place: Place, _ scope: inout NameScope) -> [String] {
        let members = object.members
        let renamed = renamed(object, at: place)
        if renamed.isEmpty { return scope.claim(members.map(\.name), as: { SwiftName.member($0) }, orElseWith: "Value") }
        var names = [String](repeating: "", count: members.count)
        for (index, setting) in renamed.sorted(by: { $0.key < $1.key }) {
            names[index] = scope.claim(setting.name)
            if names[index] != setting.name {
                planner.settings.reportTaken(
                    setting.name, names[index], at: planner.settings.location(\.renames.properties, setting.key))
            }
        }
        let others = members.indices.filter { renamed[$0] == nil }
        let claimed = scope.claim(others.map { members[$0].name }, as: { SwiftName.member($0) }, orElseWith: "Value")
        for (index, name) in zip(others, claimed) { names[index] = name }
        return names
    }

    /// The names that the user decided on, by the members' indices.
    private func renamed(_ object: ObjectShape, at place: Place) -> [Int: (key: String, name: String)] {
        guard !planner.settings.isEmpty(\.renames.properties), case .component(let owner) = place.step else { return [:] }
        var names: [Int: (key: String, name: String)] = [:]
        for (index, member) in object.members.enumerated() {
            let key = "\(owner).\(member.name)"
            guard let name = planner.settings.setting(\.renames.properties, key) else { continue }
            names[index] = (key, name)
        }
        return names
    }

    // MARK: - Properties

    private func property(
        _ member: ObjectShape.Member, named name: String, isRequired: Bool, of owner: Schema, at place: Place, isMultipart: Bool
    ) -> Property {
        let schema = member.schema
        let target = planner.shapes.target(schema)
        var type = planner.type(schema, at: planner.places.child(place, .property(member.name)))
        if isMultipart { type = multipartType(type, schema) }
        let isNullable = planner.shapes.isNullable(schema) && type != .builtin(.json)
        let annotations = planner.shapes.annotations(of: schema)
        let isReadOnly = annotations.isReadOnly
        let presence = presence(isRequired: isRequired, isNullable: isNullable, annotations, at: place)
        let kind = kind(of: owner, by: member.name, type)
        return Property(
            name: name, key: member.name, valueType: type, presence: presence,
            defaultValue: defaultValue(schema, annotations, type, presence, isReadOnly: isReadOnly) ?? (isReadOnly ? nil : kind),
            documentation: documentation(schema, target, annotations), isDeprecated: annotations.isDeprecated,
            isReadOnly: isReadOnly,
            contentType: isMultipart && type == .builtin(.file) ? target.content.mediaType.flatMap(MediaChoice.partContentType) : nil)
    }

    /// Absent and null are two things in what may be sent, and one in what is only
    /// received. What is read-only cannot be asked for in what may be sent, nor what is
    /// write-only in what may be received. Only the place has a say: who uses a component
    /// must not change its properties.
    private func presence(
        isRequired: Bool, isNullable: Bool, _ annotations: Schema.AnnotationKeywords, at place: Place
    ) -> Property.Presence {
        let isReceivedOnly = place.isReceivedOnly
        if annotations.isReadOnly, !isReceivedOnly {
            guard isNullable else { return .optional }
            // Who keeps what is not described keeps what is, too.
            return isRequired ? .requiredNullable : planner.settings.options.keepsUnknownMembers ? .optionalNullable : .optional
        }
        if annotations.isWriteOnly, isRequired {
            return isReceivedOnly ? .optional : isNullable ? .optionalNullable : .requiredWhenSent
        }
        switch (isRequired, isNullable) {
        case (true, false): return .required
        case (true, true): return .requiredNullable
        case (false, false): return .optional
        case (false, true): return isReceivedOnly ? .optional : .optionalNullable
        }
    }

    private func multipartType(_ type: TypeReference, _ schema: Schema) -> TypeReference {
        if planner.shapes.isBytes(schema) || planner.resolved(type) == .builtin(.data) { return .builtin(.file) }
        if case .array(let item?) = planner.shapes.settledShape(schema), planner.shapes.isBytes(item) { return .array(.builtin(.file)) }
        return type
    }

    private func documentation(_ schema: Schema, _ target: Schema, _ annotations: Schema.AnnotationKeywords) -> [String] {
        var lines = Documentation.member(annotations.description ?? (schema === target ? schema.annotations.title : nil))
        if let note = DefaultArguments(planner: planner).note(schema, defaultValue: annotations.defaultValue) {
            if !lines.isEmpty { lines.append("") }
            lines += Documentation.lines(note)
        }
        return lines
    }

    // MARK: - Default arguments

    /// The initializer's default: the only value allowed, or the schema's
    /// `default`. The latter only of properties that have to be there: an optional
    /// property that is not set is not sent, so that a partial update stays partial.
    private func defaultValue(
        _ schema: Schema, _ annotations: Schema.AnnotationKeywords, _ type: TypeReference, _ presence: Property.Presence,
        isReadOnly: Bool
    ) -> Literal? {
        let arguments = DefaultArguments(planner: planner)
        if isReadOnly, presence == .requiredNullable { return nil }
        switch presence {
        case .required, .requiredWhenSent, .requiredNullable:
            // Null is one of the values, and only what says so itself is null by default.
            let value = (presence == .requiredNullable ? arguments.constant(schema) : arguments.onlyValue(schema)) ?? annotations.defaultValue
            guard let value else { return nil }
            return arguments.literal(value, presence == .requiredNullable ? type.asOptional : type)
        case .optional, .optionalNullable:
            guard !isReadOnly, let constant = arguments.constant(schema) else { return nil }
            return arguments.literal(constant, type.withoutOptional)
        }
    }

    /// The value by which others tell that it is this type: of the property
    /// that is their discriminator.
    private func kind(of owner: Schema, by name: String, _ type: TypeReference) -> Literal? {
        guard let value = planner.discriminatorValues.value(of: name, in: planner.shapes.alternative(owner)) else { return nil }
        switch planner.resolved(type) {
        case .builtin(.string): return .string(value)
        case let type: return planner.enumeration(type)?.cases.first { $0.rawValue == value }.map { .enumCase($0.name) }
        }
    }

    // MARK: - Members that are not named

    private func additional(
        _ object: ObjectShape, _ scope: inout NameScope, at place: Place, isMultipart: Bool
    ) -> Structure.Additional? {
        let type: TypeReference
        switch object.additional {
        case .unspecified, .forbidden:
            guard planner.settings.options.keepsUnknownMembers, !isMultipart else { return nil }
            return Structure.Additional(
                name: scope.claim("unknownMembers", "unknownMembersValue"), type: .builtin(.json), isDescribed: false)
        case .any: type = .builtin(.json)
        case .schema(let schema) where isMultipart && planner.shapes.isBytes(schema): type = .builtin(.file)
        case .schema(let schema): type = planner.elementType(schema, at: planner.places.child(place, .value))
        }
        return Structure.Additional(name: scope.claim("additionalProperties", "additionalPropertiesValue"), type: type)
    }
}
