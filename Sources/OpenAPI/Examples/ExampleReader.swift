import Source
import SpecSource
import SyntaxTree

/// Reads the examples of a Media Type Object: `example`, and `examples` with `value`, or
/// with `dataValue` or `serializedValue` (OpenAPI 3.2). What is elsewhere
/// (`externalValue`) is not fetched.
struct ExampleReader {
    let resolver: ReferenceResolver
    let diagnostics: Diagnostics

    func examples(of media: Node, mediaType: String) -> [Example] {
        var result: [Example] = []
        if let value = media["example"] { result.append(Example(name: "", value: Sample(value), location: value.location)) }
        for (name, node) in media["examples"]?.members.map({ ($0.key, $0.value) }) ?? [] {
            guard node.kind == .mapping, let (example, _) = resolver.follow(node) else { continue }
            if let value = example["dataValue"] ?? example["value"] {
                result.append(Example(name: name, value: Sample(value), location: value.location))
            } else if let text = example["serializedValue"], text.kind == .string {
                result.append(Example(name: name, value: serialized(text, mediaType), location: text.location))
            }
        }
        return result
    }

    /// A text that is written as the media type says.
    private func serialized(_ node: Node, _ mediaType: String) -> Sample {
        guard mediaType.contains("json"), let tree = try? SourceReader.parse(Array(node.text.utf8), path: "example", diagnostics: Diagnostics())
        else { return .string(node.text) }
        return Sample(tree.root)
    }
}
