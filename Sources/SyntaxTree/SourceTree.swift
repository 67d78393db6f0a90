import Source
import TextScanning

/// One description that was read.
///
/// Descriptions have hundreds of thousands of nodes. They lie in a few arrays;
/// a ``Node`` is a handle into them.
public final class SourceTree: Sendable {
    /// A node. `first` and `count` are a range of `text`, of `elements` or of `members`, by kind.
    package struct Record {
        package var kind: Node.Kind
        package var line: UInt32
        package var column: UInt32
        package var first: UInt32
        package var count: UInt32
    }

    /// A member of a mapping. The key is a range of `text`.
    package struct Member {
        package var keyStart: UInt32
        package var keyCount: UInt32
        var line: UInt32
        var column: UInt32
        package var value: UInt32
        package var isMerge: Bool
    }

    /// Larger mappings than this are looked up by binary search.
    package static let linearSearchLimit = 16

    /// From which node on nodes come from which file.
    package struct Origin {
        var first: UInt32
        package var path: String

        package init(first: UInt32, path: String) {
            self.first = first
            self.path = path
        }
    }

    /// The path the description was read from, as it was given.
    public let path: String

    package let records: [Record]
    package let elements: [UInt32]
    package let members: [Member]
    package let text: [UInt8]

    /// For each large mapping, where its members sorted by key begin in `sortedMembers`.
    package let sortedStarts: [UInt32: UInt32]
    package let sortedMembers: [UInt32]

    /// Whether some key may be an identifier of JSON Schema, such as `$id`.
    public let mayHaveIdentifiers: Bool

    /// Whether some node is in several places, by an alias or a merge key.
    package let sharesNodes: Bool

    /// Empty where all nodes come from the file at `path`.
    package let origins: [Origin]

    package init(_ builder: consuming TreeBuilder, path: String) {
        self.path = path
        records = builder.records
        elements = builder.elements
        members = builder.members
        text = builder.text
        sortedStarts = builder.sortedStarts
        sortedMembers = builder.sortedMembers
        mayHaveIdentifiers = builder.mayHaveIdentifiers
        sharesNodes = builder.sharesNodes
        origins = []
    }

    /// A tree without shared nodes that was put together.
    package init(
        path: String, records: [Record], elements: [UInt32], members: [Member], text: [UInt8], sortedStarts: [UInt32: UInt32],
        sortedMembers: [UInt32], mayHaveIdentifiers: Bool, origins: [Origin]
    ) {
        self.path = path
        self.records = records
        self.elements = elements
        self.members = members
        self.text = text
        self.sortedStarts = sortedStarts
        self.sortedMembers = sortedMembers
        self.mayHaveIdentifiers = mayHaveIdentifiers
        self.origins = origins
        sharesNodes = false
    }

    /// The topmost node.
    public var root: Node { Node(tree: self, index: 0) }

    /// How many nodes there are; the nodes' ids are smaller.
    public var nodeCount: Int { records.count }

    func string(_ start: UInt32, _ count: UInt32) -> String {
        text.withUnsafeBufferPointer { bytes in
            String(decoding: UnsafeBufferPointer(rebasing: bytes[Int(start)..<Int(start) + Int(count)]), as: UTF8.self)
        }
    }

    /// - Parameter index: The node that the place belongs to.
    func location(_ line: UInt32, _ column: UInt32, of index: UInt32) -> SourceLocation {
        SourceLocation(path: path(of: index), line: Int(line), column: Int(column))
    }

    /// The file a node comes from.
    package func path(of index: UInt32) -> String {
        guard origins.count > 1 else { return path }
        var low = 0
        var high = origins.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if origins[middle].first <= index { low = middle } else { high = middle }
        }
        return origins[low].path
    }

    /// The member with a key, as an index into `members`.
    func member(of record: Record, index: UInt32, key: String) -> Int? {
        var key = key
        return key.withUTF8 { wanted in
            text.withUnsafeBufferPointer { text in
                if record.count > UInt32(Self.linearSearchLimit), let start = sortedStarts[index] {
                    return search(wanted, in: text, from: Int(start), count: Int(record.count))
                }
                var position = Int(record.first)
                let end = position + Int(record.count)
                while position < end {
                    let member = members[position]
                    if Int(member.keyCount) == wanted.count, compare(wanted, with: member, in: text) == 0 {
                        return position
                    }
                    position += 1
                }
                return nil
            }
        }
    }

    private func search(
        _ wanted: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int, count: Int
    ) -> Int? {
        var low = start
        var high = start + count
        while low < high {
            let middle = (low + high) / 2
            let position = Int(sortedMembers[middle])
            switch compare(wanted, with: members[position], in: text) {
            case 0: return position
            case ..<0: high = middle
            default: low = middle + 1
            }
        }
        return nil
    }

    private func compare(
        _ wanted: UnsafeBufferPointer<UInt8>, with member: Member, in text: UnsafeBufferPointer<UInt8>
    ) -> Int {
        ByteOrder.compare(
            wanted, UnsafeBufferPointer(rebasing: text[Int(member.keyStart)..<Int(member.keyStart + member.keyCount)]))
    }
}
