import OpenAPI
import SpecSource
import TextScanning

/// Turns what the API sends by itself into types to read it with: the bodies
/// of webhooks and callbacks.
struct PayloadLowering {
    let types: TypeLowering

    func lower(_ document: Document) {
        for webhook in document.webhooks {
            declare(webhook, named: Words(webhook.path), among: document.webhooks.filter { $0.path == webhook.path }.count, "webhook")
        }
        for operation in document.operations {
            for (name, callback) in operation.callbacks {
                let sameName = operation.callbacks.filter { $0.name == name }.count
                declare(callback, named: Words(name), among: sameName, "callback")
            }
        }
    }

    private func declare(_ operation: Operation, named name: Words, among count: Int, _ kind: String) {
        guard let body = operation.requestBody, let media = MediaChoice.request(body.content), let schema = media.schema else {
            return
        }
        let words = (count > 1 ? name + Words(operation.method.lowercased()) : name) + Words(name.contains(kind) ? "" : kind)
        let type = types.jsonType(types.elementType(schema, Hint(nil, words)))
        let wished = SwiftName.type(words)
        // An inline schema has the name already.
        if case .declared(let place) = type, types.declarations[place].name == wished { return }
        var lines = Documentation.lines(operation.summary ?? operation.description ?? body.description)
        if !lines.isEmpty { lines.append("") }
        lines.append("What the \(kind) `\(Documentation.firstParagraph(operation.path))` brings as `\(operation.method)`.")
        _ = types.declare(named: wished, .alias(type), documentation: lines)
    }
}
