import Source
import SpecSource
import SyntaxTree

/// A value that a schema holds: of `enum`, `const`, `default`, or a bound.
public struct Value: Sendable {
    public enum Kind: Hashable, Sendable {
        case null, bool, integer, number, string, array, object
    }

    let node: Node

    init(_ node: Node) {
        self.node = node
    }

    public var location: SourceLocation { node.location }

    public var kind: Kind {
        switch node.kind {
        case .null: .null
        case .bool: .bool
        case .integer: .integer
        case .number: .number
        case .string: .string
        case .sequence: .array
        case .mapping: .object
        }
    }

    /// Whether it is neither an array nor an object.
    public var isScalar: Bool { node.isScalar }

    /// A scalar as its author wrote it, without quotes and escapes; empty for arrays
    /// and objects.
    public var text: String { node.text }

    public var bool: Bool? { node.bool }

    /// A number without a fraction that fits.
    public var int: Int? { node.int }

    public var double: Double? { node.double }

    /// The value as JSON text without white space.
    public var json: String { node.json() }

    /// Whether it is an object or an array with nothing in it.
    public var isEmpty: Bool { !isScalar && node.members.isEmpty && node.elements.isEmpty }

    /// The names of an object's members; none for any other kind.
    public var memberNames: [String] { node.members.map(\.key) }

    /// The elements of an array; none for any other kind.
    public var elements: [Value] { node.elements.map(Value.init) }
}
