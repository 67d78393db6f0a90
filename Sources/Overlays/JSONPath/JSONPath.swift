import SyntaxTree

/// A query of JSONPath (RFC 9535).
public struct JSONPath: Sendable {
    /// Why a text is not a query, and where.
    public struct Fault: Error, Sendable, Hashable {
        public var message: String
        /// Counted from 1, in Unicode scalars.
        public var column: Int
    }

    let segments: [Segment]

    /// Reads a query, such as `$.paths['/users'].get`.
    public init(_ text: String) throws(Fault) {
        segments = try JSONPathParser.query(text)
    }

    /// The nodes that the query selects in the tree whose root is `root`, each
    /// as often as it is selected.
    public func nodes(in root: Node) -> [Node] {
        matches(in: root).map(\.node)
    }

    func matches(in root: Node) -> [TreePlace] {
        JSONPathEvaluator(root: root).matches(of: segments, from: root)
    }

    /// The nodes that the query selects, each once, however often it is selected.
    public func distinctNodes(in root: Node) -> [Node] {
        distinctMatches(in: root).map(\.node)
    }

    func distinctMatches(in root: Node) -> [TreePlace] {
        JSONPathEvaluator(root: root).distinctMatches(of: segments, from: root).map(\.place)
    }

    // MARK: - Grammar (RFC 9535 section 2)

    struct Segment: Sendable {
        /// Whether it applies to everything below too (`..`).
        var isDescendant: Bool
        var selectors: [Selector]
    }

    enum Selector: Sendable {
        case name(String)
        case wildcard
        case index(Int)
        case slice(start: Int?, end: Int?, step: Int)
        case filter(Condition)
    }

    /// A query within a filter: from the current node (`@`) or the root (`$`).
    struct Query: Sendable {
        var isRelative: Bool
        var segments: [Segment]

        /// Whether it selects one node at most (section 2.3.5.1).
        var isSingular: Bool {
            segments.allSatisfy { segment in
                guard !segment.isDescendant, segment.selectors.count == 1 else { return false }
                switch segment.selectors[0] {
                case .name, .index: return true
                case .wildcard, .slice, .filter: return false
                }
            }
        }
    }

    /// A logical expression.
    indirect enum Condition: Sendable {
        case any([Condition])
        case all([Condition])
        case not(Condition)
        case exists(Query)
        case comparison(Operand, Comparison, Operand)
        /// `match` of the whole text, or `search` for a part of it.
        case matches(Operand, pattern: Operand, isWhole: Bool)
    }

    enum Comparison: String, Sendable, CaseIterable {
        case equal = "==", notEqual = "!=", lessOrEqual = "<=", greaterOrEqual = ">=", less = "<", greater = ">"
    }

    /// What has a value.
    indirect enum Operand: Sendable {
        case literal(Literal)
        case query(Query)
        case length(Operand)
        case count(Query)
        case value(Query)
    }

    enum Literal: Sendable, Hashable {
        case null
        case bool(Bool)
        case number(Double)
        case string(String)
    }
}
