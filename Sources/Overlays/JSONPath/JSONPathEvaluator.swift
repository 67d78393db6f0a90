import SyntaxTree

/// Finds what a query selects (RFC 9535 sections 2.3 to 2.6).
final class JSONPathEvaluator {
    private let root: Node
    /// Patterns by their text; nil for what is not a pattern.
    private var patterns: [String: Pattern?] = [:]

    init(root: Node) {
        self.root = root
    }

    func matches(of segments: [JSONPath.Segment], from start: Node) -> [TreePlace] {
        var current = [TreePlace(node: start, parent: nil)]
        for segment in segments {
            var next: [TreePlace] = []
            for match in current { apply(segment, to: match.node, into: &next) }
            current = next
        }
        return current
    }

    /// What is selected, each place once, and how often. `..*..*` selects a node as often as
    /// there are ways to it, which double with every segment.
    func distinctMatches(of segments: [JSONPath.Segment], from start: Node) -> [(place: TreePlace, count: Int)] {
        var current = [(place: TreePlace(node: start, parent: nil), count: 1)]
        for segment in segments {
            var next: [(place: TreePlace, count: Int)] = []
            var indices: [Int: Int] = [:]
            for match in current {
                var found: [TreePlace] = []
                apply(segment, to: match.place.node, into: &found)
                for place in found {
                    if let index = indices[place.node.id] {
                        next[index].count = Self.sum(next[index].count, match.count)
                    } else {
                        indices[place.node.id] = next.count
                        next.append((place, match.count))
                    }
                }
            }
            current = next
        }
        return current
    }

    /// More than can be counted is as many as can be.
    private static func sum(_ one: Int, _ other: Int) -> Int {
        let (sum, isTooMuch) = one.addingReportingOverflow(other)
        return isTooMuch ? .max : sum
    }

    private func apply(_ segment: JSONPath.Segment, to node: Node, into result: inout [TreePlace]) {
        for selector in segment.selectors { apply(selector, to: node, into: &result) }
        guard segment.isDescendant else { return }
        for child in children(of: node) { apply(segment, to: child.node, into: &result) }
    }

    private func children(of node: Node) -> [TreePlace] {
        switch node.kind {
        case .mapping: node.members.enumerated().map { TreePlace(node: $1.value, parent: node, slot: $0) }
        case .sequence: node.elements.enumerated().map { TreePlace(node: $1, parent: node, slot: $0) }
        default: []
        }
    }

    private func apply(_ selector: JSONPath.Selector, to node: Node, into result: inout [TreePlace]) {
        switch selector {
        case .name(let name):
            guard let slot = node.slot(of: name) else { return }
            result.append(TreePlace(node: node.members[slot].value, parent: node, slot: slot))
        case .wildcard:
            result += children(of: node)
        case .index(let index):
            let slot = index < 0 ? node.elements.count + index : index
            guard node.elements.indices.contains(slot) else { return }
            result.append(TreePlace(node: node.elements[slot], parent: node, slot: slot))
        case .slice(let start, let end, let step):
            for slot in Self.slots(start, end, step, count: node.elements.count) {
                result.append(TreePlace(node: node.elements[slot], parent: node, slot: slot))
            }
        case .filter(let condition):
            result += children(of: node).filter { holds(condition, $0.node) }
        }
    }

    /// The positions that a slice selects (section 2.3.4.2.2).
    private static func slots(_ start: Int?, _ end: Int?, _ step: Int, count: Int) -> [Int] {
        func bounded(_ value: Int, _ lowest: Int, _ highest: Int) -> Int {
            min(max(value < 0 ? count + value : value, lowest), highest)
        }
        if step > 0 {
            return Array(stride(from: bounded(start ?? 0, 0, count), to: bounded(end ?? count, 0, count), by: step))
        }
        if step < 0 {
            let last = end.map { bounded($0, -1, count - 1) } ?? -1
            return Array(stride(from: bounded(start ?? count - 1, -1, count - 1), to: last, by: step))
        }
        return []
    }

    // MARK: - Conditions

    private func holds(_ condition: JSONPath.Condition, _ node: Node) -> Bool {
        switch condition {
        case .any(let conditions): conditions.contains { holds($0, node) }
        case .all(let conditions): conditions.allSatisfy { holds($0, node) }
        case .not(let condition): !holds(condition, node)
        case .exists(let query): !found(by: query, node).isEmpty
        case .comparison(let left, let comparison, let right): compare(value(of: left, node), comparison, value(of: right, node))
        case .matches(let text, let pattern, let isWhole): matches(value(of: text, node), value(of: pattern, node), isWhole)
        }
    }

    private func found(by query: JSONPath.Query, _ node: Node) -> [(place: TreePlace, count: Int)] {
        distinctMatches(of: query.segments, from: query.isRelative ? node : root)
    }

    /// A value, or nothing (section 2.4.1).
    private enum Value {
        case nothing
        case node(Node)
        case literal(JSONPath.Literal)
    }

    private func value(of operand: JSONPath.Operand, _ node: Node) -> Value {
        switch operand {
        case .literal(let literal):
            return .literal(literal)
        case .query(let query), .value(let query):
            let found = found(by: query, node)
            return found.count == 1 && found[0].count == 1 ? Self.value(found[0].place.node) : .nothing
        case .count(let query):
            return .literal(.number(Double(found(by: query, node).reduce(0) { Self.sum($0, $1.count) })))
        case .length(let operand):
            switch value(of: operand, node) {
            case .literal(.string(let text)): return .literal(.number(Double(text.unicodeScalars.count)))
            case .node(let node): return .literal(.number(Double(node.kind == .mapping ? node.members.count : node.elements.count)))
            case .literal, .nothing: return .nothing
            }
        }
    }

    /// A scalar as its literal.
    private static func value(_ node: Node) -> Value {
        switch node.kind {
        case .null: .literal(.null)
        case .bool: .literal(.bool(node.bool == true))
        case .integer, .number: .literal(.number(node.double ?? .nan))
        case .string: .literal(.string(node.text))
        case .sequence, .mapping: .node(node)
        }
    }

    // MARK: - Comparisons (section 2.3.5.2.2)

    private func compare(_ left: Value, _ comparison: JSONPath.Comparison, _ right: Value) -> Bool {
        switch comparison {
        case .equal: Self.areEqual(left, right)
        case .notEqual: !Self.areEqual(left, right)
        case .less: Self.isLess(left, right)
        case .greater: Self.isLess(right, left)
        case .lessOrEqual: Self.isLess(left, right) || Self.areEqual(left, right)
        case .greaterOrEqual: Self.isLess(right, left) || Self.areEqual(left, right)
        }
    }

    private static func areEqual(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.nothing, .nothing): true
        case (.literal(let left), .literal(let right)): left == right
        case (.node(let left), .node(let right)): areEqual(left, right)
        default: false
        }
    }

    private static func areEqual(_ left: Node, _ right: Node) -> Bool {
        if left == right { return true }
        switch (left.kind, right.kind) {
        case (.sequence, .sequence):
            return left.elements.count == right.elements.count
                && zip(left.elements, right.elements).allSatisfy { areEqual(value($0), value($1)) }
        case (.mapping, .mapping):
            return left.members.count == right.members.count
                && left.members.allSatisfy { member in right[member.key].map { areEqual(value(member.value), value($0)) } ?? false }
        default:
            return false
        }
    }

    /// Numbers, and texts by their Unicode scalars; nothing else has an order.
    private static func isLess(_ left: Value, _ right: Value) -> Bool {
        switch (left, right) {
        case (.literal(.number(let left)), .literal(.number(let right))): left < right
        case (.literal(.string(let left)), .literal(.string(let right))):
            left.unicodeScalars.lexicographicallyPrecedes(right.unicodeScalars)
        default: false
        }
    }

    // MARK: - Patterns

    private func matches(_ text: Value, _ pattern: Value, _ isWhole: Bool) -> Bool {
        guard case .literal(.string(let text)) = text, case .literal(.string(let pattern)) = pattern,
            let pattern = known(pattern)
        else { return false }
        return isWhole ? pattern.matches(text) : pattern.isFound(in: text)
    }

    private func known(_ text: String) -> Pattern? {
        if let known = patterns[text] { return known }
        let made = Pattern(text)
        patterns[text] = made
        return made
    }
}
