import Declarations
import OpenAPI

/// What the API sends by itself, and the type to read it with.
struct Payload {
    /// `webhook` or `callback`.
    var kind: String
    /// What the description calls it.
    var name: String
    /// The operation that a callback belongs to.
    var owner: Int?
    var operation: Operation
    var type: TypeReference
}

/// Turns what the API sends by itself into types to read it with: the bodies
/// of webhooks and callbacks.
struct PayloadBuilder {
    let planner: TypePlanner

    /// The payloads, to which nothing else needs to refer.
    func payloads(of document: Document) -> [Payload] {
        var payloads: [Payload] = []
        func add(_ operation: Operation, at place: Place, kind: String, name: String, owner: Int?) {
            guard let type = payload(operation, at: place, kind: kind) else { return }
            payloads.append(Payload(kind: kind, name: name, owner: owner, operation: operation, type: type))
        }
        for webhook in document.webhooks {
            let place = planner.places.root(.webhook(name: webhook.path, method: webhook.method))
            add(webhook, at: place, kind: "webhook", name: webhook.path, owner: nil)
        }
        for (index, operation) in document.operations.enumerated() {
            for (name, callback) in operation.callbacks {
                let place = planner.places.place(ofCallback: name, callback, in: planner.places.root(.operation(index)))
                add(callback, at: place, kind: "callback", name: name, owner: index)
            }
        }
        return payloads
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
