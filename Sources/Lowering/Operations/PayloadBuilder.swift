import Declarations
import OpenAPI

/// Turns what the API sends by itself into types to read it with: the bodies
/// of webhooks and callbacks.
struct PayloadBuilder {
    let planner: TypePlanner

    /// The types, which nothing else needs to refer to.
    func payloads(of document: Document) -> [TypeReference] {
        var types: [TypeReference] = []
        for webhook in document.webhooks {
            let place = planner.places.root(.webhook(name: webhook.path, method: webhook.method))
            types += [payload(webhook, at: place, kind: "webhook")].compactMap(\.self)
        }
        for (index, operation) in document.operations.enumerated() {
            for (name, callback) in operation.callbacks {
                let place = planner.places.place(ofCallback: name, callback, in: planner.places.root(.operation(index)))
                types += [payload(callback, at: place, kind: "callback")].compactMap(\.self)
            }
        }
        return types
    }

    private func payload(_ operation: Operation, at place: Place, kind: String) -> TypeReference? {
        guard let body = operation.requestBody, let media = MediaChoice.request(MediaChoice.sorted(body.content)),
            let schema = media.schema
        else { return nil }
        let content = planner.places.place(of: media, among: body.content, in: planner.places.place(of: body, in: place))
        let type = planner.elementType(schema, at: content)
        // An inline schema has the name already.
        if case .declared(let index) = type, planner.types[index].place === content { return type }
        var lines = Documentation.lines(operation.summary ?? operation.description ?? body.description)
        if !lines.isEmpty { lines.append("") }
        lines.append("What the \(kind) `\(Documentation.firstParagraph(operation.path))` brings as `\(operation.method)`.")
        return planner.declare(.alias(type), at: place, documentation: lines)
    }
}
