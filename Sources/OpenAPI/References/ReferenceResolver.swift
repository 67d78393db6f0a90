import Source
import SpecSource
import SyntaxTree

/// Finds what a `$ref` leads to, in this file or in another.
final class ReferenceResolver {
    /// What is done where the type of a value is not to be found.
    static let anyValue = "any value is accepted there"

    let sources: SourceSet
    private let diagnostics: Diagnostics

    /// References made absolute, by file and by text: most are written many times.
    private var references: [ObjectIdentifier: [String: Reference]] = [:]
    /// What they lead to, by their normal form.
    private var nodes: [String: Node] = [:]

    init(sources: SourceSet, diagnostics: Diagnostics) {
        self.sources = sources
        self.diagnostics = diagnostics
    }

    /// Makes a reference absolute: `text` as written at `node`.
    func reference(_ text: String, from node: Node) -> Reference {
        let file = ObjectIdentifier(node.tree)
        if let known = references[file]?[text] { return known }
        let place = sources.place(of: text, from: node)
        let reference = Reference(place)
        // Within a schema that has an `$id`, the same text is another place.
        if !node.tree.mayHaveIdentifiers { references[file, default: [:]][text] = reference }
        return reference
    }

    /// The node a reference leads to, or nil, reported at `location`.
    ///
    /// - Parameter remedy: What is done where there is none.
    func node(for reference: Reference, at location: SourceLocation, otherwise remedy: String = anyValue) -> Node? {
        if let known = nodes[reference.key] { return known }
        do throws(SourceError) {
            if let node = try sources.node(at: reference.place) {
                nodes[reference.key] = node
                return node
            }
        } catch {
            let reason = error.location == nil ? error.message : "\(error.location.map { "\($0): " } ?? "")\(error.message)"
            let hint = error.hint.map { " (\($0))" } ?? ""
            diagnostics.degrade(.unresolvedReference, "`$ref` cannot be followed: \(reason)\(hint); \(remedy)", at: location)
            return nil
        }
        if let (node, pointer) = meant(by: reference.place) {
            diagnostics.warn(
                .impreciseReference,
                "`$ref` leads nowhere: `#\(reference.place.fragment)`; `#\(pointer)` of the description is used", at: location)
            return node
        }
        diagnostics.degrade(.unresolvedReference, "`$ref` leads nowhere: `#\(reference.place.fragment)`; \(remedy)", at: location)
        return nil
    }

    /// What the author of a reference that leads nowhere had in mind: the same
    /// place in the file the description begins in, or a component by its name.
    private func meant(by place: SourceSet.Place) -> (node: Node, pointer: String)? {
        let fragment = place.fragment
        var pointers = fragment.hasPrefix("/") ? [fragment] : ["/" + fragment]
        if let name = fragment.split(separator: "/").last, name == fragment || fragment.hasPrefix("/definitions/") {
            pointers.append("/components/schemas/\(name)")
        }
        for pointer in pointers {
            if let node = sources.root.root.resolve(pointer: pointer) { return (node, pointer) }
        }
        return nil
    }

    /// Whether the description has a component schema of this name.
    func isComponent(_ name: String) -> Bool {
        sources.root.root["components"]?["schemas"]?[name] != nil
    }

    /// Follows the `$ref`s of an object that is not a schema.
    ///
    /// - Parameter remedy: What is done where they lead to none.
    /// - Returns: The object itself and the last reference that led to it, or nil
    ///   where the chain dangles or is a cycle.
    func follow(_ node: Node, otherwise remedy: String = "left out") -> (node: Node, component: Reference?)? {
        var node = node
        var component: Reference?
        var seen: Set<String> = []
        while let text = node["$ref"]?.text, !text.isEmpty {
            let reference = reference(text, from: node)
            guard seen.insert(reference.key).inserted else {
                diagnostics.warn(.circularReference, "`$ref` leads back to itself: `\(text)`; ignored", at: node.location)
                return nil
            }
            guard let next = self.node(for: reference, at: node.location, otherwise: remedy) else { return nil }
            node = next
            component = reference
        }
        return (node, component)
    }

    /// The schema in another file that a schema is nothing but a reference to.
    /// Nil for any other, and where the references dangle or turn in a circle.
    func schemaElsewhere(_ node: Node) -> Node? {
        var end = node
        var seen: Set<Node> = [node]
        while let text = end["$ref"]?.string, isNothingButReference(end),
            let next = try? sources.node(at: sources.place(of: text, from: end)),
            next.tree !== sources.root || next.tree !== end.tree
        {
            guard seen.insert(next).inserted else { return nil }
            end = next
        }
        return end.tree === sources.root ? nil : end
    }

    private func isNothingButReference(_ node: Node) -> Bool {
        node.members.allSatisfy { Self.saysNothing.contains($0.key) || $0.key.hasPrefix("x-") }
    }

    /// Keywords beside `$ref` that say nothing of the values.
    private static let saysNothing: Set<String> = [
        "$ref", "$id", "$schema", "$comment", "$defs", "definitions", "description", "summary", "title",
    ]
}

extension Reference {
    init(_ place: SourceSet.Place) {
        self.init(key: place.text, name: ReferenceName.name(file: place.file, fragment: place.decodedFragment), place: place)
    }

    /// The name with what tells it from others of the same name.
    var qualifiedName: String? {
        ReferenceName.qualifier(file: place.file, fragment: place.decodedFragment).map { $0 + "/" + name }
    }
}
