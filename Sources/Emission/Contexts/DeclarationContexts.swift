import Declarations
import Templating

extension ContextBuilder {
    /// A declaration's template and its context, without what ``base(in:)``
    /// gives.
    func declaration(_ declaration: Declaration) -> (template: String, context: TemplateContext) {
        var context = base(in: .declaration(declaration.path))
        context.set(.name, Identifier.escaped(declaration.name))
        // A deprecated type would warn wherever other generated code uses it;
        // its comment says it.
        var lines = declaration.documentation
        if declaration.isDeprecated { lines += (lines.isEmpty ? [] : [""]) + ["- Important: Deprecated."] }
        document(&context, lines)
        switch declaration.kind {
        case .structure(let structure):
            fill(&context, structure, in: .declaration(declaration.path))
            return ("struct", context)
        case .enumeration(let enumeration):
            fill(&context, enumeration, in: .declaration(declaration.path))
            return ("enum", context)
        case .union(let union):
            context.set(.protocol, protocols("JSONUnion", in: .declaration(declaration.path)))
            fill(&context, union, in: .declaration(declaration.path))
            return ("union", context)
        case .outcomes(let cases):
            context.set(.cases, cases.map { outcome in
                var entry = TemplateContext()
                document(&entry, outcome.documentation)
                entry.set(.name, Identifier.escaped(outcome.name))
                entry.set(.type, outcome.type == .builtin(.void) ? "" : types.type(outcome.type, in: .declaration(declaration.path)))
                return entry
            })
            return ("outcomes", context)
        case .headers(let fields):
            let scope = Scope.declaration(declaration.path)
            context.set(.properties, fields.enumerated().map { index, field in
                var entry = TemplateContext()
                document(&entry, field.documentation)
                let name = Identifier.escaped(field.name)
                entry.set(.separator, index > 0 && !field.documentation.isEmpty)
                entry.set(.name, name)
                entry.set(.storage, field.name == "response" ? "self." + name : name)
                entry.set(.type, types.type(.optional(field.type), in: scope))
                entry.set(.key, quoted(field.key))
                return entry
            })
            return ("headers", context)
        case .servers(let choice):
            fill(&context, choice, typeName: declaration.name, canBeRelative: true)
            return ("server", context)
        case .alias(let type):
            context.set(.type, types.type(type, in: .extension(of: declaration.path.dropLast())))
            return ("alias", context)
        case .scope:
            return ("scope", context)
        }
    }

    // MARK: - Structs

    private func fill(_ context: inout TemplateContext, _ structure: Structure, in scope: Scope) {
        context.set(.isJSON, !structure.isMultipart)
        context.set(.isMultipart, structure.isMultipart)
        context.set(
            .protocol,
            structure.isMultipart
                ? types.name("MultipartCodable", from: "ApusRuntime", in: scope) + ", " + types.name("Sendable", from: "Swift", in: scope)
                : protocols("JSONCodable", isIdentifiable: isIdentifiable(structure, in: scope), in: scope))
        fill(&context, structure.constraints, ofForm: structure.isMultipart)
        var entries = structure.properties.enumerated().flatMap { index, property in
            [entry(property, structure, isFirst: index == 0, in: scope)] + property.partHeaders.map { entry($0, in: scope) }
        }
        if let additional = structure.additional {
            entries.append(entry(additional, isFirst: entries.isEmpty, in: scope))
        }
        context.set(.properties, entries)
    }

    /// What a type with a JSON form conforms to.
    private func protocols(_ name: String, isIdentifiable: Bool = false, in scope: Scope) -> String {
        var protocols = [types.name(name, from: "ApusRuntime", in: scope)]
        if module.conformances.contains(.hashable) { protocols.append(types.name("JSONHashable", from: "ApusRuntime", in: scope)) }
        if isIdentifiable { protocols.append(types.name("Identifiable", from: "Swift", in: scope)) }
        return protocols.joined(separator: ", ")
    }

    /// Whether `id` is always there and a scalar. A type in it called `ID` would be
    /// taken for the type of `id`.
    private func isIdentifiable(_ structure: Structure, in scope: Scope) -> Bool {
        guard module.conformances.contains(.identifiable), !types.declares("ID", in: scope) else { return false }
        return structure.properties.contains { property in
            guard property.name == "id", case .builtin(let type) = property.type else { return false }
            return [.string, .int, .int32, .int64, .uint32, .uint64, .uuid].contains(type)
        }
    }

    /// The table of what is checked, a line for each property that has something.
    private func fill(_ context: inout TemplateContext, _ constraints: Constraints?, ofForm isForm: Bool) {
        let checksSent = constraints != nil && module.validation.checksSent
        // A form is never received.
        let checksReceived = constraints != nil && module.validation.checksReceived && !isForm
        context.set(.checksSent, checksSent)
        context.set(.checksReceived, checksReceived)
        context.set(.constraints, checksSent || checksReceived ? constraints.map(self.constraints) : nil)
    }

    private func entry(_ property: Property, _ structure: Structure, isFirst: Bool, in scope: Scope) -> TemplateContext {
        var context = TemplateContext()
        let name = Identifier.escaped(property.name)
        let label = Identifier.label(property.name)
        let storage = property.isDeprecated ? "stored" + property.name.prefix(1).uppercased() + property.name.dropFirst() : property.name
        let type = types.type(property.type, in: scope)
        let isNullable = property.presence == .optionalNullable
        let initialValue =
            property.defaultValue.map { isNullable ? ".value(\(literal($0, in: scope)))" : literal($0, in: scope) }
            ?? (property.mayBeAbsent ? "nil" : "")
        document(&context, property.documentation, isDeprecated: property.isDeprecated)
        context.set(.separator, !isFirst && (!property.documentation.isEmpty || property.isDeprecated))
        context.set(.name, name)
        context.set(.label, label)
        context.set(.type, type)
        context.set(.isIndirect, property.isIndirect)
        context.set(.storage, storage)
        context.set(.localName, name)
        context.set(.initialValue, initialValue)
        context.set(.key, quoted(property.key))
        let writer = structure.isMultipart ? "form" : "object"
        context.set(.value, (property.name == writer ? "self." : "") + Identifier.escaped(storage))
        if structure.isMultipart {
            setPart(&context, property)
        } else {
            let (read, write) = accessors(property)
            context.set(.read, read)
            context.set(.write, write)
        }
        return context
    }

    private func entry(_ additional: Structure.Additional, isFirst: Bool, in scope: Scope) -> TemplateContext {
        var context = TemplateContext()
        let type = types.type(.dictionary(additional.type), in: scope)
        let comment = additional.isDescribed ? "Members the description does not name." : "Members the description does not know, kept to be sent back."
        document(&context, [comment])
        context.set(.separator, !isFirst)
        context.set(.name, additional.name)
        context.set(.label, additional.name)
        context.set(.type, type)
        context.set(.isIndirect, false)
        context.set(.storage, additional.name)
        context.set(.localName, additional.name)
        context.set(.initialValue, "[:]")
        context.set(.key, "")
        context.set(.read, additional.isDescribed ? "additional" : "unknown")
        context.set(.write, "additional")
        context.set(.value, additional.name)
        return context
    }

    /// A header field of a part, which is written with the part.
    private func entry(_ header: Property.PartHeader, in scope: Scope) -> TemplateContext {
        var context = TemplateContext()
        let name = Identifier.escaped(header.name)
        let label = Identifier.label(header.name)
        let type = types.type(header.propertyType, in: scope)
        document(&context, header.documentation)
        context.set(.separator, true)
        context.set(.name, name)
        context.set(.label, label)
        context.set(.type, type)
        context.set(.isIndirect, false)
        context.set(.storage, header.name)
        context.set(.localName, name)
        context.set(.initialValue, header.isRequired ? "" : "nil")
        context.set(.write, "")
        return context
    }

    private func isOptional(_ property: Property) -> Bool {
        if case .required = property.presence { false } else { true }
    }

    private func accessors(_ property: Property) -> (read: String, write: String) {
        switch property.presence {
        case .required: ("required", property.isReadOnly ? "readOnly" : "required")
        case .requiredNullable: ("valueOrNull", property.isReadOnly ? "readOnlyOrNull" : "required")
        case .requiredWhenSent: ("optional", "optional")
        case .optional: ("optional", property.isReadOnly ? "readOnly" : "optional")
        case .optionalNullable: ("nullable", property.isReadOnly ? "readOnly" : "nullable")
        }
    }

    private func setPart(_ context: inout TemplateContext, _ property: Property) {
        let call =
            switch property.valueType {
            case .builtin(.file): "file"
            case .array(.builtin(.file)): "files"
            default: isOptional(property) ? "optional" : "required"
            }
        context.set(.write, call)
        context.set(.contentType, property.contentType.map(quoted) ?? "")
        context.set(.joint, property.separator.map(quoted) ?? "")
        context.set(.hasHeaders, !property.partHeaders.isEmpty)
        context.set(.headers, property.partHeaders.map { header in
            var entry = TemplateContext()
            entry.set(.key, quoted(header.key))
            entry.set(.value, (header.name == "form" ? "self." : "") + Identifier.escaped(header.name))
            return entry
        })
    }

    // MARK: - Enums

    private func fill(_ context: inout TemplateContext, _ enumeration: Enumeration, in scope: Scope) {
        context.set(.type, types.name(enumeration.rawType.rawValue, from: "Swift", in: scope))
        context.set(.cases, enumeration.cases.map { value in
            var entry = TemplateContext()
            document(&entry, value.documentation)
            entry.set(.name, Identifier.escaped(value.name))
            entry.set(.caseName, value.name)
            entry.set(.literal, enumeration.rawType == .string ? quoted(value.rawValue) : value.rawValue)
            return entry
        })
    }

    private func fill(_ context: inout TemplateContext, _ union: Union, in scope: Scope) {
        context.set(.isIndirect, union.isIndirect)
        context.set(.cases, union.cases.map { value in
            var entry = TemplateContext()
            document(&entry, value.documentation)
            entry.set(.name, Identifier.escaped(value.name))
            entry.set(.caseName, value.name)
            entry.set(.type, types.type(value.type, in: scope))
            return entry
        })
        // With one JSON type there is nothing to switch over, unless the choice
        // asks nothing and would take any value for its own.
        let needsKinds = union.choices.count != 1 || union.choices.contains { if case .one = $0.choice { true } else { false } }
        context.set(.hasKinds, needsKinds)
        context.set(.choices, union.choices.map { choice($0.choice, kind: $0.kind, union, in: scope) })
    }

    private func choice(
        _ choice: Union.Choice, kind: JSONKind, _ union: Union, in scope: Scope
    ) -> TemplateContext {
        var context = TemplateContext()
        var discriminator: [TemplateContext] = []
        var properties: [TemplateContext] = []
        var rest: [Int] = []
        var one: Int?
        var isTried = false
        context.set(.kind, kind.rawValue)
        switch choice {
        case .one(let index):
            one = index
        case .discriminator(let key, let values, let otherwise):
            rest = otherwise
            var entry = TemplateContext()
            entry.set(.key, quoted(key))
            entry.set(.values, discriminatorCases(values, union))
            discriminator = [entry]
        case .properties(let keys, let otherwise):
            rest = otherwise
            isTried = otherwise.contains { index in keys.contains { $0.index == index } }
            properties = keys.enumerated().map { position, entry in
                var context = TemplateContext()
                context.set(.key, quoted(entry.text))
                context.set(.caseName, union.cases[entry.index].name)
                context.set(.type, types.type(union.cases[entry.index].type, in: scope))
                context.set(.isFirst, position == 0)
                return context
            }
        case .bestMatch(let indices):
            rest = indices
            isTried = true
        }
        context.set(.isOne, one != nil)
        context.set(.caseName, one.map { union.cases[$0].name } ?? "")
        context.set(.discriminator, discriminator)
        context.set(.properties, properties)
        context.set(.hasProperties, !properties.isEmpty)
        context.set(.isBestMatch, one == nil && discriminator.isEmpty && properties.isEmpty)
        fillOtherwise(&context, rest, union, isTried: isTried, in: scope)
        return context
    }

    /// One case for each member, with all values that stand for it.
    private func discriminatorCases(_ values: [Union.Selector], _ union: Union) -> [TemplateContext] {
        var order: [Int] = []
        var literals: [Int: [String]] = [:]
        for value in values {
            if literals[value.index] == nil { order.append(value.index) }
            literals[value.index, default: []].append(quoted(value.text))
        }
        return order.map { index in
            var entry = TemplateContext()
            entry.set(.literals, literals[index] ?? [])
            entry.set(.caseName, union.cases[index].name)
            return entry
        }
    }

    /// - Parameter isTried: Whether a single case is read only where it fits.
    private func fillOtherwise(_ context: inout TemplateContext, _ rest: [Int], _ union: Union, isTried: Bool, in scope: Scope) {
        context.set(.hasOtherwise, !rest.isEmpty)
        let isOne = rest.count == 1 && !isTried
        context.set(.otherwiseOne, !isOne ? [] : rest.map { index in
            var entry = TemplateContext()
            entry.set(.caseName, union.cases[index].name)
            return entry
        })
        context.set(.otherwiseSeveral, !rest.isEmpty && !isOne)
        context.set(.matches, rest.enumerated().map { number, index in
            var entry = TemplateContext()
            entry.set(.number, "\(number)")
            entry.set(.type, types.type(union.cases[index].type, in: scope))
            entry.set(.caseName, union.cases[index].name)
            return entry
        })
    }
}
