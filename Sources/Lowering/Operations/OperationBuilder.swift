import Declarations
import OpenAPI
import Source
import TextScanning

/// Turns operations into methods.
struct OperationBuilder {
    let planner: TypePlanner
    let constraints: ValueConstraints
    let diagnostics: Diagnostics

    /// Adds the operation's method, one more for each media type of its success that says
    /// something else, and one for a form that sends the files of the body as files.
    /// These have no names of their own yet.
    func addMethods(_ operation: Operation, index: Int, named name: String, to result: inout [OperationDeclaration]) {
        let place = planner.places.root(.operation(index))
        let usualOutcomes = OutcomeBuilder(
            planner: planner, constraints: constraints, diagnostics: diagnostics, operation: operation, place: place)
        let usual = method(operation, usualOutcomes, at: place, named: name)
        func variant(as mediaType: String, _ note: String) -> OperationDeclaration {
            var variant = usual
            variant.name = SwiftName.member(Words(name) + Words("as") + MediaName.words(mediaType))
            variant.documentation = usual.documentation + ["", note]
            variant.isVariant = true
            return variant
        }
        let bodies = BodyBuilder(planner: planner, constraints: constraints, diagnostics: diagnostics)
        let forms = operation.requestBody.map { bodies.forms($0, at: place, localName: usual.body?.localName ?? "body") } ?? []
        result.append(usual)
        for form in forms {
            var variant = variant(
                as: form.mediaType, "The body is sent as `\(Documentation.firstParagraph(form.mediaType))`, with its files.")
            variant.body = form.body
            result.append(variant)
        }
        for mediaType in usualOutcomes.otherMediaTypes() {
            let outcomes = OutcomeBuilder(usualOutcomes, preferring: mediaType)
            var variant = variant(as: mediaType, "The response is asked for as `\(Documentation.firstParagraph(mediaType))`.")
            variant.success = outcomes.success()
            variant.accept = outcomes.accept
            result.append(variant)
        }
    }

    private func method(
        _ operation: Operation, _ outcomes: OutcomeBuilder, at place: Place, named name: String
    ) -> OperationDeclaration {
        // What the body of the method uses itself.
        var locals = NameScope(reserved: ["request", "self", "send"])
        var parameters = operation.parameters
        let path = PathTemplate.parts(of: operation, &parameters, diagnostics)
        var labels = NameScope()
        let builder = ParameterBuilder(
            planner: planner, constraints: constraints, diagnostics: diagnostics,
            identifiers: [operation.operationID, "\(operation.method) \(operation.path)"].compactMap(\.self))
        let lowered = builder.parameters(parameters, at: place, &labels, &locals)
        let contentType = parameters.first { $0.place == .header && $0.name.lowercased() == "content-type" }
        let body = operation.requestBody.flatMap { body in
            BodyBuilder(planner: planner, constraints: constraints, diagnostics: diagnostics, contentTypeParameter: contentType)
                .body(body, at: place, &labels, &locals)
        }
        if let contentType, body?.mediaType == nil { builder.note(unsent: contentType) }
        let success = outcomes.success()
        let failure = outcomes.failure()
        let servers = servers(operation, at: place, named: name, &labels, &locals)
        var result = OperationDeclaration(
            name: name, identifier: operation.operationID ?? "\(operation.method) \(operation.path)",
            method: operation.method, template: operation.path,
            path: path.map { part in
                switch part {
                case .text(let text): .literal(text)
                case .parameter(let key):
                    lowered.firstIndex { $0.location == .path && $0.key == key }.map { .parameter($0) } ?? .literal("{\(key)}")
                }
            },
            parameters: lowered, body: body, success: success, failure: failure,
            headers: HeadersBuilder(planner: planner).headers(of: operation, at: place, named: name),
            documentation: documentation(operation), isDeprecated: operation.isDeprecated, tags: operation.tags,
            security: operation.security.map { $0.map(SecurityUse.list) },
            serverURL: servers == nil ? operation.servers.first.map(ServerBuilder.defaultURL) : nil, serverChoice: servers,
            accept: outcomes.accept)
        result.isIdempotent = isIdempotent(operation)
        result.extensions = extensions(operation)
        return result
    }

    /// Whether it can be repeated, where that is not what its method says.
    private func isIdempotent(_ operation: Operation) -> Bool? {
        for key in [operation.operationID, "\(operation.method) \(operation.path)"].compactMap({ $0 }) {
            if let setting = planner.settings.setting(\.idempotent, key) { return setting == "true" }
        }
        return operation.isIdempotent
    }

    /// The members that middleware is to know.
    private func extensions(_ operation: Operation) -> [OperationDeclaration.Extension] {
        guard !planner.settings.isEmpty(\.extensions) else { return [] }
        return operation.extensions.compactMap { name, value in
            guard planner.settings.setting(\.extensions, name) != nil else { return nil }
            guard value.isScalar else {
                diagnostics.warn(.unusedSetting, "the value of `\(name)` is not a string, number or boolean; middleware does not see it", at: value.location)
                return nil
            }
            return .init(name: name, value: value.text)
        }.sorted { $0.name < $1.name }
    }

    /// The argument for servers of the operation's own, where there is something
    /// to choose.
    private func servers(
        _ operation: Operation, at place: Place, named name: String, _ labels: inout NameScope, _ locals: inout NameScope
    ) -> OperationDeclaration.ServerParameter? {
        guard operation.servers.count > 1 || operation.servers.contains(where: { $0.url.contains("{") }) else { return nil }
        let choice = ServerBuilder(diagnostics: diagnostics).choice(operation.servers)
        let type = planner.declare(
            .servers(choice), at: planner.places.child(place, .own(.server)),
            documentation: ["Where `\(name)` is, and all that is at the same place."])
        let label = labels.claim("server", "serverLocation")
        return .init(localName: locals.claim(label, "serverLocation"), type: type, choice: choice)
    }

    // MARK: - Comments

    private func documentation(_ operation: Operation) -> [String] {
        var lines = Documentation.lines(operation.summary)
        if let description = operation.description, !Documentation.isSame(description, operation.summary) {
            if !lines.isEmpty { lines.append("") }
            lines += Documentation.lines(description)
        }
        if lines.isEmpty { lines = ["`\(operation.method) \(Documentation.firstParagraph(operation.path))`"] }
        let links = operation.responses.flatMap(\.response.links)
        if !links.isEmpty { lines.append("") }
        for link in links {
            let text = Documentation.lines(text(link))
            lines += text.prefix(1).map { "- " + $0 } + text.dropFirst().map { "  " + $0 }
        }
        return lines
    }

    /// What a response leads to, in a sentence.
    private func text(_ link: Link) -> String {
        func code(_ text: String) -> String { "`\(Documentation.firstParagraph(text).replacing("`", with: "'"))`" }
        let values = link.parameters.map { "\(code($0.name)) from \(code($0.expression))" }
        let arguments = values.isEmpty ? "" : " with \(values.joined(separator: ", "))"
        let description = link.description.map { ". " + Documentation.firstParagraph($0) } ?? ""
        return "The response leads to \(code(link.target))\(arguments) (\(code(link.name)))\(description)"
    }
}

extension SecurityUse {
    static func list(_ requirement: SecurityRequirement) -> [SecurityUse] {
        requirement.schemes.map { SecurityUse(scheme: $0.name, scopes: $0.scopes) }
    }
}
