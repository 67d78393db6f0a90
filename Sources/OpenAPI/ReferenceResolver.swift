import SpecSource

/// Finds what a `$ref` leads to, in this file or in another beside it.
final class ReferenceResolver {
    private let diagnostics: Diagnostics
    private var trees: [String: SourceTree]

    /// References made absolute, by file and by text: most are written many times.
    private var references: [String: [String: Reference]] = [:]

    init(root: SourceTree, diagnostics: Diagnostics) {
        self.diagnostics = diagnostics
        trees = [root.path: root]
    }

    /// Makes a reference absolute: `text` as written in the file of `node`.
    func reference(_ text: String, from node: Node) -> Reference {
        if let known = references[node.tree.path]?[text] { return known }
        let reference = absoluteReference(text, from: node.tree.path)
        references[node.tree.path, default: [:]][text] = reference
        return reference
    }

    private func absoluteReference(_ text: String, from base: String) -> Reference {
        var file = base
        var pointer = text
        if let hash = text.firstIndex(of: "#") {
            if hash != text.startIndex {
                file = absolute(String(text[..<hash]), from: file)
            }
            pointer = String(text[text.index(after: hash)...])
        } else {
            file = absolute(text, from: file)
            pointer = ""
        }
        let last = pointer.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        let stem = file.split(separator: "/").last?.split(separator: ".").first ?? ""
        let name = last.isEmpty ? String(stem) : unescape(String(last))
        return Reference(key: file + "#" + pointer, name: name)
    }

    /// The node a reference leads to, or nil, reported at `location`.
    func node(for reference: Reference, at location: SourceLocation) -> Node? {
        guard let hash = reference.key.lastIndex(of: "#") else { return nil }
        let file = String(reference.key[..<hash])
        let pointer = String(reference.key[reference.key.index(after: hash)...])
        guard let tree = tree(file, at: location) else { return nil }
        if let node = tree.root.resolve(pointer: pointer) { return node }
        diagnostics.degrade("`$ref` leads nowhere: `#\(pointer)`; any value is accepted there", at: location)
        return nil
    }

    /// Follows the `$ref`s of an object that is not a schema.
    ///
    /// - Returns: The object itself and the name it has where the last
    ///   reference led, or nil where the chain dangles or turns in a circle.
    func follow(_ node: Node) -> (node: Node, name: String?)? {
        var node = node
        var name: String?
        var seen: Set<String> = []
        while let text = node["$ref"]?.text, !text.isEmpty {
            let reference = reference(text, from: node)
            guard seen.insert(reference.key).inserted else {
                diagnostics.warn("`$ref` leads back to itself: `\(text)`; ignored", at: node.location)
                return nil
            }
            guard let next = self.node(for: reference, at: node.location) else { return nil }
            node = next
            name = reference.name
        }
        return (node, name)
    }

    private func tree(_ path: String, at location: SourceLocation) -> SourceTree? {
        if let tree = trees[path] { return tree }
        if path.hasPrefix("http://") || path.hasPrefix("https://") {
            diagnostics.degrade(
                "`$ref` leads to another host, which is not fetched: `\(path)`; any value is accepted there",
                at: location)
            return nil
        }
        do throws(SourceError) {
            let tree = try SourceReader.read(path: path, diagnostics: diagnostics)
            trees[path] = tree
            return tree
        } catch {
            diagnostics.degrade(
                "`$ref` leads to a file that cannot be read: `\(path)`; any value is accepted there",
                at: location)
            return nil
        }
    }

    private func absolute(_ file: String, from base: String) -> String {
        if file.hasPrefix("/") || file.contains("://") { return file }
        var parts = base.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        for part in file.split(separator: "/") {
            switch part {
            case ".": break
            case "..": if parts.isEmpty || parts.last == ".." { parts.append(part) } else { parts.removeLast() }
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }

    private func unescape(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "%") || $0 == UInt8(ascii: "~") }) else { return token }
        var result: [UInt8] = []
        var bytes = Array(token.utf8)[...]
        while let byte = bytes.popFirst() {
            if byte == UInt8(ascii: "%"), bytes.count >= 2,
                let value = UInt8(String(decoding: bytes.prefix(2), as: UTF8.self), radix: 16)
            {
                result.append(value)
                bytes = bytes.dropFirst(2)
            } else {
                result.append(byte)
            }
        }
        return String(decoding: result, as: UTF8.self)
            .replacing("~1", with: "/")
            .replacing("~0", with: "~")
    }
}
