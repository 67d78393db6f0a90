import Source
import TextScanning

/// Builds a tree from the events of a reader: scalars, and collections that begin and end.
package struct TreeBuilder {
    /// The deepest nesting that is accepted. Deeper descriptions are attacks or mistakes.
    package static let maximumDepth = 1_000

    /// How many nodes there may be if aliases and merges were copied out.
    package static let maximumExpansion = 10_000_000

    private(set) var records: [SourceTree.Record] = []
    private(set) var elements: [UInt32] = []
    private(set) var members: [SourceTree.Member] = []
    private(set) var text: [UInt8] = []
    private(set) var sortedStarts: [UInt32: UInt32] = [:]
    private(set) var sortedMembers: [UInt32] = []

    /// Whether some key begins like `$id`, `$anchor` or `$dynamicAnchor`.
    private(set) var mayHaveIdentifiers = false

    /// Whether some node is in several places.
    private(set) var sharesNodes = false

    /// Warnings about the description, for the case that it can be read.
    package private(set) var warnings: [(code: DiagnosticCode, message: String, line: UInt32, column: UInt32)] = []

    /// A collection that has begun and not yet ended.
    private struct Open {
        let index: UInt32
        let isMapping: Bool
        /// Where its children begin among the waiting ones.
        let firstWaiting: Int
        /// The key whose value comes next.
        var key: SourceTree.Member?
        /// The next value belongs to a key that has no text, and is dropped.
        var dropsValue = false
        /// This collection is itself a key.
        var isKey = false
        /// How many nodes there are in it, with aliases copied out.
        var expansion = 1
    }

    private var open: [Open] = []
    private var waitingElements: [UInt32] = []
    private var waitingMembers: [SourceTree.Member] = []
    private var mergedMembers = 0
    private var lastAlias: String?

    init(byteCount: Int) {
        text.reserveCapacity(byteCount)
        records.reserveCapacity(byteCount / 24)
    }

    var depth: Int { open.count }

    /// Whether a scalar that comes now is the key of a member.
    var expectsKey: Bool {
        // `mutating`, so that nothing is copied to ask.
        mutating get {
            guard let last = open.last else { return false }
            return last.isMapping && last.key == nil && !last.dropsValue
        }
    }

    mutating func warn(_ code: DiagnosticCode, _ message: String, line: UInt32, column: UInt32) {
        warnings.append((code, message, line, column))
    }

    /// Keeps bytes and returns where they are.
    mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        let start = UInt32(text.count)
        ByteArray.append(bytes, to: &text)
        return start
    }

    // MARK: Events

    mutating func key(start: UInt32, count: UInt32, line: UInt32, column: UInt32, mayMerge: Bool) {
        if count > 2, text[Int(start)] == UInt8(ascii: "$"), "iad".utf8.contains(text[Int(start) + 1]) { mayHaveIdentifiers = true }
        let isMerge = mayMerge && count == 2 && text[Int(start)] == UInt8(ascii: "<") && text[Int(start) + 1] == UInt8(ascii: "<")
        open[open.count - 1].key = SourceTree.Member(
            keyStart: start, keyCount: count, line: line, column: column, value: 0, isMerge: isMerge)
    }

    @discardableResult
    mutating func scalar(_ kind: Node.Kind, start: UInt32, count: UInt32, line: UInt32, column: UInt32) throws(SourceFault) -> UInt32 {
        let index = UInt32(records.count)
        records.append(SourceTree.Record(kind: kind, line: line, column: column, first: start, count: count))
        try add(index, expansion: 1, line: line, column: column)
        return index
    }

    /// A scalar that is no one's child: what an anchored key's aliases stand for.
    mutating func detachedScalar(start: UInt32, count: UInt32, line: UInt32, column: UInt32) -> UInt32 {
        let index = UInt32(records.count)
        records.append(SourceTree.Record(kind: .string, line: line, column: column, first: start, count: count))
        return index
    }

    mutating func begin(_ kind: Node.Kind, line: UInt32, column: UInt32) throws(SourceFault) -> UInt32 {
        guard open.count < Self.maximumDepth else {
            throw SourceFault(
                line: line, column: column, message: "nested deeper than \(Self.maximumDepth) levels",
                hint: "no API description needs that; is it the right file?")
        }
        let index = UInt32(records.count)
        records.append(SourceTree.Record(kind: kind, line: line, column: column, first: 0, count: 0))
        let isMapping = kind == .mapping
        let isKey = expectsKey
        if isKey {
            warn(
                .compoundKey,
                "a key of a mapping is a collection itself, and only text can name a member; the member is ignored",
                line: line, column: column)
        }
        var new = Open(
            index: index, isMapping: isMapping, firstWaiting: isMapping ? waitingMembers.count : waitingElements.count)
        new.isKey = isKey
        open.append(new)
        return index
    }

    /// Ends the innermost collection and returns how many nodes it has, with aliases copied out.
    @discardableResult
    mutating func end() throws(SourceFault) -> Int {
        let last = open.removeLast()
        if last.isMapping {
            try close(last)
        } else {
            records[Int(last.index)].first = UInt32(elements.count)
            records[Int(last.index)].count = UInt32(waitingElements.count - last.firstWaiting)
            elements.append(contentsOf: waitingElements[last.firstWaiting...])
            waitingElements.removeSubrange(last.firstWaiting...)
        }
        guard !last.isKey else {
            open[open.count - 1].dropsValue = true
            return last.expansion
        }
        let record = records[Int(last.index)]
        try add(last.index, expansion: last.expansion, line: record.line, column: record.column)
        return last.expansion
    }

    /// An alias of a node that is complete.
    mutating func alias(
        _ name: String, of index: UInt32, expansion: Int, line: UInt32, column: UInt32
    ) throws(SourceFault) {
        lastAlias = name
        sharesNodes = true
        if expectsKey {
            let record = records[Int(index)]
            if record.kind == .sequence || record.kind == .mapping {
                warn(
                    .compoundKey,
                    "a key of a mapping is a collection itself, and only text can name a member; the member is ignored",
                    line: line, column: column)
                open[open.count - 1].dropsValue = true
            } else {
                key(start: record.first, count: record.count, line: line, column: column, mayMerge: false)
            }
            return
        }
        try add(index, expansion: expansion, line: line, column: column)
    }

    // MARK: Collections

    private mutating func add(_ index: UInt32, expansion: Int, line: UInt32, column: UInt32) throws(SourceFault) {
        guard let position = open.indices.last else { return }
        open[position].expansion += expansion
        if open[position].expansion > Self.maximumExpansion {
            throw tooLarge(line: line, column: column)
        }
        if !open[position].isMapping {
            waitingElements.append(index)
        } else if open[position].dropsValue {
            open[position].dropsValue = false
        } else if var member = open[position].key {
            member.value = index
            waitingMembers.append(member)
            open[position].key = nil
        }
    }

    private func tooLarge(line: UInt32, column: UInt32) -> SourceFault {
        SourceFault(
            line: line, column: column,
            message: lastAlias.map { "the alias `*\($0)` makes the description expand to more than \(Self.maximumExpansion) values" }
                ?? "more than \(Self.maximumExpansion) values",
            hint: "aliases that contain aliases multiply; write the part out or use `$ref`")
    }

    private mutating func close(_ mapping: Open) throws(SourceFault) {
        if isPlain(mapping) {
            records[Int(mapping.index)].first = UInt32(members.count)
            records[Int(mapping.index)].count = UInt32(waitingMembers.count - mapping.firstWaiting)
            members.append(contentsOf: waitingMembers[mapping.firstWaiting...])
            waitingMembers.removeSubrange(mapping.firstWaiting...)
            return
        }
        var own = Array(waitingMembers[mapping.firstWaiting...])
        waitingMembers.removeSubrange(mapping.firstWaiting...)
        if own.count > SourceTree.linearSearchLimit {
            removeRepeatedBySorting(&own)
        } else {
            removeRepeated(&own)
        }
        if own.contains(where: \.isMerge) {
            sharesNodes = true
            try merge(&own)
        }

        let first = UInt32(members.count)
        records[Int(mapping.index)].first = first
        records[Int(mapping.index)].count = UInt32(own.count)
        members.append(contentsOf: own)
        if own.count > SourceTree.linearSearchLimit {
            sortedStarts[mapping.index] = UInt32(sortedMembers.count)
            sortedMembers.append(contentsOf: sortedPositions(own).map { first + UInt32($0) })
        }
    }

    /// Whether a mapping is as most are: small, without a merge key, and with no
    /// key twice.
    private func isPlain(_ mapping: Open) -> Bool {
        waitingMembers.withUnsafeBufferPointer { members in
            guard members.count - mapping.firstWaiting <= SourceTree.linearSearchLimit else { return false }
            var position = mapping.firstWaiting
            while position < members.count {
                if members[position].isMerge { return false }
                var earlier = mapping.firstWaiting
                while earlier < position {
                    if sameKey(members[earlier], members[position]) { return false }
                    earlier += 1
                }
                position += 1
            }
            return true
        }
    }

    private func key(of member: SourceTree.Member, in bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[Int(member.keyStart)..<Int(member.keyStart + member.keyCount)])
    }

    private func keyText(_ member: SourceTree.Member) -> String {
        text.withUnsafeBufferPointer { String(decoding: key(of: member, in: $0), as: UTF8.self) }
    }

    private func sameKey(_ left: SourceTree.Member, _ right: SourceTree.Member) -> Bool {
        left.keyCount == right.keyCount
            && text.withUnsafeBufferPointer { ByteOrder.compare(key(of: left, in: $0), key(of: right, in: $0)) == 0 }
    }

    private func sortedPositions(_ own: [SourceTree.Member]) -> [Int] {
        text.withUnsafeBufferPointer { bytes in
            own.indices.sorted { left, right in
                let order = ByteOrder.compare(key(of: own[left], in: bytes), key(of: own[right], in: bytes))
                return order == 0 ? left < right : order < 0
            }
        }
    }

    /// Of members with the same key the last value counts, at the place of the first.
    private mutating func removeRepeated(_ own: inout [SourceTree.Member]) {
        var position = 1
        while position < own.count {
            if let earlier = own[..<position].firstIndex(where: { sameKey($0, own[position]) }) {
                reportRepeated(own[position], earlier: own[earlier])
                own[earlier] = own[position]
                own.remove(at: position)
            } else {
                position += 1
            }
        }
    }

    private mutating func removeRepeatedBySorting(_ own: inout [SourceTree.Member]) {
        let sorted = sortedPositions(own)
        var repeated: Set<Int> = []
        var first = 0
        for next in sorted.indices.dropFirst() {
            if sameKey(own[sorted[first]], own[sorted[next]]) {
                reportRepeated(own[sorted[next]], earlier: own[sorted[first]])
                own[sorted[first]] = own[sorted[next]]
                repeated.insert(sorted[next])
            } else {
                first = next
            }
        }
        guard !repeated.isEmpty else { return }
        own = own.indices.filter { !repeated.contains($0) }.map { own[$0] }
    }

    private mutating func reportRepeated(_ member: SourceTree.Member, earlier: SourceTree.Member) {
        warn(
            .duplicateKey,
            "`\(keyText(member))` is given again (first on line \(earlier.line)); the last one counts",
            line: member.line, column: member.column)
    }

    /// Puts in what merge keys (`<<`) name. Explicit members win, and of several
    /// mappings the first (YAML's merge key type).
    private mutating func merge(_ own: inout [SourceTree.Member]) throws(SourceFault) {
        var merged = own.filter { !$0.isMerge }
        var names = Set(merged.map(keyText))
        for member in own where member.isMerge {
            let value = records[Int(member.value)]
            var sources: [SourceTree.Record] = []
            switch value.kind {
            case .mapping:
                sources = [value]
            case .sequence:
                sources = elements[Int(value.first)..<Int(value.first + value.count)].map { records[Int($0)] }
            default:
                break
            }
            if sources.isEmpty || sources.contains(where: { $0.kind != .mapping }) {
                warn(
                    .invalidMerge,
                    "`<<` merges mappings, and this is none; it is ignored",
                    line: member.line, column: member.column)
            }
            for source in sources where source.kind == .mapping {
                mergedMembers += Int(source.count)
                if mergedMembers > Self.maximumExpansion { throw tooLarge(line: member.line, column: member.column) }
                for inherited in members[Int(source.first)..<Int(source.first + source.count)]
                where names.insert(keyText(inherited)).inserted {
                    merged.append(inherited)
                }
            }
        }
        own = merged
    }
}

/// A fault at a place of the file that is being read.
package struct SourceFault: Error {
    package var line: UInt32
    package var column: UInt32
    package var message: String
    package var hint: String?
}
