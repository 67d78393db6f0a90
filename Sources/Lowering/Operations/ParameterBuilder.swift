import Declarations
import OpenAPI
import Source
import TextScanning

/// Turns the parameters of an operation into those of its method.
struct ParameterBuilder {
    let planner: TypePlanner
    let constraints: ValueConstraints
    let diagnostics: Diagnostics
    /// What settings call the operation.
    let identifiers: [String]

    /// The parameters, required ones first, otherwise in the order of the description.
    func parameters(
        _ parameters: [Parameter], at place: Place, _ labels: inout NameScope, _ locals: inout NameScope
    ) -> [ParameterDeclaration] {
        guard !parameters.isEmpty else { return [] }
        let sent = parameters.contains { $0.place == .header } ? parameters.filter(isSent) : parameters
        let names = names(sent, &labels)
        let lowered = zip(sent, names).map { parameter($0, named: $1, at: place, &locals) }
        // Mostly they are in that order.
        guard let optional = lowered.firstIndex(where: { !$0.isRequired }), lowered[optional...].contains(where: \.isRequired) else { return lowered }
        return lowered.filter(\.isRequired) + lowered.filter { !$0.isRequired }
    }

    /// Three header fields are not the caller's to set (OpenAPI Parameter
    /// Object, `name`).
    private func isSent(_ parameter: Parameter) -> Bool {
        guard parameter.place == .header, ["accept", "content-type", "authorization"].contains(parameter.name.lowercased()) else {
            return true
        }
        if parameter.name.lowercased() != "content-type" { note(unsent: parameter) }
        return false
    }

    func note(unsent parameter: Parameter) {
        diagnostics.note(
            .reservedHeader,
            "the header field `\(parameter.name)` is not a parameter (OpenAPI, Parameter Object); the client sets it",
            at: parameter.location)
    }

    /// The exact spelling has a label; then it is the order of `in` and of the names,
    /// and not of the description, that decides.
    private func names(_ parameters: [Parameter], _ labels: inout NameScope) -> [String] {
        let wished = parameters.map { SwiftName.member($0.name) }
        var names = [String](repeating: "", count: parameters.count)
        let order: [Parameter.Place] = [.path, .query, .queryString, .header, .cookie]
        let ranks = parameters.enumerated().map { index, parameter in
            (
                isExact: wished[index] == parameter.name, place: order.firstIndex(of: parameter.place) ?? order.count,
                name: parameter.name, index: index
            )
        }
        let sorted = ranks.sorted { left, right in
            if left.isExact != right.isExact { return left.isExact }
            if left.place != right.place { return left.place < right.place }
            return left.name == right.name ? left.index < right.index : left.name < right.name
        }
        for rank in sorted {
            let place = parameters[rank.index].place
            names[rank.index] = labels.claim(
                [wished[rank.index]], orElse: SwiftName.member(Words(place.rawValue) + Words(rank.name)))
        }
        return names
    }

    private func parameter(
        _ parameter: Parameter, named name: String, at operation: Place, _ locals: inout NameScope
    ) -> ParameterDeclaration {
        var type: TypeReference = .builtin(.string)
        if let schema = parameter.schema {
            type = planner.type(schema, at: planner.places.place(of: parameter, in: operation))
            if planner.resolved(type) == .builtin(.json), parameter.contentType == nil, !planner.shapes.hasShape(schema) {
                type = .builtin(.string)
            }
        }
        return ParameterDeclaration(
            name: name, localName: locals.claim(name, name + "Value"), key: parameter.name,
            location: ParameterDeclaration.Location(rawValue: parameter.place.rawValue) ?? .query, type: type,
            isRequired: parameter.isRequired, style: parameter.style.rawValue, explode: parameter.explode,
            allowReserved: parameter.allowReserved, isJSON: parameter.contentType.map(MediaChoice.isJSON) ?? false,
            allowsEmpty: parameter.place == .path && allowsEmpty(parameter), defaultValue: defaultValue(parameter, type),
            documentation: documentation(parameter, named: name), constraints: constraints.sent(parameter.schema, type))
    }

    /// Whether the description or a setting says that a value may be empty.
    private func allowsEmpty(_ parameter: Parameter) -> Bool {
        let isSet = identifiers.contains { planner.settings.setting(\.emptyPathParameters, "\($0).\(parameter.name)") != nil }
        return isSet || parameter.schema.map { planner.shapes.target($0).scalar.minLength } == 0
    }

    /// The only value of a parameter that has to be sent, or its default.
    private func defaultValue(_ parameter: Parameter, _ type: TypeReference) -> Literal? {
        guard parameter.isRequired, let schema = parameter.schema else { return nil }
        let arguments = DefaultArguments(planner: planner)
        let value = arguments.onlyValue(schema) ?? schema.annotations.defaultValue ?? planner.shapes.target(schema).annotations.defaultValue
        return value.flatMap { $0.kind == .null ? nil : arguments.literal($0, type) }
    }

    private func documentation(_ parameter: Parameter, named name: String) -> [String] {
        let own = parameter.schema?.annotations
        var notes = parameter.isDeprecated || own?.isDeprecated == true ? ["Deprecated."] : []
        if let schema = parameter.schema,
            let note = DefaultArguments(planner: planner).note(
                schema, defaultValue: schema.annotations.defaultValue ?? planner.shapes.target(schema).annotations.defaultValue)
        {
            notes.append(Documentation.firstParagraph(note))
        }
        return Documentation.argument(
            parameter.description ?? own?.description, named: name, notes: notes.joined(separator: " "))
    }
}
