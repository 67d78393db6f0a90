import Source
import SpecSource
import SyntaxTree

/// Reads the fields of one object of the description, whatever is in them.
///
/// Real descriptions hold `"true"` for true, a number for a string, one value
/// where a list belongs. Each is taken for what the author meant and reported;
/// what cannot be understood is reported and left out. Nothing here stops.
struct Fields {
    let node: Node
    let diagnostics: Diagnostics
    /// Follows a `$ref` that stands where a list or a mapping belongs: authors
    /// put all paths into a file of their own.
    let resolver: ReferenceResolver?

    /// The object's fields; none where `node` is not a mapping.
    init(_ node: Node, _ diagnostics: Diagnostics, following resolver: ReferenceResolver? = nil) {
        self.node = node
        self.diagnostics = diagnostics
        self.resolver = resolver
    }

    /// The value of a field that holds other things.
    func collection(_ key: String) -> Node? {
        guard let value = node[key], value.kind != .null else { return nil }
        guard let resolver, value["$ref"]?.kind == .string else { return value }
        return resolver.follow(value)?.node
    }

    /// A text field. Numbers and booleans count as their text.
    func text(_ key: String) -> String? {
        guard let value = node[key], value.kind != .null else { return nil }
        guard value.isScalar else {
            diagnostics.warn(.invalidType, "`\(key)` should be a string; ignored", at: value.location)
            return nil
        }
        return value.text
    }

    /// A text field where an empty or blank text says nothing.
    func prose(_ key: String) -> String? {
        guard let text = text(key), text.contains(where: { !$0.isWhitespace }) else { return nil }
        return text
    }

    /// A boolean field; false where absent.
    func flag(_ key: String) -> Bool {
        optionalFlag(key) ?? false
    }

    /// A boolean field.
    func optionalFlag(_ key: String) -> Bool? {
        guard let value = node[key], value.kind != .null else { return nil }
        if let flag = value.bool { return flag }
        switch value.isScalar ? value.text.lowercased() : "" {
        case "true", "yes", "1":
            diagnostics.warn(.invalidType, "`\(key)` should be a boolean; read as true", at: value.location)
            return true
        case "false", "no", "0":
            diagnostics.warn(.invalidType, "`\(key)` should be a boolean; read as false", at: value.location)
            return false
        default:
            diagnostics.warn(.invalidType, "`\(key)` should be a boolean; ignored", at: value.location)
            return nil
        }
    }

    /// A number field.
    func number(_ key: String) -> Double? {
        guard let value = node[key], value.kind != .null else { return nil }
        if let number = value.double { return number }
        if value.isScalar, let number = Double(value.text) {
            diagnostics.warn(.invalidType, "`\(key)` should be a number; read as \(value.text)", at: value.location)
            return number
        }
        if value.kind != .bool {
            diagnostics.warn(.invalidType, "`\(key)` should be a number; ignored", at: value.location)
        }
        return nil
    }

    /// A field that counts something. What is too large for an `Int` is not a bound.
    func count(_ key: String) -> Int? {
        guard let number = number(key) else { return nil }
        if let count = Int(exactly: number), count >= 0 { return count }
        if number < 0 || number != number.rounded() {
            diagnostics.warn(.invalidType, "`\(key)` should be a whole number, 0 or more; ignored", at: node[key]?.location)
        }
        return nil
    }

    /// A list of texts. One text counts as a list of one; an object counts as
    /// its `name`.
    func texts(_ key: String) -> [String] {
        guard let value = node[key], value.kind != .null else { return [] }
        if value.isScalar {
            diagnostics.warn(.invalidType, "`\(key)` should be a list; read as a list of one", at: value.location)
            return [value.text]
        }
        guard value.kind == .sequence else {
            diagnostics.warn(.invalidType, "`\(key)` should be a list; ignored", at: value.location)
            return []
        }
        return value.elements.compactMap { element in
            if element.isScalar { return element.text }
            if let name = element["name"], name.isScalar {
                diagnostics.warn(
                    .invalidType,
                    "an element of `\(key)` should be a string; its name `\(name.text)` is used",
                    at: element.location)
                return name.text
            }
            diagnostics.warn(.invalidType, "an element of `\(key)` should be a string; ignored", at: element.location)
            return nil
        }
    }

    /// The elements of a list.
    func list(_ key: String) -> [Node] {
        guard let value = collection(key) else { return [] }
        if value.kind == .sequence { return Array(value.elements) }
        if value.kind == .mapping {
            diagnostics.warn(.invalidType, "`\(key)` should be a list; read as a list of one", at: value.location)
            return [value]
        }
        diagnostics.warn(.invalidType, "`\(key)` should be a list; ignored", at: value.location)
        return []
    }

    /// The members of a mapping, without `x-` extensions.
    func entries(_ key: String) -> [(key: String, value: Node)] {
        members(key).filter { !$0.key.hasPrefix("x-") }
    }

    /// The members of a mapping whose keys are names. One that begins with `x-` is
    /// an extension only where its value is not an object: `x-api-key` is a popular
    /// name.
    func named(_ key: String) -> [(key: String, value: Node)] {
        members(key).filter { !$0.key.hasPrefix("x-") || $0.value.kind == .mapping }
    }

    /// All members of a mapping whose keys are free: header names may begin
    /// with `x-`.
    func members(_ key: String) -> [(key: String, value: Node)] {
        guard let value = collection(key) else { return [] }
        guard value.kind == .mapping else {
            diagnostics.warn(.invalidType, "`\(key)` should be a mapping; ignored", at: value.location)
            return []
        }
        return value.members.map { ($0.key, $0.value) }
    }
}
