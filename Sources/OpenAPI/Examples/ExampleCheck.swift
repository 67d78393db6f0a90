import Source

/// Warns of examples that their own schemas do not allow.
public enum ExampleCheck {
    /// Looks at the examples of all schemas and of the content of requests and responses.
    public static func report(_ document: Document, _ diagnostics: Diagnostics) {
        var walk = Walk(check: SchemaCheck(document), diagnostics: diagnostics)
        for (_, schema) in document.schemas { walk.look(at: schema) }
        for operation in document.operations + document.webhooks { walk.look(at: operation) }
    }

    private struct Walk {
        let check: SchemaCheck
        let diagnostics: Diagnostics
        var seen: Set<ObjectIdentifier> = []
        var seenMedia: Set<SourceLocation> = []

        mutating func look(at operation: Operation) {
            for parameter in operation.parameters { if let schema = parameter.schema { look(at: schema) } }
            for media in operation.requestBody?.content ?? [] { look(at: media) }
            for (_, response) in operation.responses {
                for media in response.content { look(at: media) }
                for header in response.headers { if let schema = header.schema { look(at: schema) } }
            }
            for (_, callback) in operation.callbacks { look(at: callback) }
        }

        private mutating func look(at media: MediaType) {
            for schema in [media.schema, media.itemSchema].compactMap(\.self) { look(at: schema) }
            // Others are written in their own ways.
            guard media.name.contains("json"), media.itemSchema == nil, let schema = media.schema,
                seenMedia.insert(media.location).inserted
            else { return }
            for example in media.examples { report(example.name, example.value, schema, at: example.location) }
        }

        mutating func look(at schema: Schema) {
            var open = [schema]
            while let next = open.popLast() {
                guard seen.insert(ObjectIdentifier(next)).inserted else { continue }
                open += next.keywords.subschemas
                for value in next.annotations.examples { report("", Sample(value), next, at: value.location) }
            }
        }

        private func report(_ name: String, _ value: Sample, _ schema: Schema, at location: SourceLocation) {
            guard let misfit = check.misfit(of: value, in: schema) else { return }
            let place = misfit.path == "$" ? "" : ", at `\(misfit.path)`"
            diagnostics.warn(
                .invalidExample,
                "the example\(name.isEmpty ? "" : " `\(name)`") does not match its schema\(place): \(misfit.message); tests use another value",
                at: location)
        }
    }
}
