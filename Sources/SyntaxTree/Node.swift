import Source

/// A value in a description: a handle that is cheap to copy.
///
/// Aliases of YAML share the node they stand for, so the same node may be
/// reached by several ways.
public struct Node: Sendable {
    /// What a value is by the core schema of YAML 1.2 (section 10.3), which JSON's values are part of.
    public enum Kind: UInt8, Sendable {
        case null, bool, integer, number, string, sequence, mapping
    }

    /// The description this node belongs to.
    public let tree: SourceTree

    package let index: UInt32

    package init(tree: SourceTree, index: UInt32) {
        self.tree = tree
        self.index = index
    }

    /// Unique within the tree, dense from 0.
    public var id: Int { Int(index) }

    private var record: SourceTree.Record { tree.records[Int(index)] }

    public var kind: Kind { record.kind }

    /// Where the node begins.
    public var location: SourceLocation { tree.location(record.line, record.column, of: index) }

    public var isScalar: Bool { kind != .sequence && kind != .mapping }

    /// A scalar as its author wrote it, without quotes and escapes: `3.0`,
    /// `012` and `~` as they stand. Empty for collections.
    public var text: String {
        isScalar ? tree.string(record.first, record.count) : ""
    }

    /// The text of a string.
    public var string: String? {
        kind == .string ? text : nil
    }

    public var bool: Bool? {
        kind == .bool ? text.first?.lowercased() == "t" : nil
    }

    /// A number without a fraction (`12`, `9.0`, `1e3`, `0xFF`) that fits.
    public var int: Int? {
        switch kind {
        case .integer: ScalarText.integer(text)
        case .number: ScalarText.number(text).flatMap(Int.init(exactly:))
        default: nil
        }
    }

    public var double: Double? {
        switch kind {
        case .integer: ScalarText.integer(text).map(Double.init) ?? ScalarText.number(text)
        case .number: ScalarText.number(text)
        default: nil
        }
    }
}

extension Node: Hashable {
    public static func == (left: Node, right: Node) -> Bool {
        left.index == right.index && left.tree === right.tree
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(ObjectIdentifier(tree))
        hasher.combine(index)
    }
}

extension Node {
    /// The elements of a sequence; none for any other kind.
    public var elements: Elements {
        let record = record
        return Elements(
            tree: tree, first: Int(record.first), count: record.kind == .sequence ? Int(record.count) : 0)
    }

    public struct Elements: RandomAccessCollection, Sendable {
        let tree: SourceTree
        let first: Int
        public let count: Int

        public var startIndex: Int { 0 }
        public var endIndex: Int { count }

        public subscript(position: Int) -> Node {
            precondition(position < count)
            return Node(tree: tree, index: tree.elements[first + position])
        }
    }

    /// The members of a mapping in the order of the description; none for any other kind.
    public var members: Members {
        let record = record
        return Members(tree: tree, first: Int(record.first), count: record.kind == .mapping ? Int(record.count) : 0)
    }

    public struct Members: RandomAccessCollection, Sendable {
        let tree: SourceTree
        let first: Int
        public let count: Int

        public var startIndex: Int { 0 }
        public var endIndex: Int { count }

        public subscript(position: Int) -> (key: String, value: Node) {
            precondition(position < count)
            let member = tree.members[first + position]
            return (tree.string(member.keyStart, member.keyCount), Node(tree: tree, index: member.value))
        }
    }

    /// The value of a member of a mapping.
    public subscript(key: String) -> Node? {
        member(key).map { Node(tree: tree, index: $0.value) }
    }

    /// Where the key of a member of a mapping begins.
    public func keyLocation(_ key: String) -> SourceLocation? {
        // A member comes from the file its value comes from.
        member(key).map { tree.location($0.line, $0.column, of: $0.value) }
    }

    private func member(_ key: String) -> SourceTree.Member? {
        slot(of: key).map { tree.members[Int(record.first) + $0] }
    }

    /// The position of a member among the mapping's.
    public func slot(of key: String) -> Int? {
        let record = record
        guard record.kind == .mapping else { return nil }
        return tree.member(of: record, index: index, key: key).map { $0 - Int(record.first) }
    }
}
