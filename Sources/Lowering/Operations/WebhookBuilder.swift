import Declarations
import OpenAPI
import Source
import TextScanning

/// Makes one type of all that the API sends by itself, and finds out what tells its
/// cases apart.
struct WebhookBuilder {
    /// What the type is called.
    static let typeName = "WebhookEvent"

    /// More values than this say little, and have to be compared with one after the other.
    private static let mostValues = 16

    let planner: TypePlanner
    let methods: MethodNames
    let diagnostics: Diagnostics

    private struct Found {
        var operation: Operation
        var key: String
        var words: Words
        var kind: String
        var type: TypeReference
    }

    /// The events, in the order of their names.
    ///
    /// - Parameter payloads: The types of the bodies.
    func events(of document: Document, payloads: [Payload]) -> [WebhookDeclaration] {
        var found: [Found] = []
        for payload in payloads {
            let operation = payload.operation
            guard let media = operation.requestBody.flatMap({ MediaChoice.request($0.content.sorted { $0.name < $1.name }) }) else { continue }
            guard MediaChoice.isJSON(media.name) else {
                diagnostics.degrade(
                    .unsupportedWebhook,
                    "the \(payload.kind) `\(payload.name)` brings \(MediaChoice.essence(media.name)), not JSON; it is not a case of `\(Self.typeName)`",
                    at: operation.location)
                continue
            }
            var words = Words(payload.name)
            if let owner = payload.owner { words = Words(methods.names[owner]) + words }
            if operation.method != "POST" { words = words + Words(operation.method.lowercased()) }
            let key = payload.owner.map { methods.names[$0] + "." + payload.name } ?? payload.name
            found.append(Found(operation: operation, key: key, words: words, kind: payload.kind, type: payload.type))
        }
        // The order of the description says nothing.
        found.sort { ($0.key, $0.operation.method, $0.operation.path) < ($1.key, $1.operation.method, $1.operation.path) }
        var names = NameScope()
        var keys = NameScope()
        let events = found.map { entry in
            let name = SwiftName.enumCase(entry.words.lowerCamel)
            let summary = Documentation.lines(entry.operation.summary ?? entry.operation.description)
            let members = members(of: entry.operation)
            return WebhookDeclaration(
                key: keys.claim(entry.key, entry.key + " " + entry.operation.method),
                name: names.claim(name, name + Words(entry.kind).upperCamel), documentation: summary, type: entry.type,
                fields: fields(of: entry.operation), members: members.marks, required: members.others)
        }
        noteAmbiguity(events, found.map(\.operation.location))
        return events
    }

    /// Says which events are read apart only where their properties happen to differ.
    private func noteAmbiguity(_ events: [WebhookDeclaration], _ locations: [SourceLocation]) {
        var first: [WebhookDeclaration.Demands: String] = [:]
        for (event, location) in zip(events, locations) {
            guard let other = first[event.demands] else {
                first[event.demands] = event.key
                continue
            }
            diagnostics.note(
                .ambiguousWebhook,
                "nothing that must be in a request tells `\(event.key)` from `\(other)`; give its name to `verifyAndDecode(headers:body:as:)`",
                at: location)
        }
    }

    private func fields(of operation: Operation) -> [WebhookDeclaration.Mark] {
        operation.parameters.filter { $0.place == .header && $0.isRequired }.compactMap { mark($0.name, $0.schema) }
            .sorted { $0.name < $1.name }
    }

    /// The members that the body must have: those of which the values are listed, and the others.
    private func members(of operation: Operation) -> (marks: [WebhookDeclaration.Mark], others: [String]) {
        guard let media = operation.requestBody.flatMap({ MediaChoice.request($0.content.sorted { $0.name < $1.name }) }),
            let schema = media.schema, let object = planner.shapes.object(schema)
        else { return ([], []) }
        let required = object.members.filter { object.required.contains($0.name) }
        let marks = required.compactMap { mark($0.name, $0.schema) }.sorted { $0.name < $1.name }
        let marked = Set(marks.map(\.name))
        return (marks, required.map(\.name).filter { !marked.contains($0) }.sorted())
    }

    private func mark(_ name: String, _ schema: Schema?) -> WebhookDeclaration.Mark? {
        guard let schema, let values = planner.shapes.fixedValues(of: schema), values.count <= Self.mostValues else { return nil }
        return WebhookDeclaration.Mark(name: name, values: Set(values).sorted())
    }
}
