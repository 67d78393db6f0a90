import Source
import SpecSource
import SyntaxTree

/// Which part of a description is wanted.
public struct Selection: Sendable {
    /// Names and patterns, with their places in the configuration.
    public struct Filter: Sendable {
        public struct Entry: Sendable {
            public var text: String
            public var location: SourceLocation

            /// Creates an entry.
            public init(text: String, location: SourceLocation) {
                self.text = text
                self.location = location
            }
        }

        public var tags: [Entry] = []
        /// An `operationId`, or a method and a path: `GET /users`.
        public var operations: [Entry] = []
        /// Paths, in which `*` stands for one segment and `**` for any.
        public var paths: [Entry] = []
        public var schemas: [Entry] = []

        /// Creates a filter that matches nothing.
        public init() {}

        var selectsOperations: Bool { !tags.isEmpty || !operations.isEmpty || !paths.isEmpty }
    }

    /// What is wanted; everything where it is empty.
    public var include = Filter()
    /// What is not wanted, even if it is included.
    public var exclude = Filter()

    /// Creates a selection of everything.
    public init() {}

    var isEverything: Bool {
        !include.selectsOperations && include.schemas.isEmpty && !exclude.selectsOperations && exclude.schemas.isEmpty
    }
}

extension Document {
    /// Keeps the selected operations and the schemas they need, and nothing else.
    ///
    /// A name that is nowhere in the description is reported at its place in
    /// the configuration.
    public func select(_ selection: Selection, diagnostics: Diagnostics) {
        guard !selection.isEverything else { return }
        reportUnknownNames(selection.include, diagnostics)
        reportUnknownNames(selection.exclude, diagnostics)

        if selection.include.selectsOperations {
            operations = operations.filter(selection.include.matches)
        } else if !selection.include.schemas.isEmpty {
            operations = []
        }
        operations.removeAll(where: selection.exclude.matches)

        let excluded = Set(selection.exclude.schemas.map(\.text))
        let unwanted = Set(schemas.filter { excluded.contains($0.name) }.map { ObjectIdentifier($0.schema) })
        schemasByReference = schemasByReference.filter { !unwanted.contains(ObjectIdentifier($0.value)) }
        schemas.removeAll { excluded.contains($0.name) }
        inheritance.keep { $0.reference.flatMap(schema) != nil }

        let isPartial = selection.include.selectsOperations || !selection.include.schemas.isEmpty || selection.exclude.selectsOperations
        guard isPartial else { return }
        let included = Set(selection.include.schemas.map(\.text))
        var closure = SchemaClosure(document: self)
        for entry in schemas where included.contains(entry.name) { closure.add(entry.schema) }
        for operation in operations { closure.add(operation) }
        // A part of an API has no use for what the whole of it sends.
        webhooks = []
        schemas = schemas.filter { closure.contains($0.schema) }
    }

    private func reportUnknownNames(_ filter: Selection.Filter, _ diagnostics: Diagnostics) {
        let tags = Set(operations.flatMap(\.tags))
        let names = Set(schemas.map(\.name))
        func report(_ entry: Selection.Filter.Entry, _ what: String) {
            diagnostics.warn(.unusedSetting, "there is no \(what) `\(entry.text)` in the description; ignored", at: entry.location)
        }
        for entry in filter.tags where !tags.contains(entry.text) { report(entry, "tag") }
        for entry in filter.schemas where !names.contains(entry.text) { report(entry, "schema") }
        for entry in filter.operations where !operations.contains(where: { Selection.Filter.isNamed(entry.text, $0) }) {
            report(entry, "operation")
        }
        for entry in filter.paths where !operations.contains(where: { PathPattern.matches(entry.text, $0.path) }) {
            report(entry, "path")
        }
    }
}

extension Selection.Filter {
    func matches(_ operation: Operation) -> Bool {
        tags.contains { operation.tags.contains($0.text) }
            || operations.contains { Self.isNamed($0.text, operation) }
            || paths.contains { PathPattern.matches($0.text, operation.path) }
    }

    static func isNamed(_ text: String, _ operation: Operation) -> Bool {
        if operation.operationID == text { return true }
        let parts = text.split(separator: " ", maxSplits: 1)
        return parts.count == 2 && parts[0].uppercased() == operation.method && parts[1] == operation.path
    }
}

/// Paths with `*` for one segment and `**` for any number of them.
enum PathPattern {
    static func matches(_ pattern: String, _ path: String) -> Bool {
        let pattern = pattern.split(separator: "/", omittingEmptySubsequences: true)
        let path = path.split(separator: "/", omittingEmptySubsequences: true)
        // Which prefixes of the path the pattern so far matches.
        var reached = [Bool](repeating: false, count: path.count + 1)
        reached[0] = true
        for part in pattern {
            var next = [Bool](repeating: false, count: path.count + 1)
            if part == "**" {
                var isReached = false
                for index in reached.indices {
                    isReached = isReached || reached[index]
                    next[index] = isReached
                }
            } else {
                for index in path.indices where reached[index] && (part == "*" || part == path[index]) {
                    next[index + 1] = true
                }
            }
            reached = next
        }
        return reached[path.count]
    }
}
